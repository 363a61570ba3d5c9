"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["ReportConfig"]


class ReportConfig(AppConfig):
    name = "undaunted.prisoners.report"
    label = "report"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand in what editions can be made of, and hear of consent that ends."""
        from undaunted.core.consent.actions import register_handler  # noqa: PLC0415 - needs the apps
        from undaunted.core.editions.actions import register_edition_kind  # noqa: PLC0415
        from undaunted.prisoners.report.actions import heed_news  # noqa: PLC0415 - needs the apps
        from undaunted.prisoners.report.analysis import (  # noqa: PLC0415 - needs the apps
            ANNUAL_REPORT,
            COUNTRY_SHEET,
        )

        register_edition_kind(ANNUAL_REPORT)
        register_edition_kind(COUNTRY_SHEET)
        register_handler("report", heed_news)

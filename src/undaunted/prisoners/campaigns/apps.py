"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["CampaignsConfig"]


class CampaignsConfig(AppConfig):
    name = "undaunted.prisoners.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of consent that ends, and hand in the sheet of raises as a kind of edition."""
        from undaunted.core.consent.actions import register_handler  # noqa: PLC0415 - needs the apps
        from undaunted.core.editions.actions import register_edition_kind  # noqa: PLC0415
        from undaunted.prisoners.campaigns.actions import heed_news  # noqa: PLC0415 - needs the apps
        from undaunted.prisoners.campaigns.analysis import RAISE_SHEET  # noqa: PLC0415

        register_handler("campaigns", heed_news)
        register_edition_kind(RAISE_SHEET)

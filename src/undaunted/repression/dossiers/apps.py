"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_rooms

__all__ = ["DossiersConfig"]


class DossiersConfig(AppConfig):
    name = "undaunted.repression.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of consent that ends, and say how proposals name submissions and who works here."""
        register_rooms(self.name, "rules", "actions", "analysis", but=("demonstration.py",))
        from undaunted.core.consent.actions import register_handler  # noqa: PLC0415 - needs the apps
        from undaunted.repression.coordination.rules import (  # noqa: PLC0415 - as above
            register_submissions,
            register_work,
        )
        from undaunted.repression.dossiers.actions import heed_news  # noqa: PLC0415 - as above
        from undaunted.repression.dossiers.queries import (  # noqa: PLC0415 - as above
            handles_dossiers,
            submission_named,
        )

        register_handler("dossiers", heed_news)
        register_submissions(submission_named)
        register_work("dossiers", handles_dossiers)

"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_rooms

__all__ = ["DossiersConfig"]


class DossiersConfig(AppConfig):
    name = "undaunted.repression.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of consent that ends, and say where sentences stand in English."""
        register_rooms(self.name, "rules", "actions", "analysis", but=("demonstration.py",))
        from undaunted.core.consent.actions import register_handler  # noqa: PLC0415 - needs the apps
        from undaunted.repression.dossiers.actions import heed_news  # noqa: PLC0415 - as above

        register_handler("dossiers", heed_news)

"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["SharingConfig"]


class SharingConfig(AppConfig):
    name = "undaunted.core.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of consent that ends: whoever holds a copy is told to give it up."""
        from undaunted.core.consent.actions import register_handler  # noqa: PLC0415 - needs the apps
        from undaunted.core.sharing.actions import heed_news  # noqa: PLC0415 - needs the apps

        register_handler("sharing", heed_news)

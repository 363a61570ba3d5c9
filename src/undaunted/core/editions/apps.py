"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["EditionsConfig"]


class EditionsConfig(AppConfig):
    name = "undaunted.core.editions"
    label = "editions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of consent that ends: whoever withdraws is in no edition any more."""
        from undaunted.core.consent.actions import register_handler  # noqa: PLC0415 - needs the apps
        from undaunted.core.editions.actions import heed_news  # noqa: PLC0415 - needs the apps

        register_handler("editions", heed_news)

"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["MemoConfig"]


class MemoConfig(AppConfig):
    name = "undaunted.prisoners.memo"
    label = "memo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of consent that ends: whoever withdraws is in no memo any more."""
        from undaunted.core.consent.actions import register_handler  # noqa: PLC0415 - needs the apps
        from undaunted.prisoners.memo.actions import heed_news  # noqa: PLC0415 - needs the apps

        register_handler("memo", heed_news)

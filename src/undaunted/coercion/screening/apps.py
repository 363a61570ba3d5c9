"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["ScreeningConfig"]


class ScreeningConfig(AppConfig):
    name = "undaunted.coercion.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let notices and comments travel in sealed packages."""
        from undaunted.coercion.screening.actions import KINDS  # noqa: PLC0415 - needs the apps
        from undaunted.core.sharing.actions import register_kind  # noqa: PLC0415

        for kind in KINDS:
            register_kind(kind)

"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["InstrumentsConfig"]


class InstrumentsConfig(AppConfig):
    name = "undaunted.coercion.instruments"
    label = "instruments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how what is confidential in a proceeding is erased when its time is over."""
        from undaunted.coercion.instruments.actions import (  # noqa: PLC0415 - needs the apps
            erase_confidential,
        )
        from undaunted.coercion.instruments.queries import SUBJECT  # noqa: PLC0415 - as above
        from undaunted.core.clocks.actions import register_eraser  # noqa: PLC0415 - as above

        register_eraser(SUBJECT, erase_confidential)

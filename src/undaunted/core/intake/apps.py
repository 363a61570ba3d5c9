"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["IntakeConfig"]


class IntakeConfig(AppConfig):
    name = "undaunted.core.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how a mailbox is erased when its clock ends."""
        from undaunted.core.clocks.actions import register_eraser  # noqa: PLC0415 - needs the apps
        from undaunted.core.intake.actions import MAILBOX, erase_mailbox  # noqa: PLC0415

        register_eraser(MAILBOX, erase_mailbox)

"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["EvidenceConfig"]


class EvidenceConfig(AppConfig):
    name = "undaunted.core.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how a withdrawn, sealed document is erased when its clock ends."""
        from undaunted.core.clocks.actions import register_eraser  # noqa: PLC0415 - needs the apps
        from undaunted.core.evidence.actions import DOCUMENT, erase_document  # noqa: PLC0415

        register_eraser(DOCUMENT, erase_document)

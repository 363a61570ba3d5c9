"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_rooms

__all__ = ["EvidenceConfig"]

_UNREAD = ("cells.py", "grading.py", "media.py", "passages.py")
"""Rules whose texts no page shows."""


class EvidenceConfig(AppConfig):
    name = "undaunted.core.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how a withdrawn, sealed document is erased, and which sentences are translated."""
        register_rooms(self.name, "rules", but=_UNREAD)
        from undaunted.core.clocks.actions import register_eraser  # noqa: PLC0415 - needs the apps
        from undaunted.core.evidence.actions import DOCUMENT, erase_document  # noqa: PLC0415

        register_eraser(DOCUMENT, erase_document)

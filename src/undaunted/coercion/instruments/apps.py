"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_packs, register_rooms

__all__ = ["InstrumentsConfig"]

_UNREAD = (
    "cases.py", "stages.py",
    "demonstration.py", "annex.py", "fields.py", "kit.py", "designs.py", "estimates.py",
    "assessments.py", "broadening.py", "citing.py", "comparing.py", "summary.py",
)  # fmt: skip
"""Files of packs and designs, which no page reads, and of what a summary or citation says."""


class InstrumentsConfig(AppConfig):
    name = "undaunted.coercion.instruments"
    label = "instruments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how what is confidential is erased, and where sentences stand in English."""
        register_rooms(self.name, "rules", "readers", "actions", "analysis", "forms", but=_UNREAD)
        register_packs(self.name, "packs/checklists.toml", "points.text")
        register_packs(self.name, "packs/measures.toml", "kinds.title")
        register_packs(self.name, "packs/request.toml", "fields.title", "fields.asks")
        from undaunted.coercion.instruments.actions import (  # noqa: PLC0415 - needs the apps
            erase_confidential,
        )
        from undaunted.coercion.instruments.queries import SUBJECT  # noqa: PLC0415 - as above
        from undaunted.core.clocks.actions import register_eraser  # noqa: PLC0415 - as above

        register_eraser(SUBJECT, erase_confidential)

"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_packs, register_rooms

__all__ = ["CoordinationConfig"]

_UNREAD = ("demonstration.py", "renewals.py")
"""Files whose refusals no page shows."""


class CoordinationConfig(AppConfig):
    name = "undaunted.repression.coordination"
    label = "coordination"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how petitions are erased, and where sentences stand in English."""
        register_rooms(self.name, "rules", "actions", but=_UNREAD)
        register_packs(self.name, "packs/renewals.toml", "renewals.title", "renewals.note")
        from undaunted.core.clocks.actions import register_eraser  # noqa: PLC0415 - needs the apps
        from undaunted.repression.coordination.actions import (  # noqa: PLC0415 - as above
            erase_petition,
        )
        from undaunted.repression.coordination.queries import PETITION  # noqa: PLC0415 - as above

        register_eraser(PETITION, erase_petition)

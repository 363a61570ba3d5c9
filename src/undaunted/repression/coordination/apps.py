"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_packs, register_rooms

__all__ = ["CoordinationConfig"]

_UNREAD = ("demonstration.py", "demonstration_elsewhere.py", "renewals.py")
"""Files whose refusals no page shows."""


class CoordinationConfig(AppConfig):
    name = "undaunted.repression.coordination"
    label = "coordination"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how petitions are erased, what comes ahead, what travels, where sentences stand."""
        register_rooms(self.name, "rules", "readers", "actions", but=_UNREAD)
        register_packs(self.name, "packs/renewals.toml", "renewals.title", "renewals.note")
        from undaunted.core.clocks.actions import register_eraser  # noqa: PLC0415 - needs the apps
        from undaunted.core.clocks.writers import DaySource, register_source  # noqa: PLC0415 - as above
        from undaunted.core.matching.rules import Named, register_subjects  # noqa: PLC0415 - as above
        from undaunted.core.sharing.actions import register_kind  # noqa: PLC0415 - as above
        from undaunted.repression.coordination.actions import (  # noqa: PLC0415 - as above
            KINDS,
            erase_petition,
        )
        from undaunted.repression.coordination.analysis import (  # noqa: PLC0415 - as above
            deadline_events,
            deadlines_ahead,
        )
        from undaunted.repression.coordination.queries import (  # noqa: PLC0415 - as above
            NOTICED,
            PETITION,
        )

        register_eraser(PETITION, erase_petition)
        register_source("coordination", DaySource(deadlines_ahead, deadline_events))
        register_subjects(Named.NOTICE, NOTICED)
        for kind in KINDS:
            register_kind(kind)

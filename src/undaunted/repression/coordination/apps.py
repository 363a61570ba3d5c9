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
        """Say how petitions are erased, what travels in packages, and where sentences stand."""
        register_rooms(self.name, "rules", "readers", "actions", but=_UNREAD)
        register_packs(self.name, "packs/renewals.toml", "renewals.title", "renewals.note")
        from undaunted.core.clocks.actions import register_eraser  # noqa: PLC0415 - needs the apps
        from undaunted.core.matching.rules import Named, register_subjects  # noqa: PLC0415 - as above
        from undaunted.core.sharing.actions import register_kind  # noqa: PLC0415 - as above
        from undaunted.repression.coordination.actions import (  # noqa: PLC0415 - as above
            KINDS,
            erase_petition,
        )
        from undaunted.repression.coordination.queries import (  # noqa: PLC0415 - as above
            NOTICED,
            PETITION,
        )

        register_eraser(PETITION, erase_petition)
        register_subjects(Named.NOTICE, NOTICED)
        for kind in KINDS:
            register_kind(kind)

"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_packs, register_rooms

__all__ = ["SanctionsConfig"]

_UNREAD = ("facts.py", "register.py", "kit.py", "ways.py", "findings.py")
"""Files of packs, which no page reads."""
_LAWS = (
    "au-6a", "ca-jvcfoa", "ca-sema", "ee-entry", "eu-2020-1998", "gb-gacsr", "gb-ghrsr",
    "lt-aliens", "us-eo-13818", "us-glomag",
)  # fmt: skip


class SanctionsConfig(AppConfig):
    name = "undaunted.repression.sanctions"
    label = "sanctions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand in the action plan as an edition, and say where sentences stand in English."""
        register_rooms(self.name, "rules", "readers", "analysis", but=_UNREAD)
        register_packs(self.name, "packs/facts.toml", "facts.title", "facts.evidence")
        for board in ("targeted-sanctions", "sanctions-enforcement"):
            register_packs(
                "undaunted.core.commitments", f"packs/{board}.toml", "instrument.features.question"
            )
        for law in _LAWS:
            register_packs(
                "undaunted.core.standards", f"packs/{law}*.toml", "title", "summary",
                "categories.title", "criteria.texts.en.text wording=summary",
            )  # fmt: skip
        from undaunted.core.editions.actions import (  # noqa: PLC0415 - needs the apps
            register_edition_kind,
        )
        from undaunted.repression.sanctions.analysis import ACTION_PLAN  # noqa: PLC0415 - as above

        register_edition_kind(ACTION_PLAN)

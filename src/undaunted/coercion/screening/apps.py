"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_packs, register_rooms

__all__ = ["ScreeningConfig"]

_UNREAD = (
    "demonstration.py", "pack_reading.py", "regime_reading.py", "sector_reading.py",
    "catalogues.py", "conditions.py", "asset_mapping.py", "mapping.py", "deal.py",
)  # fmt: skip
"""Files whose refusals only somebody reads who writes packs, mappings or files of facts."""
_ENGINE = (
    "control",
    "exposure",
    "findings",
    "imputing",
    "parties",
    "research",
    "shares",
    "telling",
    "thresholds",
)
_REGIME = (
    "caveat", "title kind=model", "scope.says", "phases.title", "recourse.body", "recourse.within",
)  # fmt: skip


class ScreeningConfig(AppConfig):
    name = "undaunted.coercion.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let notices travel in sealed packages, and say where sentences stand in English."""
        register_rooms(self.name, "rules", "readers", "actions", "analysis", but=_UNREAD)
        register_rooms("undaunted.engines.ownership", *_ENGINE)
        register_packs(self.name, "packs/factors.toml", "sets.factors.title")
        register_packs(self.name, "packs/filing.toml", "fields.title")
        register_packs(self.name, "packs/regimes/*.toml", *_REGIME)
        register_packs(
            self.name, "packs/sectors/*.toml", "versions.items.title", "versions.adds.title"
        )
        from undaunted.coercion.screening.actions import KINDS  # noqa: PLC0415 - needs the apps
        from undaunted.core.sharing.actions import register_kind  # noqa: PLC0415

        for kind in KINDS:
            register_kind(kind)

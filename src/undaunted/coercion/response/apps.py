"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_rooms

__all__ = ["ResponseConfig"]

_UNREAD = ("demonstration.py", "legal_bases.py", "scenario.py", "turns.py", "words.py")
"""Files whose refusals no page shows."""

_ENGINE = (
    "blocks", "choosing", "equilibrium", "menu", "points", "responding", "shadow", "solution",
    "solving", "stage",
)  # fmt: skip
"""Modules that say why no response was found, or what is assumed."""


class ResponseConfig(AppConfig):
    name = "undaunted.coercion.response"
    label = "response"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say where sentences stand in English."""
        register_rooms(self.name, "rules", "readers", "actions", "analysis", but=_UNREAD)
        register_rooms("undaunted.engines.trade", *_ENGINE)

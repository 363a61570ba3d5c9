"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_rooms

__all__ = ["ResponseConfig"]

_UNREAD = ("demonstration.py", "legal_bases.py", "scenario.py", "turns.py", "words.py")
"""Files whose refusals no page shows."""


class ResponseConfig(AppConfig):
    name = "undaunted.coercion.response"
    label = "response"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say where sentences stand in English."""
        register_rooms(self.name, "rules", "readers", "actions", "analysis", but=_UNREAD)

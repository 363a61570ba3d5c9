"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_packs

__all__ = ["ClocksConfig"]


class ClocksConfig(AppConfig):
    name = "undaunted.core.clocks"
    label = "clocks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say where the titles of deadlines stand in English."""
        keys = ("rules.title.en", "rules.short.en", "rules.limits.whose")
        register_packs(self.name, "packs/*.toml", *keys)

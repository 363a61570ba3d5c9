"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["ClocksConfig"]


class ClocksConfig(AppConfig):
    name = "undaunted.core.clocks"
    label = "clocks"
    default_auto_field = "django.db.models.BigAutoField"

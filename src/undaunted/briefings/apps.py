"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["BriefingsConfig"]


class BriefingsConfig(AppConfig):
    name = "undaunted.briefings"
    label = "briefings"
    default_auto_field = "django.db.models.BigAutoField"

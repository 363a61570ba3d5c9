"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["IntakeConfig"]


class IntakeConfig(AppConfig):
    name = "undaunted.core.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

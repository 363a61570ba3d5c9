"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["CoordinationConfig"]


class CoordinationConfig(AppConfig):
    name = "undaunted.repression.coordination"
    label = "coordination"
    default_auto_field = "django.db.models.BigAutoField"

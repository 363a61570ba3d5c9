"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["MatchingConfig"]


class MatchingConfig(AppConfig):
    name = "undaunted.core.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"

"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["StandardsConfig"]


class StandardsConfig(AppConfig):
    name = "undaunted.core.standards"
    label = "standards"
    default_auto_field = "django.db.models.BigAutoField"

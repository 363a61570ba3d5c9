"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["AccessConfig"]


class AccessConfig(AppConfig):
    name = "undaunted.core.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

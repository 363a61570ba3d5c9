"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["PracticesConfig"]


class PracticesConfig(AppConfig):
    name = "undaunted.core.practices"
    label = "practices"
    default_auto_field = "django.db.models.BigAutoField"

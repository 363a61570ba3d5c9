"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["ScreeningConfig"]


class ScreeningConfig(AppConfig):
    name = "undaunted.coercion.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["ConsentConfig"]


class ConsentConfig(AppConfig):
    name = "undaunted.core.consent"
    label = "consent"
    default_auto_field = "django.db.models.BigAutoField"

"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["ExposureConfig"]


class ExposureConfig(AppConfig):
    name = "undaunted.coercion.exposure"
    label = "exposure"
    default_auto_field = "django.db.models.BigAutoField"

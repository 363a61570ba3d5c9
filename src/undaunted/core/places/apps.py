"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["PlacesConfig"]


class PlacesConfig(AppConfig):
    name = "undaunted.core.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"

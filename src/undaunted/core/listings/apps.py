"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["ListingsConfig"]


class ListingsConfig(AppConfig):
    name = "undaunted.core.listings"
    label = "listings"
    default_auto_field = "django.db.models.BigAutoField"

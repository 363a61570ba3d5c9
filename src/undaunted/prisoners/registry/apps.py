"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["RegistryConfig"]


class RegistryConfig(AppConfig):
    name = "undaunted.prisoners.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

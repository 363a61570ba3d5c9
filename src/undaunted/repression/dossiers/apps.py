"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["DossiersConfig"]


class DossiersConfig(AppConfig):
    name = "undaunted.repression.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

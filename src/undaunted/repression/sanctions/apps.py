"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["SanctionsConfig"]


class SanctionsConfig(AppConfig):
    name = "undaunted.repression.sanctions"
    label = "sanctions"
    default_auto_field = "django.db.models.BigAutoField"

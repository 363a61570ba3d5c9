"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["CommitmentsConfig"]


class CommitmentsConfig(AppConfig):
    name = "undaunted.core.commitments"
    label = "commitments"
    default_auto_field = "django.db.models.BigAutoField"

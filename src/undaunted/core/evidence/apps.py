"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["EvidenceConfig"]


class EvidenceConfig(AppConfig):
    name = "undaunted.core.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["AuditConfig"]


class AuditConfig(AppConfig):
    name = "undaunted.core.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

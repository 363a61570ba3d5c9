"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["ReportConfig"]


class ReportConfig(AppConfig):
    name = "undaunted.prisoners.report"
    label = "report"
    default_auto_field = "django.db.models.BigAutoField"

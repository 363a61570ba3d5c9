"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["WorkbooksConfig"]


class WorkbooksConfig(AppConfig):
    name = "undaunted.core.workbooks"
    label = "workbooks"
    default_auto_field = "django.db.models.BigAutoField"

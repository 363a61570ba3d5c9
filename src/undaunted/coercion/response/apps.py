"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["ResponseConfig"]


class ResponseConfig(AppConfig):
    name = "undaunted.coercion.response"
    label = "response"
    default_auto_field = "django.db.models.BigAutoField"

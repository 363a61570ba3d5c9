"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["ActorsConfig"]


class ActorsConfig(AppConfig):
    name = "undaunted.core.actors"
    label = "actors"
    default_auto_field = "django.db.models.BigAutoField"

"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["InstrumentsConfig"]


class InstrumentsConfig(AppConfig):
    name = "undaunted.coercion.instruments"
    label = "instruments"
    default_auto_field = "django.db.models.BigAutoField"

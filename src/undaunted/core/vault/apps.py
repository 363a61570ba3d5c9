"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["VaultConfig"]


class VaultConfig(AppConfig):
    name = "undaunted.core.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"

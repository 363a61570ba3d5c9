"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["AccountsConfig"]


class AccountsConfig(AppConfig):
    name = "undaunted.core.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

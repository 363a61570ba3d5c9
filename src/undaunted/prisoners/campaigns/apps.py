"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["CampaignsConfig"]


class CampaignsConfig(AppConfig):
    name = "undaunted.prisoners.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

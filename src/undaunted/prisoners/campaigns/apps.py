"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["CampaignsConfig"]


class CampaignsConfig(AppConfig):
    name = "undaunted.prisoners.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of consent that ends: whoever withdraws is silent in every campaign."""
        from undaunted.core.consent.actions import register_handler  # noqa: PLC0415 - needs the apps
        from undaunted.prisoners.campaigns.actions import heed_news  # noqa: PLC0415 - needs the apps

        register_handler("campaigns", heed_news)

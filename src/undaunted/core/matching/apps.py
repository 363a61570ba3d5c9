"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["MatchingConfig"]


class MatchingConfig(AppConfig):
    name = "undaunted.core.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the lists: what is loaded is compared by itself."""
        from undaunted.core.listings.rules import register_follower  # noqa: PLC0415 - as below
        from undaunted.core.matching.tasks import ListsFollowed  # noqa: PLC0415 - needs the apps

        register_follower(self.label, ListsFollowed())

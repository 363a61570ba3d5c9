"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_rooms

__all__ = ["MatchingConfig"]


class MatchingConfig(AppConfig):
    name = "undaunted.core.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the lists, and hear who is erased; say refusals in languages."""
        from undaunted.core.consent.actions import register_handler  # noqa: PLC0415 - as below
        from undaunted.core.listings.rules import register_follower  # noqa: PLC0415 - as below
        from undaunted.core.matching.actions import heed_news  # noqa: PLC0415 - as below
        from undaunted.core.matching.tasks import ListsFollowed  # noqa: PLC0415 - needs the apps

        register_handler(self.label, heed_news)
        register_follower(self.label, ListsFollowed())
        register_rooms(self.name, "rules", "actions", "analysis", but=("demonstration.py",))

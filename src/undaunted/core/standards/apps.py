"""Wiring of the subject."""

from django.apps import AppConfig

from undaunted.site.english import register_packs

__all__ = ["StandardsConfig"]

_TEXTS = (
    "title", "summary", "criteria.title", "criteria.texts.en.text wording=summary",
    "outcomes.label",
)  # fmt: skip
"""What is quoted from a law stays as it is quoted."""


class StandardsConfig(AppConfig):
    name = "undaunted.core.standards"
    label = "standards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say where our own words for elements of coercion stand in English."""
        for pack in ("coercion-trigger", "eu-aci-coercion"):
            register_packs(self.name, f"packs/{pack}-*.toml", *_TEXTS)

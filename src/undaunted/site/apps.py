"""The site: page frame, components, language direction, charts and static files."""

from django.apps import AppConfig

__all__ = ["SiteConfig"]


class SiteConfig(AppConfig):
    name = "undaunted.site"
    label = "site"
    verbose_name = "Site"

"""Addresses of consent, mounted at `desk/consent/`."""

from django.urls import path

from undaunted.core.consent import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "consent"

urlpatterns = [
    path("", pages.news, name="news"),
    path("text/", pages.model_text, name="text"),
]

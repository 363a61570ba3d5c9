"""Addresses of the vault."""

from django.urls import path

from undaunted.core.vault import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "vault"

urlpatterns = [
    path("", pages.vault, name="vault"),
    path("lock/", pages.lock, name="lock"),
]

"""Addresses of screening at the desk."""

from django.urls import path

from undaunted.coercion.screening.pages import ownership

__all__ = ["app_name", "urlpatterns"]

app_name = "screening"

urlpatterns = [
    path("ownership/", ownership.ownership, name="ownership"),
]

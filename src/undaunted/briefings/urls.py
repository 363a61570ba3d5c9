"""Addresses of the pages that join areas: home, countries, how we count, about."""

from django.urls import path

from undaunted.briefings import pages
from undaunted.prisoners.registry.urls import desk as registry_desk

__all__ = ["app_name", "desk", "urlpatterns"]

app_name = "briefings"

urlpatterns = [
    path("", pages.home, name="home"),
    path("countries/", pages.countries_index, name="countries"),
    path("countries/<str:code>/", pages.country_page, name="country"),
    path("method/", pages.method, name="method"),
    path("about/", pages.about, name="about"),
]

desk = ([path("", pages.desk, name="home"), *registry_desk.urlpatterns], registry_desk.app_name)
"""The landing page of the desk joins areas; behind it lies the work of the registry."""

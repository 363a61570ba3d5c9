"""Addresses of the pages that join areas: home, countries, how we count, about."""

from django.urls import path

from undaunted.briefings import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "briefings"

urlpatterns = [
    path("", pages.home, name="home"),
    path("countries/", pages.countries_index, name="countries"),
    path("countries/<str:code>/", pages.country_page, name="country"),
    path("method/", pages.method, name="method"),
    path("about/", pages.about, name="about"),
]

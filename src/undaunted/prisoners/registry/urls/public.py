"""Addresses of the registry's public pages and downloads."""

from django.urls import path

from undaunted.prisoners.registry.pages import public

__all__ = ["urlpatterns"]

urlpatterns = [
    path("registry/", public.search_page, name="search"),
    path("registry/<slug:reference>/", public.case_page, name="case"),
    path("data/", public.data_page, name="data"),
    path("data/<str:name>", public.data_file, name="file"),
]

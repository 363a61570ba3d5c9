"""Addresses of documents at the desk."""

from django.urls import path

from undaunted.core.evidence import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "evidence"

urlpatterns = [
    path("", pages.documents, name="documents"),
    path("<uuid:document>/", pages.document_page, name="document"),
    path("<uuid:document>/clean/", pages.clean, name="clean"),
    path("<uuid:document>/copy/", pages.copy, name="copy"),
    path("<uuid:document>/play/", pages.play, name="play"),
]

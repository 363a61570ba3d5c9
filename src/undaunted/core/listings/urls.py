"""Addresses of lists; all are public."""

from django.urls import path

from undaunted.core.listings import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "listings"

urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:source>/", pages.entries, name="entries"),
    path("<slug:source>/versions/", pages.versions, name="versions"),
    path("<slug:source>/versions/<int:number>/", pages.version, name="version"),
    path("<slug:source>/changes/", pages.changes, name="changes"),
    path("<slug:source>/entries/<path:key>/", pages.entry, name="entry"),
]

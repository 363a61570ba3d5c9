"""Addresses of lists: public ones, and the desk's where files are brought in."""

from django.urls import path

from undaunted.core.listings import pages

__all__ = ["app_name", "desk_urls", "urlpatterns"]

app_name = "listings"

urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:source>/", pages.entries, name="entries"),
    path("<slug:source>/versions/", pages.versions, name="versions"),
    path("<slug:source>/versions/<int:number>/", pages.version, name="version"),
    path("<slug:source>/changes/", pages.changes, name="changes"),
    path("<slug:source>/entries/<path:key>/", pages.entry, name="entry"),
]

desk_urls = ([path("", pages.board, name="board")], "listings-desk")

"""Addresses of editions: what everybody reads, and the desk's."""

from django.urls import path

from undaunted.core.editions import pages

__all__ = ["app_name", "desk", "urlpatterns"]

app_name = "editions"

urlpatterns = [
    path("", pages.edition_list, name="list"),
    path("<uuid:edition>/", pages.edition_page, name="edition"),
    path("<uuid:edition>/<str:name>", pages.edition_file, name="file"),
]

desk = (
    [
        path("", pages.board, name="board"),
        path("new/", pages.new_edition, name="new"),
        path("<uuid:edition>/", pages.own_edition, name="edition"),
        path("<uuid:edition>/propose/", pages.propose, name="propose"),
        path("<uuid:edition>/publish/", pages.publish, name="publish"),
        path("<uuid:edition>/withdraw/", pages.withdraw, name="withdraw"),
        path("<uuid:edition>/discard/", pages.discard, name="discard"),
        path("<uuid:edition>/files/<str:name>", pages.draft_file, name="file"),
    ],
    "editions-desk",
)

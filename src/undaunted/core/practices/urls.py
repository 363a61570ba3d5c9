"""Addresses of the library: the public pages, and the desk's."""

from django.urls import path

from undaunted.core.practices import pages

__all__ = ["app_name", "desk", "urlpatterns"]

app_name = "practices"

urlpatterns = [
    path("", pages.library, name="library"),
    path("menu/", pages.menu, name="menu"),
    path("<slug:reference>/", pages.one, name="one"),
]

desk = (
    [
        path("", pages.board, name="board"),
        path("new/", pages.new, name="new"),
        path("versions/<uuid:version>/accept/", pages.accept, name="accept"),
        path("versions/<uuid:version>/decline/", pages.decline, name="decline"),
        path("<uuid:practice>/", pages.practice_page, name="practice"),
        path("<uuid:practice>/revise/", pages.revise, name="revise"),
        path("<uuid:practice>/confirm/", pages.confirm, name="confirm"),
        path("<uuid:practice>/withdraw/", pages.withdraw, name="withdraw"),
    ],
    "practices-desk",
)

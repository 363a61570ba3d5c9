"""Addresses of memos, all at the desk."""

from django.urls import path

from undaunted.prisoners.memo import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "memo"

urlpatterns = [
    path("", pages.board, name="board"),
    path("new/", pages.new, name="new"),
    path("texts/", pages.texts, name="texts"),
    path("texts/<uuid:text>/accept/", pages.accept, name="accept"),
    path("texts/<uuid:text>/confirm/", pages.confirm, name="confirm"),
    path("texts/<uuid:text>/withdraw/", pages.withdraw, name="withdraw"),
    path("<uuid:memo>/", pages.one, name="memo"),
    path("<uuid:memo>/again/", pages.again, name="again"),
    path("<uuid:memo>/end/", pages.end, name="end"),
    path("<uuid:memo>/files/<str:name>", pages.file, name="file"),
]

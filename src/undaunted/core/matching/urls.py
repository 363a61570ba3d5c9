"""Addresses of matching, at the desk."""

from django.urls import path

from undaunted.core.matching import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "matching"

urlpatterns = [
    path("", pages.queue, name="queue"),
    path("pair/", pages.pair, name="pair"),
    path("accept/", pages.accept, name="accept"),
    path("compare/", pages.compare, name="compare"),
    path("log/", pages.log, name="log"),
    path("log/<uuid:judgement>/undo/", pages.undo, name="undo"),
    path("log/<uuid:judgement>/confirm/", pages.confirm, name="confirm"),
    path("log/together/<uuid:batch>/confirm/", pages.confirm_all, name="confirm_all"),
    path("log/together/<uuid:batch>/undo/", pages.undo_all, name="undo_all"),
    path("files/", pages.questions, name="questions"),
    path("files/screen/", pages.screen, name="screen"),
    path("files/<uuid:question>/", pages.question, name="question"),
    path("files/answers/<uuid:answer>/undo/", pages.undo_answered, name="undo_answered"),
]

"""Addresses of clocks, mounted at `desk/clocks/`."""

from django.urls import path, re_path

from undaunted.core.clocks import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "clocks"

urlpatterns = [
    path("", pages.board, name="board"),
    path("what-if/", pages.ask, name="what_if"),
    path("new/", pages.new, name="new"),
    path("calendar/", pages.calendar, name="calendar"),
    path("calendar/<uuid:feed>/revoke/", pages.revoke, name="revoke"),
    re_path(r"^calendar/(?P<token>[\w-]{43})\.ics$", pages.feed, name="feed"),
    path("keeping/", pages.keeping, name="keeping"),
    path("keeping/<uuid:clock>/ask/", pages.ask_keeping, name="ask_keeping"),
    path("keeping/decide/<uuid:asked>/", pages.decide_keeping, name="decide_keeping"),
    path("<uuid:clock>/", pages.one, name="one"),
    re_path(
        r"^(?P<clock>[0-9a-f-]{36})/(?P<what>stop|resume|extend|meet|cancel)/$",
        pages.change,
        name="change",
    ),
]

"""Addresses of screening at the desk."""

from django.urls import path

from undaunted.coercion.screening.pages import cases, ownership, steps

__all__ = ["app_name", "urlpatterns"]

app_name = "screening"

urlpatterns = [
    path("", cases.board, name="board"),
    path("ownership/", ownership.ownership, name="ownership"),
    path("new/", cases.new, name="new"),
    path("notices/<uuid:key>/", cases.notice, name="notice"),
    path("cases/<slug:reference>/", cases.case, name="case"),
    path("cases/<slug:reference>/notification/", steps.notification, name="notification"),
    path("cases/<slug:reference>/calendar.ics", cases.calendar, name="calendar"),
    path("cases/<slug:reference>/letter/", steps.letter, name="letter"),
    path("cases/<slug:reference>/opened/", cases.opened, name="opened"),
    path("cases/<slug:reference>/<slug:act>/", steps.step, name="step"),
    path("cases/<slug:reference>/<slug:act>/<uuid:row>/", steps.step, name="row-step"),
]

"""Addresses of screening at the desk."""

from django.urls import path

from undaunted.coercion.screening.pages import (
    cases,
    evidence,
    exchange,
    ownership,
    register,
    steps,
    watching,
)

__all__ = ["app_name", "exchange_urls", "register_urls", "urlpatterns"]

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
    path(
        "cases/<slug:reference>/files/waiting/<uuid:left>/", evidence.waiting_page, name="waiting"
    ),
    path("cases/<slug:reference>/files/<uuid:load>/", evidence.load_page, name="load"),
    path("cases/<slug:reference>/<slug:act>/", steps.step, name="step"),
    path("cases/<slug:reference>/<slug:act>/<uuid:row>/", steps.step, name="row-step"),
]

register_urls = (
    [
        path("", register.board, name="board"),
        path("new/", register.new_asset, name="new"),
        path("stakes/new/", register.new_holding, name="stake"),
        path("stakes/<uuid:holding>/withdraw/", register.withdraw_holding_page, name="end-stake"),
        path("files/new/", register.bring_file, name="bring"),
        path("files/waiting/<uuid:left>/", register.waiting_page, name="waiting"),
        path("files/<uuid:brought>/", register.import_page, name="import"),
        path("alerts/", watching.alerts, name="alerts"),
        path("alerts/<uuid:alert>/", watching.alert_page, name="alert"),
        path("screen/<uuid:holder>/", watching.screen, name="screen"),
        path("unfiled/", watching.unfiled, name="unfiled"),
        path("unfiled/<uuid:deal>/", watching.unfiled_page, name="deal"),
        path("exposure/", watching.exposure, name="exposure"),
        path("<uuid:asset>/", register.asset_page, name="asset"),
        path("<uuid:asset>/withdraw/", register.withdraw_asset_page, name="end"),
    ],
    "screening-register",
)

exchange_urls = (
    [
        path("", exchange.board, name="board"),
        path("<uuid:which>/", exchange.received, name="received"),
    ],
    "screening-exchange",
)

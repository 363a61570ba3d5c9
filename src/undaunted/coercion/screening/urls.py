"""Addresses of screening at the desk."""

from django.urls import path

from undaunted.coercion.screening.pages import register, watching

__all__ = ["register_urls"]

register_urls = (
    [
        path("", register.board, name="board"),
        path("new/", register.new_asset, name="new"),
        path("stakes/new/", register.new_holding, name="stake"),
        path("stakes/<uuid:holding>/withdraw/", register.withdraw_holding_page, name="end-stake"),
        path("files/new/", register.bring_file, name="bring"),
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

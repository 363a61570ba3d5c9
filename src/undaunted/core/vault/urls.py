"""Addresses of the vault."""

from django.urls import path

from undaunted.core.vault import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "vault"

urlpatterns = [
    path("", pages.vault, name="vault"),
    path("lock/", pages.lock, name="lock"),
    path("passphrase/", pages.passphrase, name="passphrase"),
    path("rotate/", pages.rotate, name="rotate"),
    path("lost/", pages.lost, name="lost"),
    path("lost/give-up/", pages.give_up, name="give_up"),
    path("ceremony/", pages.ceremony, name="ceremony"),
    path("ceremony/begin/", pages.begin, name="begin"),
    path("ceremony/share/", pages.share, name="share"),
    path("ceremony/share/take/", pages.take, name="take"),
    path("ceremony/check/", pages.check, name="check"),
    path("ceremony/rehearse/", pages.rehearse, name="rehearse"),
    path("ceremony/abandon/", pages.abandon, name="abandon"),
    path("teams/", pages.teams, name="teams"),
    path("teams/<uuid:team>/", pages.team, name="team"),
    path("teams/<uuid:team>/add/", pages.add, name="add"),
    path("teams/<uuid:team>/add/<uuid:admission>/approve/", pages.approve, name="approve"),
    path("teams/<uuid:team>/add/<uuid:admission>/decline/", pages.decline, name="decline"),
    path("teams/<uuid:team>/add/<uuid:admission>/take-in/", pages.take_in, name="take_in"),
    path("teams/<uuid:team>/go-on/", pages.go_on, name="go_on"),
    path("teams/<uuid:team>/remove/<uuid:person>/", pages.remove, name="remove"),
    path("teams/<uuid:team>/compare/<uuid:key>/", pages.compare, name="compare"),
]

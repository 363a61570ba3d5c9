"""Addresses of dossiers, at the desk alone."""

from django.urls import path

from undaunted.repression.dossiers.pages import (
    desk,
    listed,
    looking,
    parts,
    redacting,
    searching,
)

__all__ = ["app_name", "urlpatterns"]

app_name = "dossiers"
ONE = "<uuid:dossier>/"
SENT = "submissions/<uuid:submission>/"

urlpatterns = [
    path("", desk.board, name="board"),
    path("new/", desk.new_dossier, name="new"),
    path("listed/", listed.listed_page, name="listed"),
    path("listed/print/", listed.listed_print, name="listed_print"),
    path(ONE, desk.dossier_page, name="dossier"),
    path(f"{ONE}change/", desk.change, name="change"),
    path(f"{ONE}laws/", desk.laws_page, name="laws"),
    path(f"{ONE}withdraw/", desk.withdraw, name="withdraw"),
    path(f"{ONE}confirm/", desk.confirm, name="confirm"),
    path(f"{ONE}search/", searching.search, name="search"),
    path(f"{ONE}closing/", desk.closing, name="closing"),
    path(f"{ONE}close/", desk.close, name="close"),
    path(f"{ONE}erase/", desk.erase, name="erase"),
    path(f"{ONE}add/<slug:part>/", parts.part_page, name="part"),
    path(f"{ONE}annexes/<uuid:annex>/redact/", redacting.redact, name="redact"),
    path(f"{ONE}annexes/<uuid:annex>/look/", looking.look, name="look"),
    path(f"{ONE}annexes/<uuid:annex>/file", looking.annex_file, name="annex_file"),
    path(SENT, desk.submission_page, name="submission"),
    path(f"{SENT}release/", desk.release, name="release"),
    path(f"{SENT}rewrite/", desk.rewrite, name="rewrite"),
    path(f"{SENT}end/", desk.end, name="end"),
    path(f"{SENT}files/<str:name>", desk.file, name="file"),
]

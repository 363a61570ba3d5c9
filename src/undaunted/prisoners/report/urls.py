"""Addresses of the annual report at the desk."""

from django.urls import path

from undaunted.prisoners.report import pages

__all__ = ["desk"]

TEXT = "<int:year>/<slug:chapter>/<slug:language>/"

desk = (
    [
        path("", pages.board, name="board"),
        path("build/", pages.build, name="build"),
        path(f"texts/{TEXT}", pages.text, name="text"),
        path(f"texts/{TEXT}write/", pages.write, name="write"),
        path("versions/<uuid:version>/propose/", pages.propose, name="propose"),
        path("versions/<uuid:version>/review/", pages.review, name="review"),
        path("versions/<uuid:version>/sign/", pages.sign, name="sign"),
        path("versions/<uuid:version>/decline/", pages.decline, name="decline"),
        path("versions/<uuid:version>/withdraw/", pages.withdraw, name="withdraw"),
        path("translators/<int:year>/", pages.import_file, name="import"),
        path("translators/<int:year>/<slug:language>/", pages.export_file, name="export"),
    ],
    "report-desk",
)

"""Addresses of the matrix and of the register; all are public."""

from django.urls import path

from undaunted.repression.sanctions import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "sanctions"

urlpatterns = [
    path("", pages.register, name="register"),
    path("matrix/", pages.matrix, name="matrix"),
    path("matrix/print/", pages.matrix_print, name="print"),
    path("matrix.<slug:form>", pages.matrix_file, name="matrix_file"),
    path("align/", pages.align, name="align"),
    path("align.<slug:form>", pages.align_file, name="align_file"),
    path("parties/<path:key>/", pages.party, name="party"),
]

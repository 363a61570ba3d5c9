"""Addresses of matrix, register, authorities, tests, plans and model law; and the desk's."""

from django.urls import path

from undaunted.repression.sanctions import pages
from undaunted.repression.sanctions.pages import authorities, plans

__all__ = ["app_name", "desk_urls", "urlpatterns"]

app_name = "sanctions"

urlpatterns = [
    path("", pages.register, name="register"),
    path("matrix/", pages.matrix, name="matrix"),
    path("matrix/print/", pages.matrix_print, name="print"),
    path("matrix.<slug:form>", pages.matrix_file, name="matrix_file"),
    path("align/", pages.align, name="align"),
    path("align.<slug:form>", pages.align_file, name="align_file"),
    path("parties/<path:key>/", pages.party, name="party"),
    path("authorities/", authorities.register, name="authorities"),
    path("authorities/<slug:code>/", authorities.authority, name="authority"),
    path("tests/", authorities.tests, name="tests"),
    path("model-law/", authorities.model, name="model"),
    path("plans/", plans.index, name="plans"),
    path("plans/<slug:state>/", plans.plan, name="plan"),
    path("plans/<slug:state>.<slug:media>", plans.plan_file, name="plan-file"),
    path("<slug:name>.<slug:media>", authorities.download, name="file"),
]

desk_urls = (
    [path("plans/<slug:state>/stakes/", plans.with_stakes, name="stakes")],
    "sanctions-desk",
)

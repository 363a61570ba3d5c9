"""Addresses of authorities, tests, plans and the model law; and the desk's."""

from django.urls import path

from undaunted.repression.sanctions.pages import authorities, plans

__all__ = ["app_name", "desk_urls", "urlpatterns"]

app_name = "sanctions"

urlpatterns = [
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

"""Addresses of economic coercion's first page and of exposure."""

from django.urls import path, register_converter

from undaunted.coercion.exposure.pages import desk, downloads, episodes, public

__all__ = ["FileForm", "app_name", "desk_urls", "urlpatterns"]

app_name = "exposure"


class FileForm:
    """The endings under which numbers are given."""

    regex = "csv|json"

    def to_python(self, value: str) -> str:
        """Keep what matched."""
        return value

    def to_url(self, value: str) -> str:
        """Keep what is asked for."""
        return value


register_converter(FileForm, "exposure_form")

urlpatterns = [
    path("", public.home, name="home"),
    path("exposure/", public.choice, name="choice"),
    path("exposure/compare/", public.compare, name="compare"),
    path("exposure/<slug:code>/", public.country, name="country"),
    path("exposure/<slug:code>/data.<exposure_form:form>", downloads.country_file, name="file"),
    path("exposure/<slug:code>/chart.json", downloads.chart, name="chart"),
    path("exposure/<slug:code>/<slug:partner>/", public.pair, name="pair"),
    path(
        "exposure/<slug:code>/<slug:partner>/data.<exposure_form:form>",
        downloads.pair_file,
        name="pair-file",
    ),
]

desk_urls = (
    [
        path("", desk.board, name="board"),
        path("<uuid:file>/discard/", desk.discard, name="discard"),
        path("<uuid:file>/episode/", episodes.episode, name="episode"),
        path("<uuid:holder>/products/", desk.ask, name="ask"),
        path("<uuid:holder>/products/<slug:country>/", desk.report, name="report"),
    ],
    "exposure-desk",
)

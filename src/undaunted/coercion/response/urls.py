"""Addresses of the response designer: the public pages."""

from django.urls import path, register_converter

from undaunted.coercion.response.pages import designer as designer_pages

__all__ = ["BriefForm", "designer"]


class BriefForm:
    """The endings under which a brief is given."""

    regex = "pdf|docx"

    def to_python(self, value: str) -> str:
        """Keep what matched."""
        return value

    def to_url(self, value: str) -> str:
        """Keep what is asked for."""
        return value


register_converter(BriefForm, "brief_form")

designer = (
    [
        path("", designer_pages.episodes, name="episodes"),
        path("<slug:episode>/", designer_pages.front, name="front"),
        path("<slug:episode>/front.json", designer_pages.front_file, name="file"),
        path("<slug:episode>/<int:number>/", designer_pages.point, name="point"),
        path("<slug:episode>/<int:number>/point.toml", designer_pages.scenario, name="scenario"),
        path(
            "<slug:episode>/<int:number>/brief.<brief_form:media>",
            designer_pages.brief,
            name="brief",
        ),
    ],
    "designer",
)

"""Addresses of the response designer: the public pages, and the desk's."""

from django.urls import path

from undaunted.coercion.response.pages import designer as designer_pages
from undaunted.coercion.response.pages import designer_desk as desk_pages

__all__ = ["designer", "designer_desk"]


designer = (
    [
        path("", designer_pages.episodes, name="episodes"),
        path("<slug:episode>/", designer_pages.front, name="front"),
        path("<slug:episode>/front.json", designer_pages.front_file, name="file"),
        path("<slug:episode>/<int:number>/", designer_pages.point, name="point"),
        path("<slug:episode>/<int:number>/point.toml", designer_pages.scenario, name="scenario"),
        path(
            "<slug:episode>/<int:number>/brief.<slug:media>",
            designer_pages.brief,
            name="brief",
        ),
    ],
    "designer",
)

designer_desk = (
    [
        path("", desk_pages.board, name="board"),
        path("<uuid:holder>/<slug:digest>/", desk_pages.front, name="front"),
        path("<uuid:holder>/<slug:digest>/front.json", desk_pages.front_file, name="file"),
        path("<uuid:holder>/<slug:digest>/<int:number>/", desk_pages.point, name="point"),
        path(
            "<uuid:holder>/<slug:digest>/<int:number>/brief.<slug:media>",
            desk_pages.brief,
            name="brief",
        ),
    ],
    "designer-desk",
)

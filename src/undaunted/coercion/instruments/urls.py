"""Addresses of proceedings: the public tracker, and the desk's pages."""

from django.urls import path

from undaunted.coercion.instruments.pages import (
    comparing,
    desk,
    injuries,
    papers,
    public,
    voting,
    work,
)

__all__ = ["app_name", "desk_urls", "urlpatterns"]

app_name = "instruments"
ONE = "proceedings/<uuid:proceeding>/"

urlpatterns = [
    path("proceedings/", public.tracker, name="tracker"),
    path(ONE, public.tracked, name="tracked"),
    path("instruments/", comparing.comparison, name="comparison"),
    path("instruments/<slug:name>.<slug:media>", comparing.download, name="file"),
]

desk_urls = (
    [
        path("proceedings/", desk.board, name="board"),
        path("proceedings/new/", desk.new_proceeding, name="new"),
        path(ONE, desk.proceeding_page, name="proceeding"),
        path(f"{ONE}correct/", desk.correct, name="correct"),
        path(f"{ONE}step/<slug:to>/", desk.step_page, name="step"),
        path(f"{ONE}confirm/", desk.confirm, name="confirm"),
        path(f"{ONE}refuse/", desk.refuse, name="refuse"),
        path(f"{ONE}publish/", desk.publish, name="publish"),
        path(f"{ONE}withdraw/", desk.withdraw, name="withdraw"),
        path(f"{ONE}deadlines.ics", desk.calendar, name="calendar"),
        path(f"{ONE}elements/", work.elements, name="elements"),
        path(f"{ONE}injury/", injuries.injury, name="injury"),
        path(f"{ONE}injury/calculation/", injuries.calculation, name="calculation"),
        path(f"{ONE}injury/typed/", injuries.typed, name="typed-injury"),
        path(f"{ONE}injury/file", injuries.calculation_file, name="calculation-file"),
        path(f"{ONE}measures.<slug:media>", injuries.paper, name="measures-paper"),
        path(f"{ONE}measures-open.<slug:media>", injuries.open_paper, name="measures-open-paper"),
        path(f"{ONE}vote/", voting.vote, name="vote"),
        path(f"{ONE}vote.<slug:media>", voting.paper, name="vote-paper"),
        path(f"{ONE}engagement/", work.engagement, name="engagement"),
        path(f"{ONE}measures/new/", work.measure, name="measure"),
        path(f"{ONE}measures/drop/", work.drop_measure, name="drop-measure"),
        path(f"{ONE}tests/", work.tests, name="tests"),
        path(f"{ONE}papers/", papers.papers_page, name="papers"),
        path(f"{ONE}papers/team/", papers.team, name="team"),
        path(f"{ONE}papers/new/", papers.new_paper, name="new-paper"),
        path(f"{ONE}papers/request/", papers.new_request, name="new-request"),
        path("engagements/<uuid:engagement>/withdraw/", work.take_back, name="take-back"),
        path("papers/<uuid:paper>/withdraw/", papers.take_back, name="take-back-paper"),
        path("papers/<uuid:paper>/summary.<slug:media>", papers.file, name="summary"),
        path("papers/<uuid:paper>/request.<slug:media>", papers.sealed, name="request"),
    ],
    "instruments-desk",
)

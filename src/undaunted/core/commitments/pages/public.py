"""Public boards: all instruments, who stands where on a day, one state with its history, files."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.commitments.forms import BoardForm, DayForm
from undaunted.core.commitments.queries import board_of, history_of, published_statements
from undaunted.core.commitments.rules import (
    CommitmentAnswer,
    Status,
    gaps_of,
    instruments,
    known_by,
    standing_of,
)
from undaunted.core.commitments.writers import (
    board_csv,
    board_told,
    state_name,
    statements_csv,
    statements_json,
)
from undaunted.site.caching import kept_briefly
from undaunted.site.charts.figure import Key, TableBehind
from undaunted.site.charts.ranked import Ranked, RankedRow
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import HttpRequest

    from undaunted.core.commitments.queries import Board
    from undaunted.core.commitments.rules import Instrument, Standing

__all__ = ["board", "board_file", "index", "state", "statements_file"]

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@face("public")
@require_safe
@kept_briefly
def index(request: HttpRequest) -> HttpResponse:
    """List the instruments with how many states have each in force today."""
    today = timezone.now().date()
    boards = [board_of(PUBLIC, code, on=today) for code in sorted(instruments())]
    return render(request, "commitments/index.html", {"boards": boards})


@face("public")
@require_safe
@kept_briefly
def board(request: HttpRequest, instrument: str) -> HttpResponse:
    """Show who stands where on a day; 422 for a day or a feature that nobody knows."""
    found = _instrument(instrument)
    states = published_statements(PUBLIC, found.code).values_list("state", flat=True)
    form = BoardForm(request.GET, instrument=found, states=set(states))
    known = form.is_valid()
    on, known_on = _days(form)
    shown = board_of(PUBLIC, found.code, on=on, known_on=known_on)
    rows = [(row, gaps_of(row, found)) for row in shown.rows if _asked(row, form.cleaned_data)]
    context = {
        "form": form,
        "instrument": found,
        "board": shown,
        "rows": sorted(rows, key=lambda each: state_name(each[0].state)) if known else [],
        "figure": _figure(shown) if shown.binding else None,
        "asked": request.GET.urlencode(),
    }
    status_code = HTTPStatus.OK if known else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "commitments/board.html", context, status=status_code)


@face("public")
@require_safe
@kept_briefly
def state(request: HttpRequest, instrument: str, state: str) -> HttpResponse:
    """Show how one state stands on a day, what lacks, and every statement about it."""
    found = _instrument(instrument)
    history = history_of(PUBLIC, found.code, state)
    if not history:
        raise Http404
    form = DayForm(request.GET)
    known = form.is_valid()
    on, known_on = _days(form)
    standing = standing_of(known_by(history, known_on), found, on)
    context = {
        "form": form,
        "instrument": found,
        "code": state,
        "on": on,
        "known_on": known_on,
        "standing": standing,
        "answers": _answers(standing, found) if standing else [],
        "gaps": gaps_of(standing, found) if standing else None,
        "history": history[::-1],
    }
    status_code = HTTPStatus.OK if known else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "commitments/state.html", context, status=status_code)


@face("public")
@require_safe
@kept_briefly
def board_file(request: HttpRequest, instrument: str, form: str) -> HttpResponse:
    """Give the whole board of a day as CSV or JSON."""
    found = _instrument(instrument)
    asked = DayForm(request.GET)
    if form not in TYPES or not asked.is_valid():
        raise Http404
    on, known_on = _days(asked)
    rows = board_of(PUBLIC, found.code, on=on, known_on=known_on).rows
    if form == "csv":
        return _file(board_csv(found, rows, on=on), form, f"{found.code}-{on}")
    told = board_told(found, rows, on=on, known_on=known_on)
    return _file(json.dumps(told, ensure_ascii=False, indent=1), form, f"{found.code}-{on}")


@face("public")
@require_safe
@kept_briefly
def statements_file(_request: HttpRequest, instrument: str, form: str) -> HttpResponse:
    """Give every statement that stands, with its sources, as an import takes it."""
    found = _instrument(instrument)
    if form not in TYPES:
        raise Http404
    rows = known_by((row.known for row in published_statements(PUBLIC, found.code)), None)
    written = (statements_csv if form == "csv" else statements_json)(row.statement for row in rows)
    return _file(written, form, f"{found.code}-statements")


def _instrument(code: str) -> Instrument:
    try:
        return instruments()[code]
    except KeyError:
        raise Http404 from None


def _asked(row: Standing, asked: Mapping[str, Any]) -> bool:
    """Whether a state is among those that were asked for, also by a bill beside its law."""
    state, feature, status = (asked.get(name) for name in ("state", "feature", "status"))
    return (
        (not state or row.state == state)
        and (not feature or row.answers[feature] is CommitmentAnswer.HAS)
        and (not status or Status(status) in _statuses(row))
    )


def _statuses(row: Standing) -> set[Status]:
    return {row.status, *(bill.current.statement.status for bill in row.proposed)}


def _days(form: DayForm) -> tuple[date, date | None]:
    return form.cleaned_data.get("on") or timezone.now().date(), form.cleaned_data.get("known")


def _answers(standing: Standing, instrument: Instrument) -> list[tuple[object, ...]]:
    """Give each feature with its answer, and the telling and statement behind it."""
    return [
        (feature, standing.answers[feature.code], *standing.told.get(feature.code, (None, None)))
        for feature in instrument.features
    ]


def _figure(board: Board) -> Ranked:
    """Draw how many of the states with the instrument in force have each feature, or lack it."""
    counts = [
        (
            each,
            board.counted(each.code, CommitmentAnswer.HAS),
            board.counted(each.code, CommitmentAnswer.LACKS),
        )
        for each in board.instrument.features
    ]
    keys = (Key("series-1", _("Yes")), Key("series-2", _("No")))
    return Ranked(
        title=_("Features, by how many states with it in force have them"),
        description=_("The rest is not known. What is not known is not a no."),
        rows=tuple(
            RankedRow(each.short, ((has, number_text(has)), (lacks, number_text(lacks))))
            for each, has, lacks in counts
        ),
        table=TableBehind(
            (_("Feature"), _("Yes"), _("No"), _("Not known")),
            tuple(
                (each.short, has, lacks, len(board.binding) - has - lacks)
                for each, has, lacks in counts
            ),
        ),
        keys=keys,
    )


def _file(content: str, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer

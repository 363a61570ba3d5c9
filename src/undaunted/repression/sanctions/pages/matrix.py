"""Public pages of the matrix: who is listed where, one party, the page to print, files."""

from __future__ import annotations

from datetime import UTC, datetime, time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.editions.writers import write_paper_pdf, write_paper_word
from undaunted.core.listings.rules import Compared, compared_lists, list_source
from undaunted.core.listings.writers import alike_told
from undaunted.repression.sanctions.analysis import (
    columns_known,
    matrix_on,
    programmes_held,
    row_of,
    rows_of,
)
from undaunted.repression.sanctions.forms import MatrixForm
from undaunted.repression.sanctions.rules import STATES, MatrixAsked, State
from undaunted.repression.sanctions.writers import (
    LISTED_THEN,
    MOST_IN_FILE,
    MOST_ROWS,
    STATE_WORDS,
    any_alone,
    as_json,
    asked_told,
    cell_as_data,
    condensed,
    gap_sentences,
    laid_apart,
    lists_told,
    matrix_csv,
    matrix_paper,
    question_marked,
)
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from undaunted.repression.sanctions.analysis import Matrix, MatrixRow
    from undaunted.repression.sanctions.rules import ListSpoken

__all__ = ["matrix", "matrix_file", "matrix_print", "party", "row_told"]

A_PAGE: Final = 50
A_PRINT: Final = 500
A_FILE: Final = MOST_IN_FILE
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_WRITERS: Final = {"docx": write_paper_word, "pdf": write_paper_pdf}
_FILE_WORDS: Final = {"csv": "CSV", "json": "JSON", "docx": "Word", "pdf": "PDF"}
_SHOWN: Final = tuple(reversed(STATES))


@face("public")
@require_safe
@kept_briefly
def matrix(request: HttpRequest) -> HttpResponse:
    """Show parties by jurisdiction on a day; 422 for a question that nobody can answer."""
    form = MatrixForm(request.GET, columns=columns_known(PUBLIC))
    if not form.is_valid():
        return _unanswered(request, form)
    found = matrix_on(PUBLIC, form.question())
    page = Paginator(range(len(found)), A_PAGE).get_page(request.GET.get("page"))
    start = max(page.start_index() - 1, 0)
    context = {
        **_context(found, form, request),
        "page": page,
        "rows": list(rows_of(found, start, start + A_PAGE)),
    }
    return render(request, "sanctions/matrix.html", context)


@face("public")
@require_safe
@kept_briefly
def matrix_print(request: HttpRequest) -> HttpResponse:
    """Show the same on one page for paper: no paging, a legend, and every list with its version."""
    form = MatrixForm(request.GET, columns=columns_known(PUBLIC))
    if not form.is_valid():
        return _unanswered(request, form)
    found = matrix_on(PUBLIC, form.question())
    rows = list(rows_of(found, 0, A_PRINT))
    dense, spoken = condensed(rows, found.asked, laid_apart), _spoken(found)
    context = {
        **_context(found, form, request),
        "dense": dense,
        "dense_heads": [(code, spoken[code]) for code in dense.columns],
        "legend": _met(rows),
        "none_then": not any(cell.then for row in rows for cell in row.cells),
        "none_alone": not any(any_alone(row.cells) for row in rows),
        "cut": len(found) > A_PRINT,
        "most": A_PRINT,
    }
    return render(request, "sanctions/print.html", context)


@face("public")
@require_safe
@kept_briefly
def party(request: HttpRequest, key: str) -> HttpResponse:
    """Show one party: what every jurisdiction says, entry by entry, and the gap in a sentence."""
    form = MatrixForm(request.GET, columns=columns_known(PUBLIC))
    if not form.is_valid():
        return _unanswered(request, form)
    asked = form.question()
    found = matrix_on(PUBLIC, MatrixAsked(asked.on, asked.known, measure=asked.measure))
    row = row_of(found, key)
    if row is None:
        raise Http404
    context = {
        **_context(found, form, request),
        "row": row,
        "sentences": gap_sentences(row.cells),
    }
    return render(request, "sanctions/party.html", context)


@face("public")
@require_safe
@kept_briefly
def matrix_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the first rows as CSV, JSON, for Word and as PDF; API and command give all."""
    question = MatrixForm(request.GET, columns=columns_known(PUBLIC))
    if form not in TYPES:
        raise Http404
    if not question.is_valid():
        return _unanswered(request, question)
    asked = question.question()
    found = matrix_on(PUBLIC, asked)
    name = f"matrix-{asked.on}.{form}"
    if form in _WRITERS:
        rows = list(rows_of(found, 0, MOST_ROWS))
        paper = matrix_paper(rows, len(found), found.lists, asked)
        moment = int(datetime.combine(asked.on, time(), UTC).timestamp())
        return _file(_WRITERS[form](paper, moment=moment), form, name)
    if form == "csv":
        return _file("".join(matrix_csv(rows_of(found, 0, A_FILE), asked)), form, name)
    told = {
        "asked": asked_told(asked),
        "lists": lists_told(found.lists),
        "count": len(found),
        "more": found.more,
        "rows": [row_told(each) for each in rows_of(found, 0, A_FILE)],
    }
    return _file(as_json(told), form, name)


def row_told(row: MatrixRow) -> dict[str, Any]:
    """Give a row for programs."""
    return {
        "party": row.party,
        "name": row.name,
        "kind": row.kind,
        "countries": list(row.countries),
        "cells": [cell_as_data(each) for each in row.cells],
        "alike": alike_told(row.alike),
    }


def _unanswered(request: HttpRequest, form: MatrixForm) -> HttpResponse:
    """Say at which field a question cannot be answered, whatever was asked for."""
    shown = {"form": form, "asked": "", "here": reverse("sanctions:matrix")}
    return render(request, "sanctions/matrix.html", shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _context(found: Matrix, form: MatrixForm, request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.copy()
    for name in form.besides & set(asked):
        del asked[name]
    return {
        "form": form,
        "matrix": found,
        "programmes": programmes_held(found.laid),
        "count": len(found),
        "question": question_marked(found.asked),
        "counts": list(_counts(found)),
        "lists": [(each, list_source(each.source)) for each in found.lists],
        "held": _compared([each.source for each in found.lists if each.version]),
        "asked": asked.urlencode(),
        "dated": _dated(asked),
        "legend": _SHOWN,
        "held_by_files": A_FILE,
        "files": tuple((each, _FILE_WORDS[each]) for each in TYPES),
    }


def _counts(found: Matrix) -> Iterator[tuple[str, list[int]]]:
    """Give rows by state: who stands in a version that tells nothing of the day stands apart."""
    counted, then = found.counted(), found.listed_then()
    for state in _SHOWN:
        numbers = [counted[code].get(state, 0) for code in found.jurisdictions]
        past = list(then.values()) if state is State.LISTED else [0]
        if any(past):
            now = [all_of - each for all_of, each in zip(numbers, past, strict=True)]
            if any(now):
                yield str(STATE_WORDS[state]), now
            yield str(LISTED_THEN), past
        elif any(numbers):
            yield str(STATE_WORDS[state]), numbers


def _met(rows: list[MatrixRow]) -> tuple[State, ...]:
    """Give the states that stand in these rows, which alone paper has to explain."""
    cells = [cell for row in rows for cell in row.cells]
    met = {cell.state for cell in cells} | {line.state for cell in cells for line in cell.lines}
    return tuple(state for state in _SHOWN if state in met)


def _spoken(found: Matrix) -> dict[str, list[tuple[str, ListSpoken]]]:
    """Give the lists that speak for each jurisdiction; with a title where there are several."""
    spoken = {}
    for code in found.jurisdictions:
        held = [each for each in found.lists if each.jurisdiction == code]
        loaded = [each for each in held if each.version is not None] or held
        titled = len(loaded) > 1
        spoken[code] = [(list_source(each.source).title if titled else "", each) for each in loaded]
    return spoken


def _compared(sources: list[str]) -> Compared:
    """Give when the lists that speak were last compared with each other, and how many wait."""
    held = compared_lists(PUBLIC, sources).values()
    days = [each.at for each in held if each.at is not None]
    return Compared(max(days, default=None), sum(each.waiting for each in held))


def _dated(asked: Any) -> str:  # noqa: ANN401 - the query of a request
    """Give the part of the question that goes along to one party: the days and the measure."""
    kept = asked.copy()
    for name in set(kept) - {"on", "known", "measure"}:
        del kept[name]
    return str(kept.urlencode())


def _file(content: bytes | str, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

"""The matrix over the wire: rows by a question, one party, times to align, the register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.listings.rules import Kind, Measure
from undaunted.core.listings.writers import alike_told
from undaunted.repression.sanctions.analysis import (
    alignment_on,
    matrix_on,
    register_of,
    register_on,
    row_of,
    rows_of,
)
from undaunted.repression.sanctions.rules import (
    AuthorityUnknown,
    MatrixAsked,
    QuestionRefused,
    refuse_ahead,
)
from undaunted.repression.sanctions.writers import (
    aligned_told,
    asked_told,
    cell_as_data,
    gap_sentences,
    lists_told,
    timing_told,
)
from undaunted.site.problems import Unusable, demand_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.repression.sanctions.analysis import MatrixRow

__all__ = ["router"]

router = Router(tags=["sanctions"])
MOST_SHOWN = 500


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be searched for")
    return text


Words = Annotated[str, Field(max_length=200, default=""), AfterValidator(_without_nulls)]
Places = Annotated[list[str], Field(max_length=40, default_factory=list)]


class MatrixIn(Schema):
    """Which rows and columns, of which day, as known when; from which row on."""

    on: date | None = None
    known: date | None = None
    q: Words
    country: Words
    programme: Words
    authority: Words
    measure: Measure | None = None
    kind: Kind | None = None
    jurisdictions: Places
    listed_by: Places
    not_by: Places
    sure: bool = False
    start: Annotated[int, Field(ge=0, le=10_000_000, default=0)]


class RowOut(Schema):
    """A party with its cells; a cell says no more than its list."""

    party: str
    name: str
    kind: str
    countries: list[str]
    cells: list[dict[str, Any]]
    alike: dict[str, Any] | None


class MatrixOut(Schema):
    """Up to 500 rows by name, with the question and the versions that answer it.

    `more` counts parties as like to the name in `q` that are no rows: write more of the name.
    """

    asked: dict[str, Any]
    jurisdictions: list[str]
    lists: list[dict[str, Any]]
    counts: dict[str, dict[str, int]]
    count: int
    more: int
    rows: list[RowOut]


class SanctionsPartyOut(RowOut):
    """One party, with the gap in whole sentences."""

    lists: list[dict[str, Any]]
    sentences: list[str]


class AlignOut(Schema):
    """Times by jurisdiction over all parties, and up to 500 parties that several list."""

    asked: dict[str, Any]
    lists: list[dict[str, Any]]
    timings: list[dict[str, Any]]
    count: int
    parties: list[dict[str, Any]]


class RegisterOut(Schema):
    """A jurisdiction: its laws, its lists, how many parties stand on them, in how many entries.

    Null is unknown.
    """

    jurisdiction: str
    authorities: list[dict[str, Any]]
    lists: list[dict[str, Any]]
    listed: int | None
    entries: int | None


@router.get("/register", response=list[RegisterOut], summary="Who may list, and how many")
@face("public")
def show_register(request: HttpRequest) -> list[dict[str, Any]]:
    """Give every jurisdiction with its authorities and the parties that stand on its lists."""
    demand_fields(request)
    found = register_on(PUBLIC, timezone.now().date())
    return [
        {
            "jurisdiction": row.jurisdiction,
            "authorities": [
                {"code": law.code, "title": law.title, "since": law.since,
                 "status": law.status.value, "mark": law.mark.value, "listed": number}
                for law, number in row.laws
            ],
            "lists": lists_told(row.lists),
            "listed": row.listed,
            "entries": row.entries,
        }
        for row in register_of(found)
    ]  # fmt: skip


@router.get("/matrix", response=MatrixOut, summary="Who is listed where")
@face("public")
def show_matrix(
    request: HttpRequest,
    asked: Annotated[MatrixIn, Query()],
) -> dict[str, Any]:
    """Give up to 500 parties by name, with what every jurisdiction says of each on a day."""
    demand_fields(request, MatrixIn.model_fields)
    found = _answered(matrix_on, asked)
    rows = rows_of(found, asked.start, asked.start + MOST_SHOWN, reasons_for=PUBLIC)
    counts = found.counted()
    return {
        "asked": asked_told(found.asked),
        "jurisdictions": list(found.jurisdictions),
        "lists": lists_told(found.lists),
        "counts": {code: {s.value: n for s, n in told.items()} for code, told in counts.items()},
        "count": len(found),
        "more": found.more,
        "rows": [_row(each) for each in rows],
    }


@router.get("/party", response=SanctionsPartyOut, summary="One party")
@face("public")
def show_party(
    request: HttpRequest,
    key: Words,
    on: date | None = None,
    known: date | None = None,
) -> dict[str, Any]:
    """Give what every jurisdiction says of a party, entry by entry."""
    demand_fields(request, ("key", "on", "known"))
    found = _answered(matrix_on, MatrixIn.model_validate({"on": on, "known": known}))
    row = row_of(found, key, reasons_for=PUBLIC)
    if row is None:
        raise Http404
    return {
        **_row(row),
        "lists": lists_told(found.lists),
        "sentences": list(gap_sentences(row.cells)),
    }


@router.get("/align", response=AlignOut, summary="Times to align")
@face("public")
def show_alignment(
    request: HttpRequest,
    asked: Annotated[MatrixIn, Query()],
) -> dict[str, Any]:
    """Give how long each jurisdiction needed after the first designation, and by party."""
    demand_fields(request, MatrixIn.model_fields)
    found = _answered(alignment_on, asked)
    several = [each for each in found.parties if len(each.told.spans) > 1]
    return {
        "asked": asked_told(found.matrix.asked),
        "lists": lists_told(found.matrix.lists),
        "timings": [timing_told(each) for each in found.timings],
        "count": len(several),
        "parties": [
            {"party": each.party, "name": each.name, **aligned_told(each.told)}
            for each in several[asked.start : asked.start + MOST_SHOWN]
        ],
    }


def _answered(answer: Callable[..., Any], asked: MatrixIn) -> Any:  # noqa: ANN401 - either answer
    """Answer a question; one that nobody can answer is refused with its field."""
    try:
        return answer(PUBLIC, _question(asked))
    except QuestionRefused as refusal:
        raise Unusable(refusal.field, str(refusal)) from None
    except AuthorityUnknown as unknown:
        raise Unusable("authority", str(unknown).removeprefix("authority: ")) from None


def _question(asked: MatrixIn) -> MatrixAsked:
    today = timezone.now().date()
    found = MatrixAsked(
        on=asked.on or today,
        known=asked.known,
        jurisdictions=tuple(asked.jurisdictions),
        country=asked.country,
        programme=asked.programme,
        authority=asked.authority,
        measure=asked.measure,
        kind=asked.kind,
        words=asked.q,
        listed_by=tuple(asked.listed_by),
        not_by=tuple(asked.not_by),
        sure=asked.sure,
    )
    refuse_ahead(found, today)
    return found


def _row(row: MatrixRow) -> dict[str, Any]:
    return {
        "party": row.party,
        "name": row.name,
        "kind": row.kind,
        "countries": list(row.countries),
        "cells": [cell_as_data(each) for each in row.cells],
        "alike": alike_told(row.alike),
    }

"""`undaunted sanctions matrix` and `align`: who is listed where, and how long others needed."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.rules import Kind, Measure
from undaunted.core.listings.writers import KEPT, alike_told
from undaunted.repression.sanctions.analysis import alignment_on, matrix_on, rows_of
from undaunted.repression.sanctions.rules import (
    AuthorityUnknown,
    MatrixAsked,
    QuestionRefused,
    refuse_ahead,
)
from undaunted.repression.sanctions.writers import (
    ALONE,
    ALONE_NOTE,
    aligned_told,
    alignment_csv,
    any_alone,
    any_kept,
    as_of_told,
    asked_told,
    cell_as_data,
    cell_short,
    lag_told,
    lists_told,
    matrix_csv,
    timing_told,
)
from undaunted.site.terminal import print_table, seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.repression.sanctions.analysis import Alignment, Matrix, MatrixRow
    from undaunted.repression.sanctions.rules import Cell

__all__ = ["commands"]

REFUSED = 2

commands = typer.Typer(help="Who is listed where.", no_args_is_help=True, add_completion=False)


class Form(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


Several = list[str] | None
On = Annotated[str, typer.Option("--on", help="Of that day, YYYY-MM-DD; today without.")]
Known = Annotated[str, typer.Option("--known", help="As known by versions loaded by that day.")]
Shown = Annotated[Several, typer.Option("--show", help="Only these jurisdictions; several.")]
ListedBy = Annotated[Several, typer.Option("--listed-by", help="Listed there; several.")]
NotBy = Annotated[Several, typer.Option("--not-by", help="Not known to be listed there; several.")]
Country = Annotated[str, typer.Option("--country", help="From that country: a code such as XR.")]
Programme = Annotated[str, typer.Option("--programme", help="Words of a programme.")]
Authority = Annotated[str, typer.Option("--authority", help="Code of a legal authority.")]
Of = Annotated[Measure | None, typer.Option("--measure", help="By that measure.")]
OfKind = Annotated[Kind | None, typer.Option("--kind", help="Only that kind.")]
Words = Annotated[str, typer.Option("--name", help="Words of a name.")]
Sure = Annotated[bool, typer.Option("--sure", help="Only gaps that a current list bears out.")]
Written = Annotated[Form, typer.Option("--format", help="How the answer is written.")]
Limit = Annotated[int, typer.Option(min=1, max=1_000_000, help="At most so many rows.")]


@commands.command("matrix")
def show_matrix(  # noqa: PLR0913 - what a reader asks for
    *,
    on: On = "",
    known: Known = "",
    show: Shown = None,
    listed_by: ListedBy = None,
    not_by: NotBy = None,
    country: Country = "",
    programme: Programme = "",
    authority: Authority = "",
    measure: Of = None,
    kind: OfKind = None,
    name: Words = "",
    sure: Sure = False,
    written: Written = Form.TABLE,
    limit: Limit = 1_000_000,
) -> None:
    """Show parties by jurisdiction: listed, possibly, delisted, gone, not found, nothing known."""
    with _refusals():
        asked = MatrixAsked(
            _day("--on", on) or timezone.now().date(), _day("--known", known), _several(show),
            country, programme, authority, measure, kind, name, _several(listed_by),
            _several(not_by), sure,
        )  # fmt: skip
        refuse_ahead(asked, timezone.now().date())
        found = matrix_on(PUBLIC, asked)
    rows = rows_of(found, 0, limit)
    if written is Form.CSV:
        for line in matrix_csv(rows, asked):
            typer.echo(line, nl=False)
    elif written is Form.JSON:
        _print_json(
            {
                "asked": asked_told(asked),
                "lists": lists_told(found.lists),
                "count": len(found),
                "more": found.more,
                "rows": [_row(each) for each in rows],
            }
        )
    else:
        _print_table(found, rows)


@commands.command("align")
def show_alignment(  # noqa: PLR0913 - as above
    *,
    on: On = "",
    known: Known = "",
    show: Shown = None,
    listed_by: ListedBy = None,
    not_by: NotBy = None,
    country: Country = "",
    programme: Programme = "",
    authority: Authority = "",
    measure: Of = None,
    kind: OfKind = None,
    name: Words = "",
    sure: Sure = False,
    written: Written = Form.TABLE,
) -> None:
    """Show how many days each jurisdiction needed after the first known designation."""
    with _refusals():
        asked = MatrixAsked(
            _day("--on", on) or timezone.now().date(), _day("--known", known), _several(show),
            country, programme, authority, measure, kind, name, _several(listed_by),
            _several(not_by), sure,
        )  # fmt: skip
        refuse_ahead(asked, timezone.now().date())
        found = alignment_on(PUBLIC, asked)
    if written is Form.CSV:
        for line in alignment_csv(found.parties, asked, found.matrix.lists):
            typer.echo(line, nl=False)
        return
    if written is Form.JSON:
        _print_json(
            {
                "asked": asked_told(asked),
                "lists": lists_told(found.matrix.lists),
                "timings": [timing_told(each) for each in found.timings],
                "parties": [
                    {"party": e.party, "name": e.name, **aligned_told(e.told)}
                    for e in found.parties
                ],
            }
        )
    else:
        _print_alignment(found)


def _print_alignment(found: Alignment) -> None:
    heads = ("first", "first_known", "known", "bounded", "not_yet", "unknown", "median", "least",
             "most")  # fmt: skip
    rows = []
    for each in found.timings:
        told = timing_told(each)
        rows.append((each.jurisdiction, *("-" if told[h] is None else str(told[h]) for h in heads)))
    print_table(("where", *(each.replace("_", " ") for each in heads)), rows)
    for party in found.parties:
        if len(party.told.spans) > 1:
            lags = ", ".join(f"{code} {lag_told(lag)}" for code, lag in party.told.lags.items())
            typer.echo(seen(f"{party.party}  {party.name}: {lags}"))


def _cell(cell: Cell) -> str:
    """Say what a cell says; a star where one person's file alone says it of an entry.

    A cross where the row of an entry could not be read.
    """
    star = "*" if any_alone([cell]) else ""
    cross = "+" if any_kept([cell]) else ""
    return f"{cell_short(cell)}{star}{cross} {cell.since}".strip()


def _print_table(found: Matrix, rows: Iterator[MatrixRow]) -> None:
    told, alone, kept = [], False, False
    for row in rows:
        alone, kept = alone or any_alone(row.cells), kept or any_kept(row.cells)
        told.append((row.party, row.name, *map(_cell, row.cells)))
    print_table(("Party", "Name", *found.jurisdictions), told)
    if alone:
        typer.echo(f"*  {ALONE}: {ALONE_NOTE}")
    if kept:
        typer.echo(f"+  {KEPT}")
    for each in found.lists:
        typer.echo(f"{each.jurisdiction}  {each.source}: {as_of_told(each)}")
    typer.echo(f"{len(found)} parties on {found.asked.on}. Not found is not a verdict.")
    if found.more:
        typer.echo(f"As like and not shown: {found.more}. Write more of the name.")


def _row(row: MatrixRow) -> dict[str, object]:
    return {
        "party": row.party,
        "name": row.name,
        "kind": row.kind,
        "countries": list(row.countries),
        "cells": [cell_as_data(each) for each in row.cells],
        "alike": alike_told(row.alike),
    }


def _several(told: Several) -> tuple[str, ...]:
    """Give codes; several may stand in one word, with commas."""
    return tuple(each.strip().upper() for word in told or () for each in word.split(",") if each)


def _day(option: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QuestionRefused(f"{option} {text!r}: is no day; write YYYY-MM-DD") from None


def _print_json(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (QuestionRefused, AuthorityUnknown) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None

"""Where a number comes from: one by its key, or every number of a report that lies in a file."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer
from django.db import transaction

from undaunted.core.access.actions import bind_terminal
from undaunted.core.access.rules import AccessError, actor_from
from undaunted.core.editions.queries import last_entry
from undaunted.core.editions.rules import (
    EditionRefused,
    ParameterRefused,
    decoded,
    numbers_of,
    read_manifest,
)
from undaunted.core.editions.writers import MANIFEST
from undaunted.prisoners.report.analysis.tracing import Tracer
from undaunted.prisoners.report.rules.keys import DrawnByLot, KeyUnreadable
from undaunted.prisoners.report.rules.years import YearRefused, year_of
from undaunted.site.instants import in_utc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.editions.rules import Document

__all__ = ["commands"]

commands = typer.Typer()

REFUSED, DIFFERENT = 2, 1
WHY_DIFFERENT = (
    "A number differs where the report was changed, or where a case left the registry since: a "
    "consent withdrawn, a case taken down or erased counts in no query, as of any day. Compare the "
    "checksums of the files first (undaunted edition verify); if they stand, build the report anew."
)
_LAST = timedelta(microseconds=999_999)
"""A document writes the second of its cut; whatever was entered in that second was known."""


@commands.command()
def trace(
    key: Annotated[str, typer.Argument(help="Such as by-country/XR/persons@2025-12-31.")],
    *,
    year: Annotated[int, typer.Option(min=1900, max=9000, help="The year of the report.")],
    known_at: Annotated[
        str, typer.Option(help="As known then (ISO time); else at the last entry of the ledger.")
    ] = "",
) -> None:
    """Say which query gives a number, with what it is asked, and ask it again."""
    with _refusals(), transaction.atomic():
        actor = actor_from(bind_terminal())
        known = _moment(known_at) if known_at else last_entry(actor)
        if known is None:
            raise ParameterRefused("known-at: nothing is recorded yet, so there is nothing to ask")
        found = Tracer(actor, year, known).trace(key)
    typer.echo(f"{found.key} = {found.value}")
    typer.echo(f"query  {found.query}")
    for name, value in found.arguments.items():
        typer.echo(f"  {name} = {value}")


@commands.command()
def check(
    file: Annotated[Path, typer.Argument(dir_okay=False, exists=True, help="Its …-LANG.json.")],
    *,
    every: Annotated[
        bool, typer.Option("--every", help="Print each number with its query.")
    ] = False,
) -> None:
    """Ask again for every number of a report; status 1 where a query gives another one."""
    with _refusals(), transaction.atomic():
        document = decoded(file.read_bytes())
        tracer = Tracer(
            actor_from(bind_terminal()), year_of(document.as_of), _known(file, document)
        )
        different = drawn = 0
        numbers = numbers_of(document)
        for key, (_words, value) in numbers.items():
            try:
                found = tracer.trace(key)
            except DrawnByLot:
                drawn += 1
                if every:
                    typer.echo(f"{key} = {value}  drawn by lot, not asked again")
                continue
            if every:
                typer.echo(f"{key} = {found.value}  {found.query}")
            if found.value != value:
                different += 1
                typer.echo(f"DIFFERENT  {key}: printed {value}, now {found.value}", err=True)
    typer.echo(f"{len(numbers) - drawn} numbers traced, {different} different")
    if drawn:
        typer.echo(f"{drawn} drawn by lot, not asked again")
    if different:
        typer.echo(WHY_DIFFERENT, err=True)
        raise typer.Exit(DIFFERENT)


def _known(file: Path, document: Document) -> datetime:
    """Give the cut: as the list of files beside it has it, else by the document's own words."""
    manifest = file.parent / MANIFEST
    if manifest.is_file():
        return read_manifest(manifest.read_bytes()).cut.known_at
    return in_utc(datetime.fromisoformat(document.known_at)) + _LAST


def _moment(text: str) -> datetime:
    try:
        return in_utc(datetime.fromisoformat(text))
    except ValueError:
        raise ParameterRefused(f"known-at: {text!r} is no time; write 2026-01-31T12:00") from None


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (EditionRefused, AccessError, KeyUnreadable, DrawnByLot, YearRefused) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None

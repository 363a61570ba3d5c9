"""`undaunted commitments`: boards and histories shown, statements taken in and out, decided."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import PUBLIC, AccessError
from undaunted.core.commitments.actions import (
    StatementRefused,
    accept_statement,
    correct_statement,
    decline_statement,
    import_statements,
    record_statement,
    withdraw_statement,
)
from undaunted.core.commitments.queries import (
    board_of,
    brought_back_by,
    history_of,
    published_statements,
    statement_for,
    waiting_statements,
)
from undaunted.core.commitments.readers import read_file
from undaunted.core.commitments.rules import (
    CommitmentAnswer,
    StatementBroken,
    check_read,
    gaps_of,
    instruments,
    known_by,
    shipped_statements,
)
from undaunted.core.commitments.writers import (
    board_told,
    instrument_told,
    known_told,
    state_name,
    statements_csv,
    statements_json,
    told,
)
from undaunted.site.terminal import print_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undaunted.core.access.rules import Actor
    from undaunted.core.commitments.models import CommitmentStatement
    from undaunted.core.commitments.rules import Instrument, Known, Statement

__all__ = ["commands"]

REFUSED = 2

commands = typer.Typer(help="Commitments of states.", no_args_is_help=True, add_completion=False)
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Code = Annotated[str, typer.Argument(help="Code of the instrument, such as anti-coercion.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today.")]
KnownOn = Annotated[
    datetime | None, typer.Option("--known-on", formats=["%Y-%m-%d"], help="As known on that day.")
]
Holder = Annotated[UUID, typer.Argument(help="Id of your organisation.")]
File = Annotated[
    Path | None,
    typer.Argument(exists=True, dir_okay=False, help="CSV, JSON or TOML; shipped ones without."),
]


class Format(StrEnum):
    """A file that an import takes."""

    CSV = "csv"
    JSON = "json"


@commands.command("list")
def list_instruments(*, as_json: AsJson = False) -> None:
    """List the instruments with the features that each may have."""
    held = [instruments()[code] for code in sorted(instruments())]
    if as_json:
        _print_json([instrument_told(each) for each in held])
        return
    for each in held:
        typer.echo(f"{each.code}  {each.title}. {each.about}")
        for feature in each.features:
            asked = "model" if feature.model else ""
            typer.echo(f"  {feature.code:<22} {asked:<6} {feature.question}")


@commands.command("board")
def show_board(
    instrument: Code,
    *,
    on: Day = None,
    known_on: KnownOn = None,
    feature: Annotated[str, typer.Option(help="Only states that have this feature.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show who stands where on a day, and what lacks to the model regime."""
    with _refusals():
        found = _instrument(instrument)
        if feature and feature not in found.codes:
            raise StatementRefused(f"feature: write one of {', '.join(found.codes)}")
    day = on.date() if on else timezone.now().date()
    known = known_on.date() if known_on else None
    board = board_of(PUBLIC, found.code, on=day, known_on=known)
    rows = [
        row for row in board.rows if not feature or row.answers[feature] is CommitmentAnswer.HAS
    ]
    if as_json:
        _print_json(board_told(found, rows, on=day, known_on=known))
        return
    lines = []
    for row in rows:
        gaps = gaps_of(row, found)
        counts = [str(len(each)) for each in (gaps.has, gaps.lacks, gaps.unknown)]
        status, since = told("Status", row.status), row.current.statement.since
        lines.append((f"{row.state} {state_name(row.state)}", status, since, *counts))
    heads = ("State", "Status", "Since", "Has", "Lacks", "Not known")
    print_table(heads, lines, title=f"{day}")
    for row in rows:
        for bill in row.proposed:
            each = bill.current.statement
            status = told("Status", each.status)
            typer.echo(f"{row.state}: beside it, not in force: {status}, {each.since}, {each.law}")


@commands.command("show")
def show_state(
    instrument: Code,
    state: Annotated[str, typer.Argument(help="Code of the state, such as LT or EU.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show every statement about a state, also corrected ones, with its sources."""
    with _refusals():
        found = _instrument(instrument)
        rows = history_of(PUBLIC, found.code, state.upper())
        if not rows:
            raise StatementRefused(f"{state}: nothing is known; try `undaunted commitments board`")
    if as_json:
        _print_json([known_told(row) for row in rows])
        return
    for row in rows:
        _show(found, row)


@commands.command("check")
def check_file(file: File = None) -> None:
    """Read a file of statements and say everything that is wrong with it; needs no database."""
    with _refusals():
        statements = _read(file)
    typer.echo(f"{len(statements)} statements, nothing wrong.")


@commands.command("record")
def record(
    holder: Holder,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="One statement.")],
    *,
    corrects: Annotated[UUID | None, typer.Option(help="Id of the statement it corrects.")] = None,
) -> None:
    """Record one statement, or the correction of one; a second person accepts it."""
    with _acting() as actor:
        statements = _read(file)
        if len(statements) != 1:
            raise StatementRefused(f"{file.name} holds {len(statements)}; import takes several")
        if corrects is None:
            made = record_statement(holder, statements[0], actor=actor, at=timezone.now())
        else:
            held = _held(actor, corrects)
            made = correct_statement(held, statements[0], actor=actor, at=timezone.now())
        typer.echo(f"recorded   {made.pk}  {made}")


@commands.command("import")
def import_file(holder: Holder, file: File = None) -> None:
    """Record what is new in a file, or of what is shipped; all or none; a second person accepts."""
    with _acting() as actor:
        done = import_statements(holder, _read(file), actor=actor, at=timezone.now())
        for name in ("recorded", "unchanged"):
            for each in getattr(done, name):
                typer.echo(f"{name:<10} {each}")


@commands.command("export")
def export(
    instrument: Annotated[str, typer.Argument(help="Code of an instrument; all without.")] = "",
    *,
    form: Annotated[Format, typer.Option("--format", help="CSV or JSON.")] = Format.JSON,
    known_on: KnownOn = None,
) -> None:
    """Print every statement that stands, as an import takes it."""
    with _refusals():
        code = _instrument(instrument).code if instrument else ""
    day = known_on.date() if known_on else None
    rows = known_by((row.known for row in published_statements(PUBLIC, code)), day)
    write = statements_csv if form is Format.CSV else statements_json
    typer.echo(write(row.statement for row in rows), nl=form is Format.JSON)


@commands.command("waiting")
def waiting() -> None:
    """List what waits for a second person."""
    with _acting() as actor:
        for each in waiting_statements(actor):
            typer.echo(f"{each.pk}  {each.instrument} {each.state} {each.status} {each.first_day}")


@commands.command("accept")
def accept(
    statements: Annotated[list[UUID], typer.Argument(help="Ids of what waits.")],
) -> None:
    """Accept statements that somebody else recorded, after reading them; all or none."""
    with _acting() as actor:
        for each in statements:
            done = accept_statement(_held(actor, each), actor=actor, at=timezone.now())
            typer.echo(f"accepted   {done}")


@commands.command("decline")
def decline(
    statement: Annotated[UUID, typer.Argument(help="Id of what waits.")],
    why: Annotated[str, typer.Option(help="What is wrong, so that it can be mended.")],
) -> None:
    """Decline a statement with the reason, or take one's own back."""
    with _acting() as actor:
        done = decline_statement(_held(actor, statement), why, actor=actor, at=timezone.now())
        typer.echo(f"declined   {done}")


@commands.command("withdraw")
def withdraw(statement: Annotated[UUID, typer.Argument(help="Id of an accepted one.")]) -> None:
    """Hide an accepted statement everywhere at once; what it corrected stands again."""
    with _acting() as actor:
        held = _held(actor, statement)
        back = brought_back_by(actor, held)
        done = withdraw_statement(held, actor=actor, at=timezone.now())
        typer.echo(f"withdrawn  {done}")
        if back is not None:
            typer.echo(f"stands     {back}  {back.pk}")


def _show(instrument: Instrument, row: Known) -> None:
    statement = row.statement
    corrected = f", corrected {row.corrected_on}" if row.corrected_on else ""
    typer.echo(f"\n{statement.since}  {told('Status', statement.status)}  {statement.law}")
    typer.echo(f"  {row.id}, known since {row.accepted_on}{corrected}")
    if statement.text:
        typer.echo(f"  {statement.text}")
    for each in statement.features:
        answer = told("Answer", CommitmentAnswer.HAS if each.has else CommitmentAnswer.LACKS)
        clause = f" ({each.clause})" if each.clause else ""
        typer.echo(f"  - {instrument.feature(each.code).question} {answer}{clause}")
    for source in statement.sources:
        typer.echo(f"  * {source.title}. {source.publisher}, {source.date}. {source.url}")
        how = told("SourceStatus", source.status)
        typer.echo(f"    {how}. {source.read_on} {source.read_in} {source.note}".rstrip())


def _print_json(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _instrument(code: str) -> Instrument:
    try:
        return instruments()[code]
    except KeyError:
        known = ", ".join(sorted(instruments()))
        raise StatementRefused(f"{code}: no such instrument; there are {known}") from None


def _held(actor: Actor, statement: UUID) -> CommitmentStatement:
    held = statement_for(actor, statement)
    if held is None:
        raise StatementRefused(f"{statement}: there is no such statement for you")
    return held


def _read(file: Path | None) -> Sequence[Statement]:
    if file is None:
        return shipped_statements()
    statements = read_file(file.read_bytes(), name=file.name)
    return check_read(statements, timezone.now().date(), where=file.name)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except StatementBroken as broken:
        for problem in broken.problems:
            typer.echo(f"{broken.where}: {problem}", err=True)
        raise typer.Exit(REFUSED) from None
    except (StatementRefused, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def _acting() -> Iterator[Actor]:
    with _refusals(), transaction.atomic():
        yield signed_in("commitments")

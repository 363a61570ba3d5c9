"""`import` and what follows it: a file looked at first, brought in, accepted, taken back."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone
from rich.console import Console

from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_with_token
from undaunted.core.places.rules import find_country, suggest_countries
from undaunted.prisoners.registry.actions.imports import (
    FileChanged,
    ImportNotReady,
    accept_import,
    decline_import,
    propose_import,
    write_import,
)
from undaunted.prisoners.registry.actions.undo import (
    UndoRefused,
    UndoUnconfirmed,
    undo_import,
)
from undaunted.prisoners.registry.commands.previewing import (
    look_through,
    problem_line,
    refuse,
    row_bar,
    unreadable_told,
)
from undaunted.prisoners.registry.queries.imports import batch_for, preview_of
from undaunted.prisoners.registry.queries.lists import list_named
from undaunted.prisoners.registry.queries.reimport import (
    DESK_STANDS,
    desk_kept,
    read_beside_desk,
)
from undaunted.prisoners.registry.readers.mapping_files import read_mapping
from undaunted.prisoners.registry.readers.rows import open_preview
from undaunted.prisoners.registry.readers.suggestions import suggest_mapping
from undaunted.prisoners.registry.rules.import_rows import Outcome
from undaunted.prisoners.registry.tasks import start_comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.models import ImportBatch, SourceList
    from undaunted.prisoners.registry.readers.rows import Preview
    from undaunted.prisoners.registry.rules.import_rows import Problem

__all__ = ["commands"]

commands = typer.Typer()
_mapping = typer.Typer(help="Mappings from columns to fields.", no_args_is_help=True)
commands.add_typer(_mapping, name="mapping")

SOME_STAY_OUT = 1
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX, ODS or JSON.")]
Batch = Annotated[UUID, typer.Argument(help="Number that the import was given.")]


@commands.command("import")
def import_file(  # noqa: PLR0913 - one option a choice
    file: File,
    *,
    mapping: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Mapping, TOML.")],
    into: Annotated[str, typer.Option("--list", help="Slug of the list.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look only; write nothing.")] = False,
    propose: Annotated[
        bool, typer.Option("--propose", help="Leave it to the list's steward to accept it.")
    ] = False,
    rejects: Annotated[Path | None, typer.Option(help="Where to write refused rows.")] = None,
) -> None:
    """Bring a list in; --dry-run shows every problem first and needs no sign-in.

    Ends with status 1 where some rows stay out.
    """
    if not dry_run and not into:
        raise typer.BadParameter("Name the list with --list, or look first with --dry-run.")
    summary = look_through(file, mapping, rejects)
    good = summary.outcomes[Outcome.OK] + summary.outcomes[Outcome.FLAGGED]
    if dry_run:
        if into and terminal_token.get():
            with _refusals_told(), unreadable_told():
                _look_beside_desk(file, mapping, into)
        typer.echo("Nothing was written.")
    elif good:
        with _refusals_told(), unreadable_told():
            _write(file, mapping, into, propose=propose)
    else:
        refuse("No row of this file can go in. Nothing was written.")
    if summary.outcomes[Outcome.REJECTED] or not summary.rows:
        raise typer.Exit(SOME_STAY_OUT)


@commands.command("accept-import")
def accept(batch: Batch) -> None:
    """Accept a proposed import as the steward of its list, and write it."""
    with _refusals_told(), acting_with_token(terminal_token.get()) as actor:
        console, at = Console(soft_wrap=True), timezone.now()
        held = accept_import(_batch(actor, batch), actor=actor, at=at)
        done = _written(held, console, actor, at)
        kept = desk_kept(actor, done)
        start_comparison(done.holder, actor=actor, at=timezone.now())
    _tell(console, kept, _result(done))


@commands.command("decline-import")
def decline(batch: Batch) -> None:
    """Turn a proposed import down; nothing of it is written."""
    with _refusals_told(), acting_with_token(terminal_token.get()) as actor:
        done = decline_import(_batch(actor, batch), actor=actor, at=timezone.now())
    typer.echo(f"Import {done.pk} has been declined.")


@commands.command("undo-import")
def undo(
    batch: Batch,
    *,
    taking_out: Annotated[
        int, typer.Option("--taking-out", help="Number of published cases that leave with it.")
    ] = 0,
) -> None:
    """Take an import back; nothing is deleted, and the ledger reads as before it."""
    with _refusals_told(), acting_with_token(terminal_token.get()) as actor:
        held = _batch(actor, batch)
        done = undo_import(held, actor=actor, at=timezone.now(), taking_out=taking_out)
        start_comparison(done.holder, actor=actor, at=timezone.now())
    typer.echo(f"Import {done.pk} has been undone: {done.added} added, {done.changed} changed.")


@_mapping.command("suggest")
def suggest(file: File) -> None:
    """Write a mapping for a file, as far as its header and values tell."""
    with unreadable_told():
        typer.echo(suggest_mapping(file, find_country=find_country))


def _write(file: Path, mapping: Path, slug: str, *, propose: bool) -> None:
    at = timezone.now()
    console = Console(soft_wrap=True)
    with acting_with_token(terminal_token.get()) as actor:
        held = _list(actor, slug)
        with file.open("rb") as stream:
            batch = propose_import(
                held,
                actor=actor,
                at=at,
                file=stream,
                file_name=file.name,
                mapping_toml=mapping.read_text(encoding="utf-8"),
            )
        if propose:
            with preview_of(actor, batch.pk) as preview:
                kept = _contradicted(actor, held, preview)
        else:
            batch = _written(accept_import(batch, actor=actor, at=at), console, actor, at)
            kept = desk_kept(actor, batch)
            start_comparison(batch.holder, actor=actor, at=timezone.now())
    waits = f"Import {batch.pk} waits for the steward of {slug}."
    _tell(console, kept, waits if propose else _result(batch))


def _written(batch: ImportBatch, console: Console, actor: Actor, at: datetime) -> ImportBatch:
    with row_bar(console, lasting=True) as progress:
        task = progress.add_task("Writing", total=batch.rows_good)
        return write_import(
            batch,
            actor=actor,
            at=at,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )


def _look_beside_desk(file: Path, mapping: Path, slug: str) -> None:
    """Show where the list contradicts what the desk has recorded; reads the file once more."""
    with (
        acting_with_token(terminal_token.get()) as actor,
        open_preview(
            file,
            read_mapping(mapping),
            today=timezone.now().date(),
            find_country=find_country,
            near_countries=suggest_countries,
        ) as preview,
    ):
        kept = _contradicted(actor, _list(actor, slug), preview)
    _tell(Console(soft_wrap=True), kept)


def _contradicted(actor: Actor, held: SourceList, preview: Preview) -> list[Problem]:
    portions = read_beside_desk(actor, held.pk, preview)
    return [one for _rows, problems in portions for one in problems if one.code == DESK_STANDS]


def _result(batch: ImportBatch) -> str:
    return (
        f"Import {batch.pk}: {batch.added:,} added, {batch.changed:,} changed, "
        f"{batch.unchanged:,} unchanged, {batch.rows_rejected:,} rejected. "
        f"`undaunted registry undo-import {batch.pk}` takes it back."
    )


def _tell(console: Console, kept: Iterable[Problem], *told: str) -> None:
    for line in (*map(problem_line, kept), *told):
        console.print(line, markup=False, highlight=False)


def _list(actor: Actor, slug: str) -> SourceList:
    held = list_named(actor, slug)
    if held is None:
        raise Forbidden(f"there is no list {slug!r} for you")
    return held


def _batch(actor: Actor, batch: UUID) -> ImportBatch:
    held = batch_for(actor, batch)
    if held is None:
        raise Forbidden("there is no such import for you")
    return held


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except Forbidden as error:
        refuse(f"Refused: {error}. Sign in with `undaunted --as USER registry …`.")
    except UndoUnconfirmed as error:
        refuse(f"Refused: {error} with --taking-out {error.cases}. Nothing was written.")
    except (ImportNotReady, FileChanged, UndoRefused) as error:
        refuse(f"Refused: {error}. Nothing was written.")

"""`import`, `undo-import` and `mapping suggest`: a file looked at first, then brought in."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID  # noqa: TC003 - typer reads it

import typer
from django.utils import timezone
from rich.console import Console

from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_with_token
from undaunted.core.places.rules import find_country
from undaunted.prisoners.registry.actions.imports import (
    FileChanged,
    ImportNotReady,
    accept_import,
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
from undaunted.prisoners.registry.queries.imports import batch_for
from undaunted.prisoners.registry.queries.lists import list_named
from undaunted.prisoners.registry.queries.reimport import desk_kept
from undaunted.prisoners.registry.readers.suggestions import suggest_mapping
from undaunted.prisoners.registry.rules.import_rows import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["commands"]

commands = typer.Typer()
_mapping = typer.Typer(help="Mappings from columns to fields.", no_args_is_help=True)
commands.add_typer(_mapping, name="mapping")

SOME_STAY_OUT = 1
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX, ODS or JSON.")]


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
        typer.echo("Nothing was written.")
    elif good:
        with _refusals_told(), unreadable_told():
            _write(file, mapping, into, good, propose=propose)
    else:
        refuse("No row of this file can go in. Nothing was written.")
    if summary.outcomes[Outcome.REJECTED] or not summary.rows:
        raise typer.Exit(SOME_STAY_OUT)


@commands.command("undo-import")
def undo(
    batch: Annotated[UUID, typer.Argument(help="Number that the import was given.")],
    *,
    taking_out: Annotated[
        int, typer.Option("--taking-out", help="Number of published cases that leave with it.")
    ] = 0,
) -> None:
    """Take an import back; nothing is deleted, and the ledger reads as before it."""
    with _refusals_told(), acting_with_token(terminal_token.get()) as actor:
        held = batch_for(actor, batch)
        if held is None:
            raise Forbidden("there is no such import for you")
        done = undo_import(held, actor=actor, at=timezone.now(), taking_out=taking_out)
    typer.echo(f"Import {done.pk} has been undone: {done.added} added, {done.changed} changed.")


@_mapping.command("suggest")
def suggest(file: File) -> None:
    """Write a mapping for a file, as far as its header and values tell."""
    with unreadable_told():
        typer.echo(suggest_mapping(file, find_country=find_country))


def _write(file: Path, mapping: Path, slug: str, rows: int, *, propose: bool) -> None:
    at = timezone.now()
    console = Console(soft_wrap=True)
    with (
        acting_with_token(terminal_token.get()) as actor,
        row_bar(console, lasting=True) as progress,
    ):
        held = list_named(actor, slug)
        if held is None:
            raise Forbidden(f"there is no list {slug!r} for you")
        task = progress.add_task("Writing", total=rows)
        with file.open("rb") as stream:
            batch = propose_import(
                held,
                actor=actor,
                at=at,
                file=stream,
                file_name=file.name,
                mapping_toml=mapping.read_text(encoding="utf-8"),
            )
        if not propose:
            batch = accept_import(batch, actor=actor, at=at)
            batch = write_import(
                batch,
                actor=actor,
                at=at,
                progress=lambda done, total: progress.update(task, completed=done, total=total),
            )
        kept = desk_kept(actor, batch)
    for problem in kept:
        console.print(problem_line(problem), markup=False, highlight=False)
    if propose:
        told = f"Import {batch.pk} waits for the steward of {slug}."
    else:
        told = (
            f"Import {batch.pk}: {batch.added:,} added, {batch.changed:,} changed, "
            f"{batch.unchanged:,} unchanged, {batch.rows_rejected:,} rejected. "
            f"`undaunted registry undo-import {batch.pk}` takes it back."
        )
    console.print(told, markup=False, highlight=False)


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

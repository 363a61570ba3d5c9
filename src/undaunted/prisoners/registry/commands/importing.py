"""`import` and `mapping suggest`: a file looked at first, then brought in."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_with_token
from undaunted.core.places.rules import find_country, suggest_countries
from undaunted.prisoners.registry.actions.imports import (
    accept_import,
    propose_import,
    write_import,
)
from undaunted.prisoners.registry.queries.lists import list_named
from undaunted.prisoners.registry.readers.mapping_files import read_mapping
from undaunted.prisoners.registry.readers.problems import (
    InvalidMapping,
    UnreadableFile,
    explain,
    explain_unreadable,
)
from undaunted.prisoners.registry.readers.rows import open_preview
from undaunted.prisoners.registry.readers.suggestions import suggest_mapping
from undaunted.prisoners.registry.rules.import_rows import ImportSummary, Outcome
from undaunted.prisoners.registry.writers.rejects import write_rejects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.prisoners.registry.rules.import_rows import ImportRow, Problem
    from undaunted.prisoners.registry.rules.mapping import Mapping

__all__ = ["commands"]

commands = typer.Typer()
_mapping = typer.Typer(help="Mappings from columns to fields.", no_args_is_help=True)
commands.add_typer(_mapping, name="mapping")

PROBLEMS_SHOWN = 20
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX, ODS or JSON.")]


@commands.command("import")
def import_file(
    file: File,
    *,
    mapping: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Mapping, TOML.")],
    into: Annotated[str, typer.Option("--list", help="Slug of the list.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look only; write nothing.")] = False,
    rejects: Annotated[Path | None, typer.Option(help="Where to write refused rows.")] = None,
) -> None:
    """Bring a list in; --dry-run shows every problem first and needs no sign-in."""
    console = Console()
    try:
        known = read_mapping(mapping)
        summary = _preview(console, file, known, rejects)
    except InvalidMapping as error:
        for problem in error.problems:
            console.print(_sentence(problem), style="red", markup=False)
        raise typer.Exit(2) from None
    except UnreadableFile as error:
        told = explain_unreadable(error)
        console.print(f"{told.reason} {told.advice}", style="red", markup=False)
        raise typer.Exit(2) from None
    if dry_run:
        console.print("Nothing was written.")
        return
    if not into:
        raise typer.BadParameter("Name the list with --list.")
    try:
        _write(console, file, mapping, into, summary.rows)
    except Forbidden as error:
        console.print(f"Refused: {error}. Sign in with --as USER.", style="red", markup=False)
        raise typer.Exit(2) from None


@_mapping.command("suggest")
def suggest(file: File) -> None:
    """Write a mapping for a file, as far as its header and values tell."""
    try:
        typer.echo(suggest_mapping(file, find_country=find_country))
    except UnreadableFile as error:
        told = explain_unreadable(error)
        typer.echo(f"{told.reason} {told.advice}", err=True)
        raise typer.Exit(2) from None


def _preview(console: Console, file: Path, mapping: Mapping, rejects: Path | None) -> ImportSummary:
    summary, shown = ImportSummary(), Table("Line", "Column", "Value", "Problem", "What to do")
    today = timezone.now().date()
    with (
        open_preview(
            file, mapping, today=today, find_country=find_country, near_countries=suggest_countries
        ) as preview,
        Progress(console=console, transient=True) as progress,
    ):
        task = progress.add_task("Reading", total=None)

        def counted() -> Iterator[ImportRow]:
            for row in preview:
                summary.add(row)
                progress.advance(task)
                for problem in islice(row.problems, PROBLEMS_SHOWN):
                    if shown.row_count < PROBLEMS_SHOWN:
                        _add(shown, problem)
                yield row

        header = preview.header
        if rejects is None:
            _exhaust(counted())
        else:
            with rejects.open("w", encoding="utf-8-sig", newline="") as stream:
                write_rejects(counted(), stream, header=header, explain=explain)
    if shown.row_count:
        console.print(shown)
    for outcome in Outcome:
        console.print(f"{outcome.value}: {summary.outcomes[outcome]}")
    return summary


def _write(console: Console, file: Path, mapping: Path, slug: str, rows: int) -> None:
    at = timezone.now()
    with (
        acting_with_token(terminal_token.get()) as actor,
        Progress(console=console) as progress,
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
        batch = accept_import(batch, actor=actor, at=at)
        batch = write_import(
            batch,
            actor=actor,
            at=at,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    console.print(
        f"Import {batch.pk}: {batch.added} added, {batch.changed} changed, "
        f"{batch.unchanged} unchanged, {batch.rows_rejected} rejected."
    )


def _add(table: Table, problem: Problem) -> None:
    told = explain(problem)
    cells = (str(problem.line), problem.column, problem.value, told.reason, told.advice)
    table.add_row(*(Text(cell) for cell in cells))


def _sentence(problem: Problem) -> str:
    told = explain(problem)
    return f"{told.reason} {told.advice}"


def _exhaust(rows: Iterable[ImportRow]) -> None:
    for _row in rows:
        pass

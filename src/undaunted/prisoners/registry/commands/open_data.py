"""`export`: the open data as files."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it
from typing import Annotated

import typer

from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.queries.open_data import open_tables
from undaunted.prisoners.registry.rules.open_data import DownloadFormat
from undaunted.prisoners.registry.writers.open_data import write_open_data

__all__ = ["commands"]

commands = typer.Typer()


@commands.command("export")
def export(
    *,
    out: Annotated[Path, typer.Option(file_okay=False, help="Folder for the files.")],
    file_format: Annotated[
        list[DownloadFormat] | None,
        typer.Option("--format", help="May be repeated; all if absent."),
    ] = None,
) -> None:
    """Write the published cases with codebook and checksums."""
    formats = tuple(file_format) if file_format else tuple(DownloadFormat)
    for path in write_open_data(out, open_tables(PUBLIC), formats):
        typer.echo(str(path))

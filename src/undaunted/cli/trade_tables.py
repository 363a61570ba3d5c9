"""`undaunted trade convert`: a published input-output table as the arrays of a scenario."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from undaunted.cli.session import REFUSED

if TYPE_CHECKING:
    from undaunted.engines.trade import World

__all__ = ["convert"]


def convert(
    table: Annotated[Path, typer.Argument(help="The file or folder as it was downloaded.")],
    layout: Annotated[str, typer.Option(help="oecd, wiod (2013), exiobase (3) or eora26.")],
    out: Annotated[Path, typer.Option(help="The npz file to write, for `data` of a scenario.")],
    year: Annotated[
        int | None, typer.Option(help="Of a folder of several years.", show_default=False)
    ] = None,
    elasticities: Annotated[
        str, typer.Option(help="A published set.")
    ] = "fontagne-guimbard-orefice-2022",
) -> None:
    """Bring an input-output table to balance, say what was mended, and write its arrays."""
    from undaunted.coercion.exposure.readers import (  # noqa: PLC0415 - starts faster
        FileRefused,
        Layout,
        read_table,
        write_world,
    )

    if layout not in list(Layout):
        _refuse(f"layout: {layout} is not known; there are {', '.join(Layout)}")
    try:
        loaded = read_table(table, Layout(layout), year=year, elasticities=elasticities)
        write_world(loaded.world, out)
    except FileRefused as refusal:
        _refuse(str(refusal))
    for said in (*loaded.said, _size(loaded.world, out)):
        typer.echo(said)


def _refuse(said: str) -> NoReturn:
    typer.echo(f"undaunted: {said}", err=True)
    raise typer.Exit(REFUSED)


def _size(world: World, out: Path) -> str:
    return f"{out.name}: {len(world.regions)} countries, {len(world.sectors)} sectors."

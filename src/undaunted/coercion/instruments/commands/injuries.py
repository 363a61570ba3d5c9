"""The injury of a proceeding at the terminal: read from a result, from a file, or typed."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer
from django.utils import timezone

from undaunted.coercion.instruments.actions import (
    attach_calculation,
    attach_front,
    attach_months,
    type_injury,
)
from undaunted.coercion.instruments.analysis import MEDIA, MonthsNamed, weighed_file
from undaunted.coercion.instruments.commands.root import (
    Which,
    acting,
    commands,
    found,
    proceeding_here,
)
from undaunted.coercion.instruments.readers import read_injury
from undaunted.coercion.instruments.rules import InstrumentRefused, of_months_alone

__all__: list[str] = []

SHEETS = (".csv", ".json")


@commands.command("injury")
def injury(  # noqa: PLR0913 - the ways in which an injury comes
    which: Which,
    file: Annotated[
        Path | None,
        typer.Argument(help="A scenario's result (.json), a sheet (.csv), or typed (.toml)."),
    ] = None,
    *,
    front: Annotated[str, typer.Option(help="Name of a search that found a front.")] = "",
    months: Annotated[str, typer.Option(help="SHA-256 of a file of months that is kept.")] = "",
    since: Annotated[str, typer.Option(help="First month of the measure, such as 2021-12.")] = "",
    product: Annotated[
        list[str] | None, typer.Option(help="First figures of codes that were hit; repeated.")
    ] = None,
    unit: Annotated[str, typer.Option(help="Currency and scale of the months.")] = "",
    target: Annotated[str, typer.Option(help="Two letters, where there are several states.")] = "",
    explained: Annotated[
        str, typer.Option(help="Of typed amounts: from where, and why no result is attached.")
    ] = "",
) -> None:
    """Read the injury from a result or a file that is kept; or record typed amounts, marked so."""
    if (file is not None) + bool(front) + bool(months) != 1:
        raise typer.BadParameter("name one: a file, --front or --months")
    with acting() as actor:
        held, at = proceeding_here(actor, which), timezone.now()
        beside = {"since": since, "product": product, "unit": unit, "target": target}
        if not months and (problems := of_months_alone(beside)):
            raise InstrumentRefused(*problems)
        if front:
            attach_front(held, front, actor=actor, at=at)
        elif months:
            named = MonthsNamed(months, since, tuple(product or ()), unit, target)
            attach_months(held, named, actor=actor, at=at)
        elif file is not None and file.suffix.lower() in SHEETS:
            attach_calculation(held, file.name, _bytes(file), actor=actor, at=at)
        elif file is not None:
            told = read_injury(file, attached=False)
            type_injury(held, told, explained, actor=actor, at=at)
        typer.echo("recorded")


@commands.command("weigh")
def weigh(
    which: Which,
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder to write Word and PDF to.")],
) -> None:
    """Write the draft held against the injury, for the authority and in its open version."""
    with acting() as actor:
        held, now = proceeding_here(actor, which), timezone.now()
        for name, whole in (("measures", True), ("measures-open", False)):
            for media in MEDIA:
                content = found(weighed_file(actor, held, media, at=now, whole=whole), "injury")
                out.mkdir(parents=True, exist_ok=True)
                (out / f"{name}.{media}").write_bytes(content)
                typer.echo(f"written  {out / f'{name}.{media}'}")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InstrumentRefused(f"{file.name}: cannot be opened: {error.strerror}") from error

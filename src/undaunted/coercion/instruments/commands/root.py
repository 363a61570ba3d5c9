"""What the commands of proceedings share: who acts, what is meant, how they refuse."""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from django.db import transaction

from undaunted.coercion.instruments.queries import proceeding_for
from undaunted.coercion.instruments.rules import InstrumentRefused
from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import AccessError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.access.rules import Actor

__all__ = [
    "REFUSED",
    "Day",
    "Reason",
    "Which",
    "acting",
    "commands",
    "day_of",
    "found",
    "proceeding_here",
    "refusals",
    "table_of",
]

REFUSED = 2
Thing = TypeVar("Thing")

commands = typer.Typer(
    help="Instruments against economic coercion.", no_args_is_help=True, add_completion=False
)
Which = Annotated[str, typer.Argument(help="Short name or id, as `list` shows it.")]
Day = Annotated[str, typer.Option("--on", help="Day, YYYY-MM-DD; today without.")]
Reason = Annotated[str, typer.Option("--reason", help="Why the step is taken.")]


def found(thing: Thing | None, what: object) -> Thing:
    """Give the thing. Raises `InstrumentRefused` where there is none."""
    if thing is None:
        raise InstrumentRefused(f"{what}: there is nothing of that name for you")
    return thing


def proceeding_here(actor: Actor, which: str) -> Proceeding:
    """Give a proceeding of one's own authority."""
    return found(proceeding_for(actor, which), which)


def day_of(text: str, today: date) -> date:
    """Give the day that a text means, today without one. Raises `InstrumentRefused`."""
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        raise InstrumentRefused(f"day: {text!r} is none; write it as 2026-11-20") from None


def table_of(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises `InstrumentRefused`."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
        raise InstrumentRefused(f"{path.name}: {problem}; correct the file") from None


@contextmanager
def refusals() -> Iterator[None]:
    """Say what stands against a step, and end with status 2."""
    try:
        yield
    except (AccessError, OSError, ValueError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def acting() -> Iterator[Actor]:
    """Act as whoever signed in, in one transaction."""
    with refusals(), transaction.atomic():
        yield signed_in("instruments")

"""What the commands of screening share: how they refuse, and how they speak to programs."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["REFUSED", "AsJson", "commands", "refusals", "tell"]

REFUSED = 2

commands = typer.Typer(help="Screening of investments.", no_args_is_help=True, add_completion=False)
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@contextmanager
def refusals() -> Iterator[None]:
    """Say what stands against a step, and end with status 2."""
    try:
        yield
    except ValueError as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


def tell(told: Mapping[str, Any]) -> None:
    """Print for programs."""
    typer.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))

"""What the commands of screening share: who acts, how they refuse."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer
from django.db import transaction

from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import AccessError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor

__all__ = ["REFUSED", "acting", "commands", "refusals"]

REFUSED = 2

commands = typer.Typer(help="Screening of investments.", no_args_is_help=True, add_completion=False)


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
        yield signed_in("screening")

"""Acting in a command of screening that needs the database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer
from django.db import transaction

from undaunted.coercion.screening.commands.root import REFUSED, refusals
from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import AccessError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor

__all__ = ["acting"]


@contextmanager
def acting() -> Iterator[Actor]:
    """Act as whoever signed in, in one transaction; a refusal ends with status 2."""
    try:
        with refusals(), transaction.atomic():
            yield signed_in("screening")
    except (AccessError, OSError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None

"""What the commands of matching have in common: who acts, ids, answers in JSON, refusals."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.db import transaction

from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import AccessError
from undaunted.core.matching.actions import MatchingRefused
from undaunted.core.matching.rules import ReferenceMalformed, SubjectsUnknown, mark_of
from undaunted.core.matching.writers import sides_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from undaunted.core.access.rules import Actor

__all__ = [
    "AsJson", "SeenMark", "Share", "acting", "commands", "id_read", "no_id", "print_json",
    "refuse_unseen", "show_sides",
]  # fmt: skip

REFUSED = 2
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
SeenMark = Annotated[
    str, typer.Option("--seen", help="The mark of what was shown; without it, it is shown.")
]
Share = Annotated[
    bool, typer.Option("--show-why", help="Let every organisation here read the reason.")
]

commands = typer.Typer(no_args_is_help=True, add_completion=False)


def id_read(text: str, shown_by: str) -> UUID:
    """Read an id; one that is none is refused in words that say where ids stand."""
    try:
        return UUID(text)
    except ValueError:
        raise typer.BadParameter(no_id(text, shown_by)) from None


def no_id(text: str, shown_by: str) -> str:
    """Say that a text is no id, and where ids stand."""
    return f"{text[:60]!r} is no id; write one as `undaunted sanctions {shown_by}` shows it"


def print_json(data: object) -> None:
    """Print an answer for programs."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def show_sides(sides: Sequence[tuple[str, Mapping[str, Sequence[str]]]]) -> None:
    """Print two sides with all that is known of them, before anything is said of them."""
    for line in sides_told(sides):
        typer.echo(line)


def refuse_unseen(seen: str) -> None:
    """Say how to go on from what was shown, and that nothing was done."""
    typer.echo(
        f"undaunted: nothing was done: look at what is shown above, then say it again with "
        f"--seen {mark_of(seen)}",
        err=True,
    )
    raise typer.Exit(REFUSED)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (MatchingRefused, ReferenceMalformed, SubjectsUnknown, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def acting() -> Iterator[Actor]:
    """Act as whoever signed in, in one transaction."""
    with _refusals(), transaction.atomic():
        yield signed_in("sanctions")

"""`undaunted screening exchange`: notices to and from other installations at the terminal."""

from __future__ import annotations

import json
from typing import Annotated
from uuid import UUID  # noqa: TC003 - typer reads it

import typer
from django.utils import timezone

from undaunted.coercion.screening.actions import comment_elsewhere, write_dispatch
from undaunted.coercion.screening.analysis.register_told import dispatch_told, received_told
from undaunted.coercion.screening.commands.acting import acting
from undaunted.coercion.screening.queries import (
    case_for,
    dispatches_for,
    received_for,
    received_here,
)
from undaunted.coercion.screening.rules.casework import CommentKind

__all__ = ["commands"]

commands = typer.Typer(
    help="Notices to and from authorities on other installations.",
    no_args_is_help=True,
    add_completion=False,
)


@commands.command("write")
def write(
    case: Annotated[str, typer.Argument(help="Short name of the case.")],
    *,
    stakes: Annotated[bool, typer.Option("--stakes", help="With the stakes.")] = False,
    factor: Annotated[list[UUID] | None, typer.Option(help="Id of a factor's finding.")] = None,
    message: Annotated[str, typer.Option(help="A word to the partner.")] = "",
) -> None:
    """Freeze a case's non-confidential version; prints what a package names."""
    with acting() as actor:
        held = case_for(actor, case)
        if held is None:
            raise ValueError(f"{case}: there is no such case for you")
        made = write_dispatch(
            held, with_stakes=stakes, factors=factor or [], message=message, actor=actor,
            at=timezone.now(),
        )  # fmt: skip
        typer.echo(f"screening.{made.kind} {made.pk}")


@commands.command("list")
def list_all() -> None:
    """List what was written down and what arrived; as JSON."""
    with acting() as actor:
        told = {
            "written": [dispatch_told(each) for each in dispatches_for(actor)],
            "received": [received_told(each) for each in received_for(actor)],
        }
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2))


@commands.command("comment")
def comment(
    received: Annotated[UUID, typer.Argument(help="Id of the notice, as the list shows it.")],
    text: Annotated[str, typer.Argument(help="What is said.")],
    *,
    author: Annotated[str, typer.Option(help="Authority that speaks.")],
    kind: Annotated[CommentKind, typer.Option()] = CommentKind.COMMENT,
) -> None:
    """Write a comment down, to be sent back; prints what a package names."""
    with acting() as actor:
        held = received_here(actor, received)
        if held is None:
            raise ValueError(f"{received}: there is no such notice for you")
        made = comment_elsewhere(
            held, text, author=author, kind=kind, actor=actor, at=timezone.now()
        )
        typer.echo(f"screening.{made.kind} {made.pk}")

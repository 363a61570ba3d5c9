"""`undaunted coordination case`: court cases about listings, entered by one, published by another.

A case that everybody reads is taken down by one person, at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.repression.coordination import actions
from undaunted.repression.coordination.commands.acting import (
    File,
    Holder,
    acting,
    found,
    holder_here,
)
from undaunted.repression.coordination.queries import case_for, cases_for
from undaunted.repression.coordination.readers import read_case

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import CourtRecord

__all__ = ["cases"]

cases = typer.Typer(help="Court cases about listings.", no_args_is_help=True)
Which = Annotated[UUID, typer.Argument(help="Id of a court case, as `list` shows it.")]


@cases.command("list")
def list_cases() -> None:
    """List the court cases that your organisations entered, with how far each is."""
    with acting() as actor:
        for each in cases_for(actor):
            typer.echo(
                f"{each.pk}  {_state(each)}  {each.source}:{each.key}  {each.number}  "
                f"{each.court}  {each.outcome}  {each.day}"
            )


@cases.command("enter")
def enter(file: File, *, holder: Holder = "") -> None:
    """Enter a court case out of a TOML file; a second person publishes it."""
    with acting() as actor:
        told, mine = read_case(file.read_bytes()), holder_here(actor, holder)
        made = actions.record_case(mine, told, actor=actor, at=timezone.now())
        typer.echo(f"{made.pk}  waits for a second person")


@cases.command("publish")
def publish(which: Which) -> None:
    """Let everybody read a court case, as a second person who compared it with its source."""
    with acting() as actor:
        actions.publish_case(_case(actor, which), actor=actor, at=timezone.now())
        typer.echo("published")


@cases.command("withdraw")
def withdraw(which: Which) -> None:
    """Take a court case down at once."""
    with acting() as actor:
        actions.withdraw_case(_case(actor, which), actor=actor, at=timezone.now())
        typer.echo("taken down")


def _state(case: CourtRecord) -> str:
    if case.withdrawn_at:
        return "taken down"
    return "published" if case.approved_at else "waits for a second person"


def _case(actor: Actor, which: UUID) -> CourtRecord:
    return found(case_for(actor, which), f"{which}: there is no such court case for you")

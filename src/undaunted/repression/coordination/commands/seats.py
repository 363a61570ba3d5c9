"""`undaunted coordination seat`: a seat is taken by one person, confirmed by another."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.utils import timezone

from undaunted.repression.coordination import actions
from undaunted.repression.coordination.commands.acting import Holder, acting, found, holder_here
from undaunted.repression.coordination.queries import seat_for

__all__ = ["seat"]

seat = typer.Typer(help="The seat of your organisation.", no_args_is_help=True)


@seat.command("take")
def take(
    team: Annotated[UUID, typer.Argument(help="Id of a team, as `vault team list` shows it.")],
    *,
    holder: Holder = "",
) -> None:
    """Take a seat; whoever is in the team opens what is sealed to it."""
    with acting() as actor:
        mine = holder_here(actor, holder)
        made = actions.take_seat(mine, team, actor=actor, at=timezone.now())
        typer.echo(f"{made.pk}  waits for a second person")


@seat.command("confirm")
def confirm(
    which: Annotated[UUID, typer.Argument(help="Id of a seat, as `key list` shows it.")],
) -> None:
    """Confirm a seat, as a second person; others invite your organisation from then on."""
    with acting() as actor:
        held = found(seat_for(actor, which), f"{which}: there is no such seat for you")
        actions.confirm_seat(held, actor=actor, at=timezone.now())
        typer.echo("confirmed")

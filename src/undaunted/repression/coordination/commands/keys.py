"""`undaunted coordination key`: the later keys of one's own seat, changed by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.repression.coordination import actions
from undaunted.repression.coordination.commands.acting import acting, found, opened_key
from undaunted.repression.coordination.queries import (
    own_seats,
    seat_for,
    seat_key_for,
    seat_keys_for,
)

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import SeatKey

__all__ = ["keys"]

keys = typer.Typer(help="Keys of your own seat.", no_args_is_help=True, add_completion=False)
Which = Annotated[UUID, typer.Argument(help="Id of a later key, as `list` shows it.")]


@keys.command("list")
def list_keys() -> None:
    """List your seats and their later keys, newest first, with how far each is."""
    with acting() as actor:
        for seat in own_seats(actor):
            state = "confirmed" if seat.confirmed_at else "waits for a second person"
            typer.echo(f"seat  {seat.pk}  {state}  {seat.public_key}")
        for each in seat_keys_for(actor):
            lost = "  the earlier one was lost" if each.lost else ""
            typer.echo(
                f"key  {each.pk}  seat {each.seat_id}  {_state(each)}  {each.rewrapped} sealed "
                f"anew, {each.closed} stay closed{lost}  {each.public_key}"
            )


@keys.command("change")
def change(
    which: Annotated[UUID, typer.Argument(help="Id of your seat, as `list` shows it.")],
    *,
    lost: Annotated[
        bool,
        typer.Option("--lost", help="The earlier key cannot be opened."),
    ] = False,
) -> None:
    """Make another key for your seat, with your passphrase; a second person confirms it."""
    with acting() as actor:
        seat = found(seat_for(actor, which), f"{which}: there is no such seat for you")
        key = opened_key(actor)
        made = actions.change_seat_key(seat, key=key, lost=lost, actor=actor, at=timezone.now())
        typer.echo(f"{made.pk}  waits for a second person")


@keys.command("confirm")
def confirm(which: Which) -> None:
    """Confirm another key of your seat, as a second person; others seal to it from then on."""
    with acting() as actor:
        actions.confirm_seat_key(_key(actor, which), actor=actor, at=timezone.now())
        typer.echo("confirmed")


@keys.command("withdraw")
def withdraw(which: Which) -> None:
    """Withdraw a key that waits for its second person; the earlier one stays in use."""
    with acting() as actor:
        actions.withdraw_seat_key(_key(actor, which), actor=actor, at=timezone.now())
        typer.echo("withdrawn")


def _state(key: SeatKey) -> str:
    if key.withdrawn_at:
        return "withdrawn"
    return "confirmed" if key.confirmed_at else "waits for a second person"


def _key(actor: Actor, which: UUID) -> SeatKey:
    return found(seat_key_for(actor, which), f"{which}: there is no such key for you")

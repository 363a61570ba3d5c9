"""What the commands of responses share: who acts, what is meant, how they refuse."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, TypeVar
from uuid import UUID

import typer

from undaunted.coercion.response.queries import compact_for, invocation_for, pledge_for
from undaunted.coercion.response.rules import ResponseRefused, checked_amount
from undaunted.core.accounts.commands import REFUSED, acting_at, refusals

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from undaunted.coercion.response.models import Compact, Invocation, Pledge
    from undaunted.core.access.rules import Actor

__all__ = [
    "REFUSED",
    "Amount",
    "Reference",
    "Which",
    "acting",
    "amount_of",
    "commands",
    "compact_here",
    "found",
    "invocation_here",
    "pledge_here",
    "refusals",
]

Thing = TypeVar("Thing")

commands = typer.Typer(
    help="Collective responses to coercion.", no_args_is_help=True, add_completion=False
)
Reference = Annotated[str, typer.Argument(help="Short name of the compact or episode.")]
Which = Annotated[UUID, typer.Argument(help="Id, as `status` shows it.")]
Amount = Annotated[str, typer.Option(help="Number, in the currency of the compact.")]


def found(thing: Thing | None, what: object) -> Thing:
    """Give the thing. Raises `ResponseRefused` where there is none."""
    if thing is None:
        raise ResponseRefused(f"{what}: there is nothing of that name for you")
    return thing


def compact_here(actor: Actor, reference: str) -> Compact:
    """Give a compact of one's own government."""
    return found(compact_for(actor, reference), reference)


def invocation_here(actor: Actor, which: UUID) -> Invocation:
    """Give an invocation of one's compacts."""
    return found(invocation_for(actor, which), which)


def pledge_here(actor: Actor, which: UUID) -> Pledge:
    """Give a pledge that one may read."""
    return found(pledge_for(actor, which), which)


def amount_of(text: str) -> Decimal | None:
    """Give the amount that a text means, None without one. Raises `ResponseRefused`."""
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ResponseRefused(f"amount: {text!r} is no number; write it as 1200.50") from None
    return checked_amount("amount", amount)


def acting() -> AbstractContextManager[Actor]:
    """Act as whoever signed in, in one transaction."""
    return acting_at("response")

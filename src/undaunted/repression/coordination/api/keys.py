"""The later keys of one's own seat, by program: read, confirmed, withdrawn.

A token opens no seal, so that a key is changed at the desk or at the terminal, with a passphrase.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from undaunted.core.accounts.api import actor_of
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.api.root import DECIDE, PROPOSE, READ, router, taken
from undaunted.repression.coordination.api.schemas import CoordinationIdOut
from undaunted.repression.coordination.queries import own_seats, seat_key_for, seat_keys_for

__all__: list[str] = []

ONE = "/desk/keys/{uuid:key}"


class OwnSeatOut(Schema):
    """One's own seat, with the key with which it began."""

    id: UUID
    holder: UUID
    public_key: str
    confirmed_at: datetime | None


class SeatKeyOut(Schema):
    """A later key of one's own seat; the latest that is confirmed is in use."""

    id: UUID
    seat_id: UUID
    public_key: str
    lost: bool
    rewrapped: int
    closed: int
    recorded_at: datetime
    confirmed_at: datetime | None
    withdrawn_at: datetime | None


class KeysOut(Schema):
    """Seats of one's own organisations, and their later keys, newest first."""

    seats: list[OwnSeatOut]
    keys: list[SeatKeyOut]


@router.get("/desk/keys", response=KeysOut, auth=READ, summary="Keys of one's own seats")
def list_keys(request: HttpRequest) -> dict[str, Any]:
    """Give the seats of one's own organisations and their later keys; no private half."""
    actor = actor_of(request)
    return {"seats": list(own_seats(actor)), "keys": list(seat_keys_for(actor))}


@router.post(
    f"{ONE}/confirmation", response=CoordinationIdOut, auth=DECIDE, summary="Confirm a key"
)
def confirm(request: HttpRequest, key: UUID) -> Any:  # noqa: ANN401
    """Confirm another key of a seat, as a second person."""
    return taken(request, seat_key_for, key, actions.confirm_seat_key)


@router.post(
    f"{ONE}/withdrawal", response=CoordinationIdOut, auth=PROPOSE, summary="Withdraw a key"
)
def withdraw(request: HttpRequest, key: UUID) -> Any:  # noqa: ANN401
    """Withdraw a key that waits for its second person."""
    return taken(request, seat_key_for, key, actions.withdraw_seat_key)

"""One's own seat, by program: taken by one person, confirmed by another.

Its private half is sealed to a team as it is made; no answer gives it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema

from undaunted.core.accounts.api import actor_of
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.api.root import DECIDE, PROPOSE, refusals, router, taken
from undaunted.repression.coordination.api.schemas import CoordinationIdOut
from undaunted.repression.coordination.queries import seat_for

__all__: list[str] = []


class SeatIn(Schema):
    """Whose seat it is, and the team of the vault that opens what is sealed to it."""

    holder: UUID
    team: UUID


@router.post("/desk/seats", response={201: CoordinationIdOut}, auth=PROPOSE, summary="Take a seat")
def take(request: HttpRequest, told: SeatIn) -> Any:  # noqa: ANN401
    """Take a seat for one's own organisation; a second person confirms it."""
    actor = actor_of(request)
    with refusals():
        return actions.take_seat(told.holder, told.team, actor=actor, at=timezone.now())


@router.post(
    "/desk/seats/{uuid:seat}/confirmation",
    response=CoordinationIdOut,
    auth=DECIDE,
    summary="Confirm a seat",
)
def confirm(request: HttpRequest, seat: UUID) -> Any:  # noqa: ANN401
    """Confirm a seat, as a second person; others invite the organisation from then on."""
    return taken(request, seat_for, seat, actions.confirm_seat)

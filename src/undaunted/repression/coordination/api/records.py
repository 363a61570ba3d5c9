"""Court cases about listings, by program: entered by one person, published by another."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema

from undaunted.core.accounts.api import actor_of
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.api.root import (
    DECIDE,
    MOST_SHOWN,
    PROPOSE,
    READ,
    refusals,
    router,
    taken,
)
from undaunted.repression.coordination.api.schemas import CoordinationCaseIn, CoordinationIdOut
from undaunted.repression.coordination.queries import case_for, cases_for
from undaunted.repression.coordination.rules import Court, CourtCase, read_key

if TYPE_CHECKING:
    from undaunted.repression.coordination.models import CourtRecord

__all__: list[str] = []

_AS_KEPT = (
    "id", "holder", "number", "court", "outcome", "day", "address", "verified", "recorded_at",
    "approved_at", "withdrawn_at",
)  # fmt: skip


class OwnCaseOut(Schema):
    """A court case of one's own organisation: public from `approved_at` to `withdrawn_at`."""

    id: UUID
    holder: UUID
    entry: str
    number: str
    court: str
    outcome: Court
    day: date
    source: str
    address: str
    verified: bool
    recorded_at: datetime
    approved_at: datetime | None
    withdrawn_at: datetime | None


@router.get("/desk/cases", response=list[OwnCaseOut], auth=READ, summary="Own court cases")
def list_cases(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the court cases that one's own organisations entered, published or not."""
    return [_told(each) for each in cases_for(actor_of(request))[:MOST_SHOWN]]


@router.post(
    "/desk/cases", response={201: CoordinationIdOut}, auth=PROPOSE, summary="Enter a court case"
)
def record(request: HttpRequest, told: CoordinationCaseIn) -> Any:  # noqa: ANN401
    """Enter a court case about a listing; a second person publishes it."""
    actor = actor_of(request)
    with refusals():
        case = CourtCase(
            read_key(told.entry), told.number, told.court, told.outcome, told.day, told.source,
            told.address, read_at_publisher=told.verified,
        )  # fmt: skip
        return actions.record_case(told.holder, case, actor=actor, at=timezone.now())


@router.post(
    "/desk/cases/{uuid:case}/publication",
    response=CoordinationIdOut,
    auth=DECIDE,
    summary="Publish a case",
)
def publish(request: HttpRequest, case: UUID) -> Any:  # noqa: ANN401
    """Let everybody read a court case, as a second person."""
    return taken(request, case_for, case, actions.publish_case)


@router.post(
    "/desk/cases/{uuid:case}/withdrawal",
    response=CoordinationIdOut,
    auth=DECIDE,
    summary="Take a case down",
)
def withdraw(request: HttpRequest, case: UUID) -> Any:  # noqa: ANN401
    """Take a court case down at once."""
    return taken(request, case_for, case, actions.withdraw_case)


def _told(case: CourtRecord) -> dict[str, Any]:
    kept = {name: getattr(case, name) for name in _AS_KEPT}
    return {**kept, "entry": f"{case.source}:{case.key}", "source": case.said_by}

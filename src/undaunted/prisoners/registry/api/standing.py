"""Recognising, publishing and judging matches with a token; two people as ever."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.actors.models import Judgement
from undaunted.prisoners.registry.actions.matching import judge_pair, undo_match
from undaunted.prisoners.registry.actions.publication import (
    propose_publication,
    publish,
    release_embargo,
)
from undaunted.prisoners.registry.actions.standing import decide_status, propose_status
from undaunted.prisoners.registry.actions.taking_down import take_down_for
from undaunted.prisoners.registry.api.checks import (
    NO_NULLS,
    found,
    refusals,
    standard_known,
)
from undaunted.prisoners.registry.api.people import Made
from undaunted.prisoners.registry.queries.matching import judgements_about
from undaunted.prisoners.registry.queries.records import (
    case_file,
    publications_for,
    waiting_proposals,
)
from undaunted.prisoners.registry.rules.statuses import RecognitionStatus
from undaunted.prisoners.registry.rules.take_downs import TakeDownReason
from undaunted.site.instants import InstantOutOfRange, in_utc
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["desk"])
PROPOSE = TokenScope(Scope.PROPOSE)
DECIDE = TokenScope(Scope.DECIDE)

Reason = Annotated[str, Field(max_length=10_000), NO_NULLS]
Answer = Any


class StatusIn(Schema):
    """A proposed status under a standard."""

    standard: str
    status: RecognitionStatus
    reason: Reason
    reason_public: bool = False
    assessment: UUID | None = None
    effective_from: date | None = None
    effective_to: date | None = None


class DecisionIn(Schema):
    """Yes or no."""

    accept: bool


class PublicationIn(Schema):
    """A proposal to publish, perhaps not before a moment."""

    embargo_until: datetime | None = None


class TakedownIn(Schema):
    """Why a case is taken down: the audit record can never be erased, so in one of these words."""

    reason: TakeDownReason


class GateState(Schema):
    """Where a case stands at the gate."""

    id: UUID
    reference: str
    state: str


class MatchIn(Schema):
    """A verdict on two records."""

    left: UUID
    right: UUID
    verdict: Literal["same", "different", "postponed"]


@router.post(
    "/people/{uuid:party}/statuses", response={201: Made}, auth=PROPOSE, summary="Propose a status"
)
def add_status(request: HttpRequest, party: UUID, status: StatusIn) -> Answer:
    """Propose a status; steps that need a second person wait for one."""
    actor = actor_of(request)
    person = found(case_file(actor, party)).party
    standard = standard_known("standard", status.standard, body=True)
    with refusals():
        made = propose_status(
            person,
            status.status,
            actor=actor,
            at=timezone.now(),
            standard=standard,
            reason=status.reason,
            reason_public=status.reason_public,
            assessment=status.assessment,
            effective_from=status.effective_from,
            effective_to=status.effective_to,
        )
    return {"id": made.pk}


@router.post(
    "/statuses/{uuid:proposal}/decision",
    response={201: Made},
    auth=DECIDE,
    summary="Decide on a status",
)
def settle_status(request: HttpRequest, proposal: UUID, decision: DecisionIn) -> Answer:
    """Accept or refuse a waiting proposal as another person than its proposer."""
    actor = actor_of(request)
    held = found(waiting_proposals(actor).filter(pk=proposal).first())
    with refusals():
        decide_status(held, accept=decision.accept, actor=actor, at=timezone.now())
    return {"id": held.pk}


@router.post(
    "/people/{uuid:party}/publication",
    response={201: GateState},
    auth=PROPOSE,
    summary="Propose publication",
)
def add_publication(request: HttpRequest, party: UUID, publication: PublicationIn) -> Answer:
    """Propose that a case becomes public; somebody must have agreed to it."""
    actor = actor_of(request)
    person = found(case_file(actor, party)).party
    until = _embargo(publication.embargo_until)
    with refusals():
        gate = propose_publication(person, actor=actor, at=timezone.now(), embargo_until=until)
    return _state(gate)


@router.post(
    "/publications/{uuid:gate}/publish", response={201: GateState}, auth=DECIDE, summary="Publish"
)
def publish_case(request: HttpRequest, gate: UUID) -> Answer:
    """Publish a proposed case as a second person."""
    actor = actor_of(request)
    held = found(publications_for(actor).filter(pk=gate).first())
    with refusals():
        return _state(publish(held, actor=actor, at=timezone.now()))


@router.post(
    "/publications/{uuid:gate}/end-embargo",
    response={201: GateState},
    auth=DECIDE,
    summary="End an embargo",
)
def end_embargo(request: HttpRequest, gate: UUID) -> Answer:
    """End an embargo now."""
    actor = actor_of(request)
    held = found(publications_for(actor).filter(pk=gate).first())
    with refusals():
        return _state(release_embargo(held, actor=actor, at=timezone.now()))


@router.post(
    "/publications/{uuid:gate}/takedown", response={201: GateState}, auth=DECIDE,
    summary="Take a case down",
)  # fmt: skip
def take_case_down(request: HttpRequest, gate: UUID, takedown: TakedownIn) -> Answer:
    """Take a case out of everything public at once; the audit record keeps the reason."""
    actor = actor_of(request)
    held = found(publications_for(actor).filter(pk=gate).first())
    with refusals():
        taken = take_down_for(held, takedown.reason, actor=actor, at=timezone.now())
    return _state(taken)


@router.post("/matches", response={201: Made}, auth=DECIDE, summary="Judge a match")
def add_match(request: HttpRequest, match: MatchIn) -> Answer:
    """Judge whether two records are one person."""
    actor = actor_of(request)
    for party in (match.left, match.right):
        found(case_file(actor, party))
    with refusals():
        made = judge_pair(
            match.left, match.right, actor=actor, at=timezone.now(), verdict=match.verdict
        )
    return {"id": made.pk}


@router.post(
    "/people/{uuid:party}/matches/{uuid:judgement}/undo",
    response={201: Made},
    auth=DECIDE,
    summary="Undo a match",
)
def end_match(request: HttpRequest, party: UUID, judgement: UUID) -> Answer:
    """Take a verdict back and show the records apart again."""
    actor = actor_of(request)
    standing: list[Judgement] = list(judgements_about(actor, party))
    held = found(next((one for one in standing if one.pk == judgement), None))
    with refusals():
        undo_match(held, actor=actor, at=timezone.now())
    return {"id": held.pk}


def _embargo(until: datetime | None) -> datetime | None:
    if until is None:
        return None
    if until.tzinfo is None:
        raise Unusable("embargo_until", "say in which time zone", body=True)
    try:
        return in_utc(until)
    except InstantOutOfRange:
        told = "write a day, YYYY-MM-DD, or an ISO 8601 time"
        raise Unusable("embargo_until", told, body=True) from None


def _state(gate: Any) -> dict[str, Any]:  # noqa: ANN401 - a row at the gate
    return {"id": gate.pk, "reference": gate.reference, "state": gate.state}

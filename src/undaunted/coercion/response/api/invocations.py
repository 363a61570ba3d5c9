"""Invocations by program: moved, spoken in, pledged upon, voted, decided, monitored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from undaunted.coercion.response.actions import (
    cast_vote,
    change_pledge,
    confirm_closing,
    confirm_decision,
    confirm_off_ramp,
    confirm_vote,
    declare_decision,
    end_pledge,
    move_stage,
    open_invocation,
    publish_pledge,
    record_delivery,
    record_pledge,
    reopen_vote,
    say,
    take_back_delivery,
    withdraw_pledge,
)
from undaunted.coercion.response.api.compacts import plan_of, ramps_of
from undaunted.coercion.response.api.root import (
    DECIDE,
    MOST_SHOWN,
    PROPOSE,
    READ,
    found,
    refusals,
    router,
    taken,
)
from undaunted.coercion.response.api.schemas import (
    DeliveryIn,
    InvocationOut,
    PledgeIn,
    ResponseIdOut,
    ResponseMoveIn,
    ResponseStatementIn,
    ResponseTermsIn,
    ResponseTextIn,
    ResponseVoteIn,
)
from undaunted.coercion.response.api.told import invocation_told
from undaunted.coercion.response.queries import (
    delivery_for,
    invocation_for,
    invocation_sheet,
    invocations_for,
    off_ramp_for,
    pledge_for,
    vote_for,
)
from undaunted.core.accounts.api import actor_of

__all__: list[str] = []

ONE = "/desk/invocations/{uuid:invocation}"


@router.get("/desk/invocations", response=list[InvocationOut], auth=READ, summary="Invocations")
def list_invocations(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the invocations of one's compacts."""
    actor, now = actor_of(request), timezone.now()
    rows = invocations_for(actor)[:MOST_SHOWN]
    return [invocation_told(invocation_sheet(actor, held, now)) for held in rows]


@router.get(ONE, response=InvocationOut, auth=READ, summary="An invocation")
def show(request: HttpRequest, invocation: UUID) -> dict[str, Any]:
    """Give an invocation as one's own government sees it."""
    actor = actor_of(request)
    held = found(invocation_for(actor, invocation))
    return invocation_told(invocation_sheet(actor, held, timezone.now()))


@router.post(f"{ONE}/stage", response=ResponseIdOut, auth=PROPOSE, summary="Next stage")
def move(request: HttpRequest, invocation: UUID, told: ResponseMoveIn) -> Any:  # noqa: ANN401
    """Take an invocation to its next stage, or close it."""
    return taken(request, invocation_for, invocation, move_stage, told.to, reason=told.reason)


@router.post(f"{ONE}/opening", response=ResponseIdOut, auth=DECIDE, summary="Call upon the members")
def call_upon(request: HttpRequest, invocation: UUID) -> Any:  # noqa: ANN401
    """Call upon the members, as a second person of the government that invoked."""
    return taken(request, invocation_for, invocation, open_invocation)


@router.post(f"{ONE}/closing", response=ResponseIdOut, auth=DECIDE, summary="Close")
def close(request: HttpRequest, invocation: UUID) -> Any:  # noqa: ANN401
    """Close an invocation as a colleague proposed, as a second person."""
    return taken(request, invocation_for, invocation, confirm_closing)


@router.post(f"{ONE}/statements", response={201: ResponseIdOut}, auth=PROPOSE, summary="Speak")
def speak(request: HttpRequest, invocation: UUID, told: ResponseStatementIn) -> Any:  # noqa: ANN401
    """Speak in the stage that is open."""
    return taken(request, invocation_for, invocation, say, told.text, reach=told.reach)


@router.post(f"{ONE}/pledges", response={201: ResponseIdOut}, auth=PROPOSE, summary="Pledge")
def pledge(request: HttpRequest, invocation: UUID, told: PledgeIn) -> Any:  # noqa: ANN401
    """Pledge in an invocation."""
    actor = actor_of(request)
    held = found(invocation_for(actor, invocation))
    with refusals():
        return record_pledge(
            held.compact, plan_of(told), actor=actor, at=timezone.now(), invocation=held,
            off_ramps=ramps_of(told),
        )  # fmt: skip


@router.put(f"{ONE}/vote", response=ResponseIdOut, auth=PROPOSE, summary="Vote")
def vote(request: HttpRequest, invocation: UUID, told: ResponseVoteIn) -> Any:  # noqa: ANN401
    """Cast the vote of one's own government."""
    return taken(request, invocation_for, invocation, cast_vote, told.choice)


@router.post(
    "/desk/votes/{uuid:vote}/confirmation", response=ResponseIdOut, auth=DECIDE, summary="Confirm"
)
def confirm_own_vote(request: HttpRequest, vote: UUID) -> Any:  # noqa: ANN401
    """Confirm the vote of one's own government, as a second person."""
    return taken(request, vote_for, vote, confirm_vote)


@router.post(f"{ONE}/decision", response=ResponseIdOut, auth=PROPOSE, summary="Record the decision")
def declare(request: HttpRequest, invocation: UUID) -> Any:  # noqa: ANN401
    """Record what the confirmed votes decide."""
    return taken(request, invocation_for, invocation, declare_decision)


@router.delete(
    f"{ONE}/decision", response=ResponseIdOut, auth=PROPOSE, summary="Open the vote again"
)
def reopen(request: HttpRequest, invocation: UUID) -> Any:  # noqa: ANN401
    """Open the vote again, before a second person has confirmed the decision."""
    return taken(request, invocation_for, invocation, reopen_vote)


@router.post(
    f"{ONE}/confirmation", response=ResponseIdOut, auth=DECIDE, summary="Confirm the decision"
)
def confirm(request: HttpRequest, invocation: UUID) -> Any:  # noqa: ANN401
    """Confirm a decision, as a second person of the government that recorded it."""
    return taken(request, invocation_for, invocation, confirm_decision)


@router.put(
    "/desk/pledges/{uuid:pledge}", response=ResponseIdOut, auth=PROPOSE, summary="Change a pledge"
)
def change(request: HttpRequest, pledge: UUID, told: ResponseTermsIn) -> Any:  # noqa: ANN401
    """Change a pledge of one's own before it is put to the vote."""
    return taken(request, pledge_for, pledge, change_pledge, plan_of(told))


@router.delete(
    "/desk/pledges/{uuid:pledge}", response=ResponseIdOut, auth=PROPOSE, summary="Take back"
)
def take_back(request: HttpRequest, pledge: UUID) -> Any:  # noqa: ANN401
    """Take a pledge of one's own back before it is put to the vote."""
    return taken(request, pledge_for, pledge, withdraw_pledge)


@router.put(
    "/desk/pledges/{uuid:pledge}/publication",
    response=ResponseIdOut,
    auth=DECIDE,
    summary="Publish",
)
def publish(request: HttpRequest, pledge: UUID) -> Any:  # noqa: ANN401
    """Let a pledge out to whom it is meant for, as a second person."""
    return taken(request, pledge_for, pledge, publish_pledge)


@router.post(
    "/desk/pledges/{uuid:pledge}/deliveries", response={201: ResponseIdOut}, auth=PROPOSE,
    summary="Record a delivery",
)  # fmt: skip
def deliver(request: HttpRequest, pledge: UUID, told: DeliveryIn) -> Any:  # noqa: ANN401
    """Record what was delivered of a pledge of one's own."""
    return taken(request, pledge_for, pledge, record_delivery, **dict(told))


@router.delete(
    "/desk/deliveries/{uuid:delivery}",
    response=ResponseIdOut,
    auth=PROPOSE,
    summary="Take a delivery back",
)
def undeliver(request: HttpRequest, delivery: UUID) -> Any:  # noqa: ANN401
    """Take back a delivery that was recorded wrongly; it stays on record and is not counted."""
    return taken(request, delivery_for, delivery, take_back_delivery)


@router.post("/desk/pledges/{uuid:pledge}/end", response=ResponseIdOut, auth=PROPOSE, summary="End")
def end(request: HttpRequest, pledge: UUID, told: ResponseTextIn) -> Any:  # noqa: ANN401
    """End a measure of one's own, with reasons."""
    return taken(request, pledge_for, pledge, end_pledge, told.text)


@router.post(
    "/desk/conditions/{uuid:off_ramp}/confirmation", response=ResponseIdOut, auth=PROPOSE,
    summary="Confirm a condition",
)  # fmt: skip
def met(request: HttpRequest, off_ramp: UUID, told: ResponseTextIn) -> Any:  # noqa: ANN401
    """Confirm that a condition is met, as the member that was named."""
    return taken(request, off_ramp_for, off_ramp, confirm_off_ramp, told.text)

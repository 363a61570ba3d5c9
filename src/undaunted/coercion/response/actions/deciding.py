"""Votes that two people of a government cast, and the decision that follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.response.actions.compacts import bound_member, note
from undaunted.coercion.response.actions.invoking import current_invocation, standing_invocation
from undaunted.coercion.response.actions.turns import in_turn
from undaunted.coercion.response.models import Vote
from undaunted.coercion.response.queries import decider_of, leader_of, stage_over, tally_of
from undaunted.coercion.response.rules import (
    ResponseRefused,
    ResponseStage,
    StageRefused,
    check_declaring,
)
from undaunted.core.access.rules import Facts, Verb, require

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.coercion.response.models import Invocation
    from undaunted.coercion.response.rules import Choice
    from undaunted.core.access.rules import Actor

__all__ = ["cast_vote", "confirm_decision", "confirm_vote", "declare_decision", "reopen_vote"]

DECIDING = ("adopted", "decided_at", "decided_by", "decided_for")


def cast_vote(invocation: Invocation, choice: Choice, *, actor: Actor, at: datetime) -> Vote:
    """Cast the vote of one's own government; it counts once a second person confirms it."""
    member = bound_member(actor, invocation.compact)
    require(actor, Verb.RECORD, Facts(holder=member.holder))
    with in_turn():
        held = _open(current_invocation(invocation))
        vote = Vote.objects.select_for_update().filter(invocation=held, member=member).first()
        if vote is not None and vote.confirmed_at is not None:
            raise ResponseRefused("vote: it was confirmed and stands")
        if vote is None:
            vote = Vote(holder=member.holder, invocation=held, member=member, recorded_at=at)
        vote.choice, vote.recorded_by = choice, actor.person
        vote.save()
        note(
            "vote.cast", held.compact, actor=actor, at=at, vote=str(vote.pk),
            invocation=str(held.pk),
        )  # fmt: skip
    return vote


def confirm_vote(vote: Vote, *, actor: Actor, at: datetime) -> Vote:
    """Confirm the vote of one's own government, as a second person."""
    hands = frozenset({vote.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=vote.holder, earlier_hands=hands))
    with in_turn():
        held = _open(current_invocation(vote.invocation))
        rows = Vote.objects.select_for_update().filter(pk=vote.pk, confirmed_at__isnull=True)
        one = rows.first()
        if one is None or one.recorded_by != vote.recorded_by or one.choice != vote.choice:
            raise ResponseRefused("vote: it was confirmed or changed meanwhile; look again")
        one.confirmed_at, one.confirmed_by = at, actor.person
        one.save(update_fields=["confirmed_at", "confirmed_by"])
        note(
            "vote.confirmed", held.compact, actor=actor, at=at, vote=str(one.pk),
            invocation=str(held.pk),
        )  # fmt: skip
    return one


def declare_decision(invocation: Invocation, *, actor: Actor, at: datetime) -> Invocation:
    """Record, as the chair, what the confirmed votes decide; it is computed. Votes close.

    That is once all have voted or the time for it is over; every member may do it then.
    """
    deciding = decider_of(actor, invocation, at)
    require(actor, Verb.RECORD, Facts(holder=deciding))
    with in_turn():
        held = _open(standing_invocation(invocation))
        counted = tally_of(actor, held)
        check_declaring(counted.absent, overdue=stage_over(actor, held, at))
        held.adopted, held.decided_at, held.decided_by = counted.adopted, at, actor.person
        held.decided_for = deciding
        held.save(update_fields=DECIDING)
        note("response.decided", held.compact, actor=actor, at=at, invocation=str(held.pk))
    return held


def reopen_vote(invocation: Invocation, *, actor: Actor, at: datetime) -> Invocation:
    """Open the vote again, before a second person has confirmed what was recorded; one may."""
    verb = Verb.PUBLISH if actor.can(Verb.PUBLISH) else Verb.RECORD
    require(actor, verb, Facts(holder=decider_of(actor, invocation, at), earlier_hands=frozenset()))
    with in_turn():
        held = standing_invocation(invocation)
        if held.confirmed_at is not None or held.decided_at is None:
            raise ResponseRefused("decision: there is none that waits to be confirmed")
        held.adopted = held.decided_at = held.decided_by = held.decided_for = None
        held.save(update_fields=DECIDING)
        note("response.vote_reopened", held.compact, actor=actor, at=at, invocation=str(held.pk))
    return held


def confirm_decision(invocation: Invocation, *, actor: Actor, at: datetime) -> Invocation:
    """Confirm what was decided, as a second person of the government that recorded it."""
    hands = frozenset(filter(None, [invocation.decided_by])) or None
    deciding = invocation.decided_for or leader_of(actor, invocation)
    require(actor, Verb.PUBLISH, Facts(holder=deciding, earlier_hands=hands))
    with in_turn():
        held = standing_invocation(invocation)
        if held.confirmed_at is not None or held.decided_at is None:
            raise ResponseRefused("decision: there is none that waits to be confirmed")
        if (held.decided_by, held.decided_for) != (invocation.decided_by, invocation.decided_for):
            raise ResponseRefused("decision: it was recorded anew meanwhile; look again")
        held.confirmed_at, held.confirmed_by = at, actor.person
        held.save(update_fields=["confirmed_at", "confirmed_by"])
        note("response.confirmed", held.compact, actor=actor, at=at, invocation=str(held.pk))
    return held


def _open(held: Invocation) -> Invocation:
    if held.stage != ResponseStage.DECIDING:
        raise StageRefused(f"stage: votes are cast while deciding; the invocation is {held.stage}")
    if held.decided_at is not None:
        raise StageRefused("stage: the votes are closed; the decision was recorded")
    return held

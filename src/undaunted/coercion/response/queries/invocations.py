"""Invocations with everything the actor's government may read of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from undaunted.coercion.response.models import Delivery, Invocation, OffRamp, Statement, Vote
from undaunted.coercion.response.queries.compacts import (
    compacts_for,
    governments_of,
    members_of,
    notes_of,
    own_member,
    pledges_seen,
    taking_part,
)
from undaunted.coercion.response.rules import (
    CLOCKS,
    BurdenKey,
    Carrier,
    Choice,
    Reach,
    ResponseStage,
    Side,
    Standing,
    Tally,
    burden_table,
    ending_proposed,
    next_stages,
    tally,
)
from undaunted.core.clocks.rules import due, rule_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.coercion.response.models import Compact, Member, Pledge, Step
    from undaunted.coercion.response.rules import BurdenRow
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.rules import Deadline

__all__ = [
    "InvocationSheet",
    "PledgeLine",
    "Said",
    "burden_of",
    "decider_of",
    "delivery_for",
    "invocation_for",
    "invocation_sheet",
    "invocations_for",
    "leader_of",
    "off_ramp_for",
    "pledge_lines",
    "sides_of",
    "stage_deadline",
    "stage_over",
    "standing_of",
    "statements_of",
    "tally_of",
    "vote_for",
    "votes_of",
]


@dataclass(frozen=True, slots=True)
class PledgeLine:
    """A pledge with what was delivered, how many notes are kept, and whether to end it."""

    row: Pledge
    delivered: Decimal
    notes: int
    own: bool
    ending_proposed: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, and by which government."""

    row: Statement
    member: str


@dataclass(frozen=True, slots=True)
class InvocationSheet:
    """An invocation as the actor's government sees it."""

    row: Invocation
    sides: tuple[Side, ...]
    member: Member | None
    deadline: Deadline | None
    steps: tuple[Step, ...]
    statements: tuple[Said, ...]
    pledges: tuple[PledgeLine, ...]
    votes: tuple[Vote, ...]
    tally: Tally
    burden: tuple[BurdenRow, ...]
    following: tuple[ResponseStage, ...]
    overdue: bool


def invocations_for(actor: Actor) -> QuerySet[Invocation]:
    """Give the invocations of one's compacts, the newest first; before they are opened, one's own.

    Those against one's own state are not given.
    """
    mine = governments_of(actor)
    opened = Q(opened_at__isnull=False) | Q(holder__in=mine)
    rows = Invocation.objects.filter(opened, compact__in=compacts_for(actor))
    return rows.select_related("compact", "episode").order_by("-recorded_at", "id")


def invocation_for(actor: Actor, invocation: UUID) -> Invocation | None:
    """Give one invocation; None for absent and for forbidden."""
    return invocations_for(actor).filter(pk=invocation).first()


def sides_of(actor: Actor, invocation: Invocation) -> frozenset[Side]:
    """Say what the actor's government is in an invocation."""
    mine = governments_of(actor)
    member = own_member(actor, invocation.compact)
    if member is None or member.accepted_at is None:
        return frozenset()
    sides = {Side.MEMBER}
    if leader_of(actor, invocation) in mine:
        sides.add(Side.CHAIR)
    if invocation.holder in mine:
        sides.add(Side.INVOKER)
    return frozenset(sides)


def leader_of(_actor: Actor, invocation: Invocation) -> UUID:
    """Give the government that leads: the chair, or who invoked where the chair is the coercer.

    The database says it, which knows the coercer's government after it has left too.
    """
    which = [invocation.compact_id, invocation.episode_id, invocation.holder]
    with connection.cursor() as cursor:
        cursor.execute("SELECT response_leader(%s, %s, %s)", which)
        led: UUID | None = cursor.fetchone()[0]
    return led or invocation.compact.holder


def standing_of(actor: Actor, invocation: Invocation, at: datetime, reason: str = "") -> Standing:
    """Give what an invocation has so far, as everybody in the compact can see it.

    What members let out beforehand is put to the vote with it.
    """
    assessments = statements_of(actor, invocation).filter(
        stage=ResponseStage.ASSESSING, reach=Reach.MEMBERS
    )
    let_out = pledges_seen(actor).filter(
        ~Q(reach=Reach.OWN), approved_at__isnull=False, compact=invocation.compact
    )
    beforehand = Q(
        invocation__isnull=True,
        ended_at__isnull=True,
        member__in=taking_part(actor, invocation.compact, invocation.episode).values("pk"),
    )
    pledges = let_out.filter(Q(invocation=invocation) | beforehand)
    return Standing(
        assessments=assessments.count(),
        pledges=pledges.count(),
        adopted=invocation.adopted if invocation.confirmed_at else None,
        reason=reason,
        overdue=stage_over(actor, invocation, at),
    )


def stage_over(actor: Actor, invocation: Invocation, at: datetime) -> bool:
    """Whether the stage takes longer than it normally does: every member may go on from here."""
    deadline = stage_deadline(actor, invocation, at)
    return bool(deadline and deadline.soft_due_at and deadline.soft_due_at <= at)


def decider_of(actor: Actor, invocation: Invocation, at: datetime) -> UUID:
    """Give the government that closes the vote: who leads, or one's own once its time is over."""
    leader, member = leader_of(actor, invocation), own_member(actor, invocation.compact)
    if member is None or not stage_over(actor, invocation, at):
        return leader
    return member.holder


def statements_of(actor: Actor, invocation: Invocation) -> QuerySet[Statement]:
    """Give what members shared and what one's own people keep, oldest first."""
    rows = Statement.objects.filter(invocation=invocation)
    seen = Q(holder__in=governments_of(actor)) | ~Q(reach=Reach.OWN)
    return rows.filter(seen, invocation__compact__in=compacts_for(actor))


def votes_of(actor: Actor, invocation: Invocation) -> QuerySet[Vote]:
    """Give the votes that two people cast, and one's own that waits for a second person."""
    seen = Q(confirmed_at__isnull=False) | Q(holder__in=governments_of(actor))
    rows = Vote.objects.filter(
        seen, invocation=invocation, invocation__compact__in=compacts_for(actor)
    )
    return rows.select_related("member").order_by("member__name", "id")


def vote_for(actor: Actor, vote: UUID) -> Vote | None:
    """Give a vote of one's own government; None for absent and for forbidden."""
    rows = Vote.objects.filter(pk=vote, holder__in=governments_of(actor))
    return rows.select_related("invocation__compact", "member").first()


def off_ramp_for(actor: Actor, off_ramp: UUID) -> OffRamp | None:
    """Give a condition of a pledge that the actor sees; None for absent and for forbidden."""
    rows = OffRamp.objects.filter(pk=off_ramp, pledge__in=pledges_seen(actor))
    return rows.select_related("pledge__invocation", "pledge__compact", "confirmer").first()


def delivery_for(actor: Actor, delivery: UUID) -> Delivery | None:
    """Give a delivery of one's own government; None for absent and for forbidden."""
    rows = Delivery.objects.filter(pk=delivery, holder__in=governments_of(actor))
    return rows.select_related("pledge__invocation", "pledge__compact").first()


def tally_of(actor: Actor, invocation: Invocation) -> Tally:
    """Count the confirmed votes by the compact's rule."""
    bound = taking_part(actor, invocation.compact, invocation.episode)
    weights = {member.pk: member.weight for member in bound}
    votes = {
        vote.member_id: Choice(vote.choice)
        for vote in votes_of(actor, invocation)
        if vote.confirmed_at is not None and vote.member_id in weights
    }
    return tally(invocation.compact.rule, weights, votes)


def burden_of(
    actor: Actor, invocation: Invocation, lines: tuple[PledgeLine, ...]
) -> tuple[BurdenRow, ...]:
    """Share the amounts that are pledged and seen among the members, by the compact's key.

    What one person pledged and nobody confirmed is no pledge yet.
    """
    carriers = []
    for member in taking_part(actor, invocation.compact, invocation.episode):
        theirs = [line for line in lines if line.row.member_id == member.pk]
        held = [each for each in theirs if each.row.approved_at or each.row.reach == Reach.OWN]
        pledged = sum((_promised(line) for line in held), Decimal(0))
        delivered = sum((line.delivered for line in held), Decimal(0))
        carriers.append(Carrier(member.name, member.gdp, member.exposure, pledged, delivered))
    return burden_table(carriers, BurdenKey(invocation.compact.burden_key))


def _promised(line: PledgeLine) -> Decimal:
    """Give what a pledge comes to: once it has ended, what was delivered until then."""
    return line.delivered if line.row.ended_at else line.row.amount or Decimal(0)


def pledge_lines(
    actor: Actor, compact: Compact, invocation: Invocation | None
) -> tuple[PledgeLine, ...]:
    """Give the pledges of an invocation, or those made beforehand, with what came of them."""
    rows = list(pledges_seen(actor).filter(compact=compact, invocation=invocation))
    notes, mine = notes_of(actor, rows), governments_of(actor)
    return tuple(
        PledgeLine(
            row=row,
            delivered=sum(
                (
                    each.amount or Decimal(0)
                    for each in row.deliveries.all()
                    if not each.taken_back_at
                ),
                Decimal(0),
            ),
            notes=notes.get(row.pk, 0),
            own=row.holder in mine,
            ending_proposed=ending_proposed(
                confirmed=sum(each.met_at is not None for each in row.off_ramps.all()),
                ended=row.ended_at is not None,
            ),
        )
        for row in rows
    )


def stage_deadline(_actor: Actor, invocation: Invocation, now: datetime) -> Deadline | None:
    """Reckon when the stage normally ends; None for one that is closed."""
    name = CLOCKS.get(ResponseStage(invocation.stage))
    if name is None:
        return None
    return due(rule_for(name, invocation.moved_at.date()), invocation.moved_at, now=now)


def invocation_sheet(actor: Actor, invocation: Invocation, now: datetime) -> InvocationSheet:
    """Give an invocation with everything that the actor's government may read of it."""
    lines = pledge_lines(actor, invocation.compact, invocation)
    said = statements_of(actor, invocation)
    named = dict(members_of(actor, invocation.compact).values_list("holder", "name"))
    return InvocationSheet(
        row=invocation,
        sides=tuple(sorted(sides_of(actor, invocation))),
        member=own_member(actor, invocation.compact),
        deadline=stage_deadline(actor, invocation, now),
        steps=tuple(invocation.steps.all()),
        statements=tuple(Said(row, named.get(row.holder, "")) for row in said),
        pledges=lines,
        votes=tuple(votes_of(actor, invocation)),
        tally=tally_of(actor, invocation),
        burden=burden_of(actor, invocation, lines),
        following=next_stages(ResponseStage(invocation.stage)),
        overdue=stage_over(actor, invocation, now),
    )

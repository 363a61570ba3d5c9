"""Who belongs to a compact: put on the roll, invited by two, accepting and leaving by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.response.actions.compacts import enrol, note
from undaunted.coercion.response.actions.turns import in_turn
from undaunted.coercion.response.models import Invocation, Member, MemberStep, Pledge
from undaunted.coercion.response.queries import members_of
from undaunted.coercion.response.rules import (
    ResponseRefused,
    ResponseStage,
    StepKind,
    checked_amount,
)
from undaunted.core.access.rules import Facts, Forbidden, Verb, require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from undaunted.coercion.response.models import Compact
    from undaunted.core.access.rules import Actor

__all__ = [
    "accept_membership",
    "confirm_invitations",
    "confirm_membership",
    "hide_member",
    "invite_member",
    "leave_compact",
]


def invite_member(
    compact: Compact, government: UUID, *, actor: Actor, at: datetime, weight: int = 1
) -> Member:
    """Put a government on the roll, as the chair; it knows once a second person confirms it.

    Whoever accepts, accepts the roll with its weights: once another than the chair has, nobody is
    added any more.
    """
    require(actor, Verb.RECORD, Facts(holder=compact.holder))
    _check_roll(actor, compact)
    with in_turn():
        return enrol(compact, government, weight, actor=actor, at=at)


def confirm_invitations(compact: Compact, *, actor: Actor, at: datetime) -> Compact:
    """Send the invitations that wait, as a second person of the chair: the invited read the text.

    Those that the actor put on the roll wait for another.
    """
    rows = Member.objects.filter(compact=compact, invited_at__isnull=True, left_at__isnull=True)
    waiting = rows.exclude(holder=compact.holder)
    hands = frozenset(waiting.values_list("recorded_by", flat=True))
    require(actor, Verb.PUBLISH, Facts(holder=compact.holder, earlier_hands=hands))
    _check_roll(actor, compact)
    with in_turn():
        held = list(waiting.select_for_update())
        if not held:
            raise ResponseRefused("invitations: none waits to be confirmed")
        for each in held:
            each.invited_at, each.invited_by = at, actor.person
            each.save(update_fields=["invited_at", "invited_by"])
            note("compact.invitation_confirmed", compact, actor=actor, at=at, member=str(each.pk))
    return compact


def accept_membership(  # noqa: PLR0913 - by whom, with which values, named in public or not
    member: Member,
    *,
    actor: Actor,
    at: datetime,
    gdp: Decimal | None = None,
    exposure: Decimal | None = None,
    public: bool = False,
) -> MemberStep:
    """Propose that one's own government accept; it is bound once a second person confirms.

    With the values by which burden may be shared, and whether it is named in public.
    """
    for name, value in (("gdp", gdp), ("exposure", exposure)):
        checked_amount(name, value)
    if member.accepted_at is not None:
        raise ResponseRefused("membership: it was accepted before")
    values = {"gdp": gdp, "exposure": exposure, "public": public}
    return _propose(member, StepKind.ACCEPT, values, actor=actor, at=at)


def leave_compact(member: Member, *, actor: Actor, at: datetime) -> MemberStep:
    """Propose that one's own government leave, or decline; a second person confirms it."""
    values = {"gdp": None, "exposure": None, "public": False}
    return _propose(member, StepKind.LEAVE, values, actor=actor, at=at)


def confirm_membership(member: Member, kind: StepKind, *, actor: Actor, at: datetime) -> Member:
    """Confirm what a colleague proposed: the government accepts with these values, or leaves.

    What a government that leaves pledged beforehand is taken back with it.
    """
    step = MemberStep.objects.filter(member=member, kind=kind, confirmed_at__isnull=True).first()
    if step is None:
        raise ResponseRefused(f"membership: no colleague has proposed to {kind}")
    hands = frozenset({step.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=member.holder, earlier_hands=hands))
    with in_turn():
        held = _standing_member(member)
        rows = MemberStep.objects.select_for_update().filter(pk=step.pk, kind=kind)
        now = rows.filter(recorded_by=step.recorded_by, confirmed_at__isnull=True).first()
        if now is None:
            raise ResponseRefused("membership: it was confirmed or proposed anew; look again")
        now.confirmed_at, now.confirmed_by = at, actor.person
        now.save(update_fields=["confirmed_at", "confirmed_by"])
        if now.kind == StepKind.LEAVE:
            _take_back_pledges(held, actor=actor, at=at)
            held.left_at = at
            held.save(update_fields=["left_at"])
        else:
            held.gdp, held.exposure, held.public = now.gdp, now.exposure, now.public
            held.accepted_at, held.accepted_by = at, actor.person
            held.save(update_fields=["gdp", "exposure", "public", "accepted_at", "accepted_by"])
        verb = "compact.left" if now.kind == StepKind.LEAVE else "compact.accepted"
        note(verb, held.compact, actor=actor, at=at, member=str(held.pk))
    return held


def hide_member(member: Member, *, actor: Actor, at: datetime) -> Member:
    """Take the name of one's own government out of what is public at once; one person may."""
    require(actor, Verb.TAKE_DOWN, Facts(holder=member.holder))
    if not member.public:
        raise ResponseRefused("membership: it is not named in public")
    with in_turn():
        member.public = False
        member.save(update_fields=["public"])
        note("compact.member_hidden", member.compact, actor=actor, at=at, member=str(member.pk))
    return member


def _propose(
    member: Member, kind: StepKind, values: Mapping[str, object], *, actor: Actor, at: datetime
) -> MemberStep:
    require(actor, Verb.RECORD, Facts(holder=member.holder))
    with in_turn():
        held = _standing_member(member)
        told = {**values} | {
            "kind": kind,
            "recorded_by": actor.person,
            "confirmed_at": None,
            "confirmed_by": None,
        }
        made = MemberStep.objects.select_for_update().filter(member=held).first()
        if made is None:
            made = MemberStep(member=held, holder=held.holder, recorded_at=at)
        for name, value in told.items():
            setattr(made, name, value)
        made.save()
        verb = (
            "compact.leaving_proposed" if kind is StepKind.LEAVE else "compact.accepting_proposed"
        )
        note(verb, held.compact, actor=actor, at=at, member=str(held.pk))
    return made


def _take_back_pledges(member: Member, *, actor: Actor, at: datetime) -> None:
    """Take back what was pledged beforehand: nobody reads it once its government has left."""
    rows = Pledge.objects.select_for_update().filter(
        member=member, invocation=None, withdrawn_at=None, ended_at=None
    )
    for each in rows:
        each.withdrawn_at = at
        each.save(update_fields=["withdrawn_at"])
        note("pledge.withdrawn", member.compact, actor=actor, at=at, pledge=str(each.pk))


def _standing_member(member: Member) -> Member:
    rows = Member.objects.select_for_update(of=("self",)).select_related("compact")
    held = rows.filter(pk=member.pk, left_at__isnull=True).first()
    if held is None:
        raise Forbidden("there is no such membership for you")
    _check_closed(held.compact)
    return held


def _check_roll(actor: Actor, compact: Compact) -> None:
    _check_closed(compact)
    if members_of(actor, compact).filter(agreed=True).exists():
        raise ResponseRefused("members: they agreed to who belongs to it; begin another compact")


def _check_closed(compact: Compact) -> None:
    open_ones = Invocation.objects.filter(compact=compact, opened_at__isnull=False)
    if open_ones.exclude(stage=ResponseStage.CLOSED).exists():
        raise ResponseRefused("members: they do not change while an invocation is open")

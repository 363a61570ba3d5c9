"""Pledges made, changed before the vote, published, delivered, ended; conditions that end them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.response.actions.compacts import bound_member, note
from undaunted.coercion.response.actions.delivering import check_monitored
from undaunted.coercion.response.actions.keeping import keep_texts
from undaunted.coercion.response.actions.turns import in_turn
from undaunted.coercion.response.models import Note, OffRamp, Pledge
from undaunted.coercion.response.queries import taking_part
from undaunted.coercion.response.rules import (
    Reach,
    ResponseRefused,
    ResponseStage,
    check_ending,
    check_pledging,
    checked_pledge,
    checked_text,
)
from undaunted.core.access.rules import Facts, Forbidden, Verb, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from undaunted.coercion.response.models import Compact, Invocation, RollEntry
    from undaunted.coercion.response.rules import OffRampPlan, PledgePlan
    from undaunted.core.access.rules import Actor

__all__ = [
    "change_pledge",
    "confirm_off_ramp",
    "end_pledge",
    "publish_pledge",
    "record_pledge",
    "withdraw_pledge",
]


def record_pledge(  # noqa: PLR0913 - to which compact, what, in which invocation, how it ends
    compact: Compact,
    plan: PledgePlan,
    *,
    actor: Actor,
    at: datetime,
    invocation: Invocation | None = None,
    off_ramps: Sequence[OffRampPlan] = (),
) -> Pledge:
    """Pledge for one's own government: in an invocation, or beforehand without one."""
    member = bound_member(actor, compact)
    require(actor, Verb.RECORD, Facts(holder=member.holder))
    checked_pledge(plan)
    if invocation is not None and plan.reach is Reach.PUBLIC:
        raise ResponseRefused("reach: what is pledged in an invocation is for the members")
    check_pledging(ResponseStage(invocation.stage) if invocation else None)
    with in_turn():
        made = Pledge(
            holder=member.holder,
            member=member,
            compact=compact,
            invocation=invocation,
            recorded_at=at,
            recorded_by=actor.person,
            **_terms(plan),
        )
        if plan.reach is Reach.OWN:
            keep_texts(made, _texts(plan), member, actor=actor, at=at)
        made.save(force_insert=True)
        _keep_note(made, plan.note, actor, at)
        for each in off_ramps:
            _add_off_ramp(made, each, actor, at)
        _note(made, "pledge.recorded", actor, at, {})
    return made


def change_pledge(pledge: Pledge, plan: PledgePlan, *, actor: Actor, at: datetime) -> Pledge:
    """Change a pledge of one's own before it is put to the vote; it is not public then.

    Raises `PledgeFrozen`.
    """
    require(actor, Verb.RECORD, Facts(holder=pledge.holder))
    checked_pledge(plan)
    with in_turn():
        held = _standing(pledge)
        check_pledging(ResponseStage(held.invocation.stage) if held.invocation else None)
        if held.invocation is not None and plan.reach is Reach.PUBLIC:
            raise ResponseRefused("reach: what is pledged in an invocation is for the members")
        if (held.reach == Reach.OWN) is not (plan.reach is Reach.OWN):
            raise ResponseRefused(
                "reach: what is kept is not shown by a change, nor kept after it was shown; take "
                "the pledge back and pledge it anew"
            )
        changes = _terms(plan) | {
            "approved_at": None,
            "approved_by": None,
            "changed_by": actor.person,
        }
        for name, value in changes.items():
            setattr(held, name, value)
        if plan.reach is Reach.OWN:
            keep_texts(held, _texts(plan), held.member, actor=actor, at=at)
        held.save(update_fields=[*changes, "envelope", "sequence"])
        _keep_note(held, plan.note, actor, at)
        _note(held, "pledge.changed", actor, at, {})
    return held


def withdraw_pledge(pledge: Pledge, *, actor: Actor, at: datetime) -> Pledge:
    """Take a pledge of one's own back before it is put to the vote. Raises `PledgeFrozen`."""
    require(actor, Verb.RECORD, Facts(holder=pledge.holder))
    with in_turn():
        held = _standing(pledge)
        check_pledging(ResponseStage(held.invocation.stage) if held.invocation else None)
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        _note(held, "pledge.withdrawn", actor, at, {})
    return held


def publish_pledge(pledge: Pledge, *, actor: Actor, at: datetime) -> Pledge:
    """Let a pledge out to its members or to everybody, as a second person of its government.

    Until then it is read by its own government alone, binds nobody and is not put to the vote.
    """
    hands = frozenset({pledge.recorded_by, *filter(None, [pledge.changed_by])})
    require(actor, Verb.PUBLISH, Facts(holder=pledge.holder, earlier_hands=hands))
    if pledge.reach == Reach.OWN:
        raise ResponseRefused("reach: the pledge is not meant for others; change it first")
    with in_turn():
        held = _standing(pledge)
        check_pledging(ResponseStage(held.invocation.stage) if held.invocation else None)
        if held.approved_at is not None:
            raise ResponseRefused("pledge: it was confirmed before")
        if not {held.recorded_by, held.changed_by} <= hands | {None}:
            raise ResponseRefused("pledge: it was changed meanwhile; look again")
        held.approved_at, held.approved_by = at, actor.person
        held.save(update_fields=["approved_at", "approved_by"])
        _note(held, "pledge.published", actor, at, {})
    return held


def end_pledge(pledge: Pledge, why: str, *, actor: Actor, at: datetime) -> Pledge:
    """End a measure of one's own that is in force, with reasons; it is kept as it was."""
    require(actor, Verb.RECORD, Facts(holder=pledge.holder))
    if not checked_text("why", why):
        raise ResponseRefused("why: say why the measure ends")
    with in_turn():
        held = _standing(pledge)
        check_ending(ResponseStage(held.invocation.stage) if held.invocation else None)
        if held.kept:
            _keep_note(held, why, actor, at)
        held.ended_at, held.ended_why = at, "" if held.kept else why.strip()
        held.save(update_fields=["ended_at", "ended_why"])
        _note(held, "pledge.ended", actor, at, {})
    return held


def confirm_off_ramp(off_ramp: OffRamp, shown_by: str, *, actor: Actor, at: datetime) -> OffRamp:
    """Confirm, as the member that was named, that a condition is met: its measure is to end."""
    require(actor, Verb.RECORD, Facts(holder=off_ramp.confirmer.holder))
    if not checked_text("shown_by", shown_by):
        raise ResponseRefused("shown_by: say what shows that the condition is met")
    check_monitored(off_ramp.pledge)
    with in_turn():
        rows = OffRamp.objects.select_for_update().filter(pk=off_ramp.pk, met_at__isnull=True)
        held = rows.first()
        if held is None:
            raise ResponseRefused("condition: it was confirmed before")
        if held.kept:
            _keep_note(off_ramp.pledge, shown_by, actor, at)
        told = "" if held.kept else shown_by.strip()
        held.met_at, held.met_by, held.shown_by = at, actor.person, told
        held.save(update_fields=["met_at", "met_by", "shown_by"])
        _note(off_ramp.pledge, "pledge.ending_proposed", actor, at, {"condition": str(held.pk)})
    return held


def _terms(plan: PledgePlan) -> dict[str, object]:
    return {
        "kind": plan.kind,
        "text": plan.text.strip(),
        "legal_basis": plan.legal_basis.strip(),
        "trigger": plan.trigger.strip(),
        "off_ramp": plan.off_ramp.strip(),
        "amount": plan.amount,
        "reach": plan.reach,
    }


def _texts(plan: PledgePlan) -> dict[str, str]:
    told = _terms(plan)
    return {name: str(told[name]) for name in ("text", "legal_basis", "trigger", "off_ramp")}


def _keep_note(pledge: Pledge, text: str, actor: Actor, at: datetime) -> None:
    if text.strip():
        made = Note(holder=pledge.holder, pledge=pledge, recorded_at=at, recorded_by=actor.person)
        keep_texts(made, {"text": text.strip()}, pledge.member, actor=actor, at=at)
        made.save(force_insert=True)


def _add_off_ramp(pledge: Pledge, plan: OffRampPlan, actor: Actor, at: datetime) -> None:
    condition = checked_text("condition", plan.condition)
    evidence = checked_text("evidence", plan.evidence)
    if not condition or not evidence:
        raise ResponseRefused("condition, evidence: say what ends the measure and what shows it")
    confirmer = _confirmer(actor, pledge, plan.confirmer)
    made = OffRamp(
        holder=pledge.holder,
        pledge=pledge,
        condition=condition,
        evidence=evidence,
        confirmer_id=confirmer.pk,
        recorded_at=at,
        recorded_by=actor.person,
    )
    if pledge.kept:
        if confirmer.pk != pledge.member_id:
            raise ResponseRefused(
                "confirmer: another member reads nothing of what is kept; name your own government"
            )
        told = {"condition": made.condition, "evidence": made.evidence}
        keep_texts(made, told, pledge.member, actor=actor, at=at)
    made.save(force_insert=True)


def _confirmer(actor: Actor, pledge: Pledge, country: str) -> RollEntry:
    episode = pledge.invocation.episode if pledge.invocation else None
    rows = taking_part(actor, pledge.compact, episode)
    held = rows.filter(country=country.strip().upper()).first()
    if held is None:
        raise ResponseRefused(f"confirmer: no member of the compact has the code {country!r}")
    return held


def _standing(pledge: Pledge) -> Pledge:
    rows = Pledge.objects.select_for_update(of=("self",)).select_related(
        "invocation", "compact", "member"
    )
    held = rows.filter(pk=pledge.pk, withdrawn_at__isnull=True).first()
    if held is None:
        raise Forbidden("there is no such pledge for you")
    if held.ended_at is not None:
        raise ResponseRefused("pledge: it has ended; make another")
    return held


def _note(pledge: Pledge, verb: str, actor: Actor, at: datetime, detail: dict[str, object]) -> None:
    note(verb, pledge.compact, actor=actor, at=at, pledge=str(pledge.pk), **detail)

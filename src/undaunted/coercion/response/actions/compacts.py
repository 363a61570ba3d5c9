"""A compact begun, governments invited and accepting, published by two, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.coercion.response.models import Compact, Invocation, Member
from undaunted.coercion.response.queries import own_member
from undaunted.coercion.response.rules import (
    BurdenKey,
    CompactTaken,
    DecisionRule,
    ResponseRefused,
    Stage,
)
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.accounts.queries import governments_known
from undaunted.core.audit.actions import record_entry
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.standards.rules import PackUnknown
from undaunted.core.standards.rules import pack as pack_in_force

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = [
    "TRIGGER",
    "CompactPlan",
    "accept_membership",
    "begin_compact",
    "invite_member",
    "leave_compact",
    "publish_compact",
    "withdraw_compact",
]

TRIGGER = "coercion-trigger"
HEAVIEST = 1000


@dataclass(frozen=True, slots=True)
class CompactPlan:
    """What a compact is; its members agree to it as it stands."""

    reference: str
    name: str
    rule: DecisionRule
    summary: str = ""
    burden_key: BurdenKey = BurdenKey.GDP
    currency: str = "USD"
    pack: str = TRIGGER


def begin_compact(holder: UUID, plan: CompactPlan, *, actor: Actor, at: datetime) -> Compact:
    """Begin a compact, which its holder chairs and is the first to be invited to.

    Raises `CompactTaken`, `ResponseRefused`, and `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    if not plan.name.strip():
        raise ResponseRefused("name: say what the compact is called")
    if len(plan.currency) != len("USD") or not plan.currency.isalpha():
        raise ResponseRefused(f"currency: {plan.currency!r} is no code; write three letters")
    try:
        standard = pack_in_force(plan.pack, at.date())
    except PackUnknown:
        raise ResponseRefused(f"pack: there is no rule pack {plan.pack!r}") from None
    if "episode" not in standard.subject_kinds:
        raise ResponseRefused(f"pack: {plan.pack} says nothing about episodes")
    if plan.reference == "new" or Compact.objects.filter(reference=plan.reference).exists():
        raise CompactTaken(f"reference: {plan.reference} is taken; choose another")
    with transaction.atomic():
        made = Compact.objects.create(
            holder=holder,
            reference=plan.reference,
            name=plan.name.strip(),
            summary=plan.summary.strip(),
            pack=plan.pack,
            voting=plan.rule.voting,
            quorum=plan.rule.quorum,
            threshold=plan.rule.threshold,
            burden_key=plan.burden_key,
            currency=plan.currency.upper(),
            recorded_at=at,
            recorded_by=actor.person,
        )
        note("compact.begun", made, actor=actor, at=at, voting=made.voting, quorum=made.quorum)
        invite_member(made, holder, actor=actor, at=at)
    return made


def invite_member(
    compact: Compact, government: UUID, *, actor: Actor, at: datetime, weight: int = 1
) -> Member:
    """Invite a government, as the chair. It is bound once its own people accept."""
    require(actor, Verb.RECORD, Facts(holder=compact.holder))
    _check_closed(compact)
    if not 1 <= weight <= HEAVIEST:
        raise ResponseRefused(f"weight: {weight} is none; give 1 to {HEAVIEST}")
    body = governments_known(actor).filter(pk=government).first()
    if body is None:
        raise ResponseRefused("government: no government body of that id has an office here")
    if Member.objects.filter(compact=compact, holder=government).exists():
        raise ResponseRefused(f"government: {body.name} was invited before")
    with transaction.atomic():
        made = Member.objects.create(
            holder=body.pk,
            compact=compact,
            name=body.name,
            country=_country(body.country),
            weight=weight,
            recorded_at=at,
            recorded_by=actor.person,
        )
        note("compact.invited", compact, actor=actor, at=at, member=str(made.pk), weight=weight)
    return made


def accept_membership(
    member: Member,
    *,
    actor: Actor,
    at: datetime,
    gdp: Decimal | None = None,
    exposure: Decimal | None = None,
) -> Member:
    """Accept for one's own government, with the values by which burden may be shared."""
    facts = Facts(holder=member.holder, earlier_hands=frozenset())
    require(actor, Verb.PUBLISH, facts)
    for name, value in (("gdp", gdp), ("exposure", exposure)):
        if value is not None and value <= 0:
            raise ResponseRefused(f"{name}: give a number above nought, or none")
    with transaction.atomic():
        held = _standing_member(member)
        if held.accepted_at is not None:
            raise ResponseRefused("membership: it was accepted before")
        held.gdp, held.exposure = gdp, exposure
        held.accepted_at, held.accepted_by = at, actor.person
        held.save(update_fields=["gdp", "exposure", "accepted_at", "accepted_by"])
        note("compact.accepted", held.compact, actor=actor, at=at, member=str(held.pk))
    return held


def leave_compact(member: Member, *, actor: Actor, at: datetime) -> Member:
    """Leave for one's own government, or decline; not while an invocation is open."""
    facts = Facts(holder=member.holder, earlier_hands=frozenset())
    require(actor, Verb.PUBLISH, facts)
    with transaction.atomic():
        held = _standing_member(member)
        held.left_at = at
        held.save(update_fields=["left_at"])
        note("compact.left", held.compact, actor=actor, at=at, member=str(held.pk))
    return held


def publish_compact(compact: Compact, *, actor: Actor, at: datetime) -> Compact:
    """Let everybody read the compact, its members and what they published, as a second person."""
    hands = frozenset({compact.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=compact.holder, earlier_hands=hands))
    with transaction.atomic():
        held = _standing(compact)
        held.approved_at, held.approved_by = at, actor.person
        held.save(update_fields=["approved_at", "approved_by"])
        note("compact.published", held, actor=actor, at=at)
    return held


def withdraw_compact(compact: Compact, *, actor: Actor, at: datetime) -> Compact:
    """Hide a compact from everybody but its members at once; one person may."""
    require(actor, Verb.TAKE_DOWN, Facts(holder=compact.holder))
    with transaction.atomic():
        held = _standing(compact)
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        note("compact.withdrawn", held, actor=actor, at=at)
    return held


def bound_member(actor: Actor, compact: Compact) -> Member:
    """Give the membership of one's own government that has accepted. Raises `Forbidden`."""
    member = own_member(actor, compact)
    if member is None or member.accepted_at is None:
        raise Forbidden("your government has not accepted this compact")
    return member


def note(verb: str, compact: Compact, *, actor: Actor, at: datetime, **detail: object) -> None:
    """Record one entry about a compact."""
    record_entry(
        verb,
        actor=actor,
        subject_kind="compact",
        subject_id=compact.pk,
        at=at,
        detail=dict(detail),
    )


def _standing(compact: Compact) -> Compact:
    held = Compact.objects.select_for_update().filter(pk=compact.pk).first()
    if held is None:
        raise Forbidden("there is no such compact for you")
    if held.withdrawn_at is not None:
        raise ResponseRefused("the compact was withdrawn; begin another")
    return held


def _standing_member(member: Member) -> Member:
    rows = Member.objects.select_for_update(of=("self",)).select_related("compact")
    held = rows.filter(pk=member.pk, left_at__isnull=True).first()
    if held is None:
        raise Forbidden("there is no such membership for you")
    _check_closed(held.compact)
    return held


def _check_closed(compact: Compact) -> None:
    if Invocation.objects.filter(compact=compact).exclude(stage=Stage.CLOSED).exists():
        raise ResponseRefused("members: they do not change while an invocation is open")


def _country(code: str) -> str:
    try:
        return country(code).code
    except UnknownCountry:
        raise ResponseRefused("government: its office has no country; its people add one") from None

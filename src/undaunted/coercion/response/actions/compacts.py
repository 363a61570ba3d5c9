"""A compact begun, published by two people of its chair, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.response.actions.turns import in_turn
from undaunted.coercion.response.models import Compact, Member
from undaunted.coercion.response.queries import own_member, published_compact
from undaunted.coercion.response.rules import (
    LONGEST_NAME,
    BurdenKey,
    CompactTaken,
    DecisionRule,
    ResponseRefused,
    checked_key,
    checked_text,
)
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.accounts.queries import governments_known
from undaunted.core.audit.actions import record_entry
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.standards.rules import PackUnknown
from undaunted.core.standards.rules import pack as pack_in_force

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = [
    "TRIGGER",
    "CompactPlan",
    "begin_compact",
    "enrol",
    "note",
    "publish_compact",
    "withdraw_compact",
]

TRIGGER = "coercion-trigger"
HEAVIEST = 1000


@dataclass(frozen=True, slots=True)
class CompactPlan:
    """What a compact is; its members agree to it as it stands. `weight` is that of the chair."""

    reference: str
    name: str
    rule: DecisionRule
    summary: str = ""
    burden_key: BurdenKey = BurdenKey.GDP
    currency: str = "USD"
    pack: str = TRIGGER
    weight: int = 1


def begin_compact(holder: UUID, plan: CompactPlan, *, actor: Actor, at: datetime) -> Compact:
    """Begin a compact, which its holder chairs and is the first on the roll of.

    Raises `CompactTaken`, `ResponseRefused`, and `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    checked_key("reference", plan.reference)
    checked_text("summary", plan.summary)
    if not checked_text("name", plan.name, LONGEST_NAME):
        raise ResponseRefused("name: say what the compact is called")
    if len(plan.currency) != len("USD") or not plan.currency.isalpha():
        raise ResponseRefused(f"currency: {plan.currency!r} is no code; write three letters")
    try:
        standard = pack_in_force(plan.pack, at.date())
    except PackUnknown:
        raise ResponseRefused(f"pack: there is no rule pack {plan.pack!r}") from None
    if "episode" not in standard.subject_kinds:
        raise ResponseRefused(f"pack: {plan.pack} says nothing about episodes")
    own = Compact.objects.filter(holder=holder, reference=plan.reference)
    if plan.reference == "new" or own.exists():
        raise CompactTaken(f"reference: {plan.reference} is taken; choose another")
    with in_turn():
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
        note("compact.begun", made, actor=actor, at=at)
        enrol(made, holder, plan.weight, actor=actor, at=at)
    return made


def enrol(compact: Compact, government: UUID, weight: int, *, actor: Actor, at: datetime) -> Member:
    """Put a government on the roll; part of beginning a compact and of inviting."""
    if not 1 <= weight <= HEAVIEST:
        raise ResponseRefused(f"weight: {weight} is none; give 1 to {HEAVIEST}")
    body = governments_known(actor).filter(pk=government).first()
    if body is None:
        raise ResponseRefused("government: no government body of that id has an office here")
    if Member.objects.filter(compact=compact, holder=government).exists():
        raise ResponseRefused(f"government: {body.name} was invited before")
    try:
        code = country(body.country).code
    except UnknownCountry:
        raise ResponseRefused("government: its office has no country; its people add one") from None
    made = Member.objects.create(
        holder=body.pk,
        compact=compact,
        name=body.name,
        country=code,
        weight=weight,
        recorded_at=at,
        recorded_by=actor.person,
    )
    note("compact.invited", compact, actor=actor, at=at, member=str(made.pk))
    return made


def publish_compact(compact: Compact, *, actor: Actor, at: datetime) -> Compact:
    """Let everybody read the compact, as a second person; members are named by their own people.

    What they published beforehand is read with it. Raises `CompactTaken`, and `Forbidden` for a
    chair that has not accepted, or has left.
    """
    hands = frozenset({compact.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=compact.holder, earlier_hands=hands))
    bound_member(actor, compact)
    public = published_compact(actor, compact.reference)
    if public is not None and public.pk != compact.pk:
        raise CompactTaken(f"reference: another public compact is called {compact.reference}")
    with in_turn():
        held = _standing(compact)
        held.approved_at, held.approved_by = at, actor.person
        held.save(update_fields=["approved_at", "approved_by"])
        note("compact.published", held, actor=actor, at=at)
    return held


def withdraw_compact(compact: Compact, *, actor: Actor, at: datetime) -> Compact:
    """Hide a compact from everybody but its members at once; one person of its chair may.

    The chair may after it has left, too: its name stands there.
    """
    require(actor, Verb.TAKE_DOWN, Facts(holder=compact.holder))
    with in_turn():
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

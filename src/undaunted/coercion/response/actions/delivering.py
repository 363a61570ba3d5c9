"""What was delivered of a pledge: recorded within what was pledged, and taken back if wrong."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from undaunted.coercion.response.actions.compacts import note
from undaunted.coercion.response.actions.keeping import keep_texts
from undaunted.coercion.response.actions.turns import in_turn
from undaunted.coercion.response.models import Delivery, Pledge
from undaunted.coercion.response.rules import (
    Reach,
    ResponseRefused,
    ResponseStage,
    StageRefused,
    check_delivery,
    checked_amount,
    checked_text,
)
from undaunted.core.access.rules import Facts, Forbidden, Verb, require

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor

__all__ = ["check_monitored", "record_delivery", "take_back_delivery"]

EARLIEST, LATEST = timedelta(hours=-12), timedelta(hours=14)
"""A day begins in the east before it does in UTC, and ends in the west after."""


def record_delivery(  # noqa: PLR0913 - of what, when, what shows it, how much, by whom
    pledge: Pledge,
    day: date,
    evidence: str,
    *,
    actor: Actor,
    at: datetime,
    amount: Decimal | None = None,
) -> Delivery:
    """Record what was delivered of a pledge of one's own, with its evidence."""
    require(actor, Verb.RECORD, Facts(holder=pledge.holder))
    if not checked_text("evidence", evidence):
        raise ResponseRefused("evidence: say what shows the delivery")
    checked_amount("amount", amount)
    check_monitored(pledge)
    with in_turn():
        held = _locked(pledge)
        earlier = list(Delivery.objects.filter(pledge=held, taken_back_at=None))
        _check(held, day, amount, earlier, at)
        made = Delivery(
            holder=held.holder,
            pledge=held,
            day=day,
            amount=amount,
            evidence=evidence.strip(),
            recorded_at=at,
            recorded_by=actor.person,
        )
        if any(_same(made, each) for each in earlier):
            raise ResponseRefused("delivery: the same was recorded before, and is counted once")
        if held.kept:
            keep_texts(made, {"evidence": made.evidence}, held.member, actor=actor, at=at)
        made.save(force_insert=True)
        _note("pledge.delivered", made, actor, at)
    return made


def take_back_delivery(delivery: Delivery, *, actor: Actor, at: datetime) -> Delivery:
    """Take back a delivery that was recorded wrongly: it stays on record and is not counted."""
    require(actor, Verb.RECORD, Facts(holder=delivery.holder))
    check_monitored(delivery.pledge)
    with in_turn():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("pledge__compact")
        held = rows.filter(pk=delivery.pk, taken_back_at=None).first()
        if held is None:
            raise ResponseRefused("delivery: it was taken back before")
        held.taken_back_at, held.taken_back_by = at, actor.person
        held.save(update_fields=["taken_back_at", "taken_back_by"])
        _note("pledge.delivery_taken_back", held, actor, at)
    return held


def check_monitored(pledge: Pledge) -> None:
    """Raise `StageRefused` or `ResponseRefused` for a pledge that is not in force."""
    if pledge.invocation is None or pledge.invocation.stage != ResponseStage.MONITORING:
        raise StageRefused("stage: the response is not in force; this belongs to its monitoring")
    if pledge.approved_at is None and pledge.reach != Reach.OWN:
        raise ResponseRefused("pledge: one person made it and no second confirmed it")


def _locked(pledge: Pledge) -> Pledge:
    rows = Pledge.objects.select_for_update(of=("self",))
    held = rows.select_related("invocation", "compact", "member").filter(pk=pledge.pk).first()
    if held is None:
        raise Forbidden("there is no such pledge for you")
    return held


def _check(
    pledge: Pledge, day: date, amount: Decimal | None, earlier: list[Delivery], at: datetime
) -> None:
    called, ended = pledge.invocation, pledge.ended_at
    decided = called.confirmed_at if called and called.confirmed_at else pledge.recorded_at
    delivered = sum((each.amount or Decimal(0) for each in earlier), Decimal(0))
    check_delivery(
        day,
        amount,
        first=(decided + EARLIEST).date(),
        last=((min(ended, at) if ended else at) + LATEST).date(),
        left=None if pledge.amount is None else pledge.amount - delivered,
    )


def _same(made: Delivery, other: Delivery) -> bool:
    if (made.day, made.amount) != (other.day, other.amount):
        return False
    return other.kept or made.evidence == other.evidence


def _note(verb: str, delivery: Delivery, actor: Actor, at: datetime) -> None:
    told = {"pledge": str(delivery.pledge_id), "delivery": str(delivery.pk)}
    note(verb, delivery.pledge.compact, actor=actor, at=at, **told)

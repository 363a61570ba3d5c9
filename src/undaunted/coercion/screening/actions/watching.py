"""Screening a register again, and deciding about what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from undaunted.coercion.screening.actions.register_turns import in_turn
from undaunted.coercion.screening.actions.unfiled import list_unfiled
from undaunted.coercion.screening.analysis.holdings import digest_of
from undaunted.coercion.screening.analysis.register import look_at, looks_near
from undaunted.coercion.screening.analysis.watching import watched
from undaunted.coercion.screening.models import Alert, AlertReview, Screening
from undaunted.coercion.screening.queries import (
    assets_of,
    last_screening,
)
from undaunted.coercion.screening.rules import AssetsRefused, ReviewOutcome
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.coercion.screening.analysis.watching import Found, Look
    from undaunted.coercion.screening.rules import Change
    from undaunted.core.access.rules import Actor

__all__ = ["review_alert", "screen_after", "screen_again"]


def screen_again(holder: UUID, *, actor: Actor, at: datetime, day: date | None = None) -> Screening:
    """Look at a register anew: an alert for every grip that is another one than it was."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    with in_turn(holder, actor=actor, at=at) as moment:
        now = look_at(actor, holder, day or timezone.localdate(moment))
        last = last_screening(actor, holder)
        before = None if last is None else look_at(actor, holder, last.day, last.recorded_at)
        return _compared(holder, before, now, last, actor=actor, at=moment)


def screen_after(holder: UUID, *, actor: Actor, at: datetime) -> Screening:
    """Look anew at what hangs together with whatever changed since the last look, and at no more.

    It finds what a look at the whole register would, which is taken where none was taken before.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    with in_turn(holder, actor=actor, at=at) as moment:
        last = last_screening(actor, holder)
        if last is None:
            return screen_again(holder, actor=actor, at=moment)
        before, now = looks_near(actor, last, timezone.localdate(moment))
        return _compared(holder, before, now, last, actor=actor, at=moment, whole=False)


def review_alert(
    alert: Alert, outcome: ReviewOutcome, reason: str, *, actor: Actor, at: datetime
) -> AlertReview:
    """Decide about an alert, with the reason; what was decided earlier stands beside it."""
    require(actor, Verb.ASSESS, Facts(holder=alert.holder))
    if not reason.strip():
        raise AssetsRefused("reason: is empty; say why")
    with in_turn(alert.holder, actor=actor, at=at):
        made = AlertReview.objects.create(
            holder=alert.holder,
            alert=alert,
            outcome=outcome.value,
            reason=reason.strip(),
            recorded_at=at,
            recorded_by=actor.person,
        )
        record_entry(
            "alert.reviewed",
            actor=actor,
            subject_kind="screening_alert",
            subject_id=alert.pk,
            at=at,
            detail={"outcome": outcome.value},
        )
    return made


def _compared(  # noqa: PLR0913 - two looks, what is between them, whose they are
    holder: UUID,
    before: Look | None,
    now: Look,
    last: Screening | None,
    *,
    actor: Actor,
    at: datetime,
    whole: bool = True,
) -> Screening:
    """Keep what differs between two looks: alerts, and deals that nobody filed."""
    found = watched(before, now)
    made = Screening.objects.create(
        holder=holder,
        day=now.day,
        whole=whole,
        assets=len(now.assets),
        holdings=len(now.holdings),
        changed=found.changed,
        digest=digest_of(now.holdings),
        recorded_at=at,
        recorded_by=actor.person,
    )
    known = {each.pk for each in before.holdings} if before else set()
    begun = {each.pk for each in now.holdings if _began(each.valid_from, last, now.day)}
    fresh = {each.pk for each in now.holdings} - known | begun
    list_unfiled(holder, now, fresh, actor=actor, at=at)
    _warn(made, found, actor=actor, at=at)
    record_entry(
        "register.screened",
        actor=actor,
        subject_kind="register",
        subject_id=holder,
        at=at,
        detail={"screening": str(made.pk), "alerts": len(found.changes)},
    )
    return made


def _warn(made: Screening, found: Found, *, actor: Actor, at: datetime) -> None:
    """Keep an alert for each asset and state whose control changed."""
    assets = assets_of(actor, made.holder, {change.asset for change, _ in found.changes})
    Alert.objects.bulk_create(
        Alert(
            holder=made.holder,
            screening=made,
            asset=assets[change.asset],
            state=change.state,
            proof=list(proof.said),
            stakes=list(proof.stakes),
            recorded_at=at,
            recorded_by=actor.person,
            **_grips(change),
        )
        for change, proof in found.changes
    )


def _began(day: date | None, last: Screening | None, today: date) -> bool:
    """Tell whether a stake began since the last look."""
    return day is not None and (last is None or last.day < day) and day <= today


def _grips(change: Change) -> dict[str, object]:
    return {
        "before": change.before.grip.value,
        "after": change.after.grip.value,
        "lowest": change.after.lowest,
        "highest": change.after.highest,
    }

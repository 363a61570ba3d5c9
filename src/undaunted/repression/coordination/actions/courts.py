"""Court cases about listings: entered by one person, let out by another, taken down by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.listings.queries import history_of
from undaunted.repression.coordination.actions.turns import in_turn
from undaunted.repression.coordination.models import CourtRecord
from undaunted.repression.coordination.rules import (
    CoordinationRefused,
    check_listed_by,
    checked_case,
    listed_since,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.rules import CourtCase

__all__ = ["publish_case", "record_case", "withdraw_case"]


def record_case(holder: UUID, case: CourtCase, *, actor: Actor, at: datetime) -> CourtRecord:
    """Enter a court case about an entry of a list; public once a second person lets it out.

    Raises `CoordinationRefused` naming the field.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    kept = checked_case(case, at.date())
    source, key = kept.entry
    forms = history_of(actor, source, key)
    if not forms:
        raise CoordinationRefused(f"entry: no list here has held {source}:{key}; load it first")
    check_listed_by("day", kept.day, listed_since(each.entry for each in forms))
    with in_turn():
        made = CourtRecord.objects.create(
            holder=holder,
            source=source,
            key=key,
            number=kept.number,
            court=kept.court,
            outcome=kept.outcome,
            day=kept.day,
            said_by=kept.source,
            address=kept.address,
            verified=kept.read_at_publisher,
            recorded_at=at,
            recorded_by=actor.person,
        )
        _note("court_case.recorded", made, actor=actor, at=at)
    return made


def publish_case(case: CourtRecord, *, actor: Actor, at: datetime) -> CourtRecord:
    """Let everybody read a court case, as a second person who compared it with its source."""
    hands = frozenset({case.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=case.holder, earlier_hands=hands))
    with in_turn():
        held = _standing(case)
        if held.approved_at is not None:
            raise CoordinationRefused("case: it was published before")
        held.approved_at, held.approved_by = at, actor.person
        held.save(update_fields=["approved_at", "approved_by"])
        _note("court_case.published", held, actor=actor, at=at)
    return held


def withdraw_case(case: CourtRecord, *, actor: Actor, at: datetime) -> CourtRecord:
    """Take a court case down at once; one person may. What changed is entered as another."""
    require(actor, Verb.TAKE_DOWN, Facts(holder=case.holder))
    with in_turn():
        held = _standing(case)
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        _note("court_case.withdrawn", held, actor=actor, at=at)
    return held


def _standing(case: CourtRecord) -> CourtRecord:
    held = CourtRecord.objects.select_for_update().filter(pk=case.pk).first()
    if held is None:
        raise Forbidden("there is no such court case for you")
    if held.withdrawn_at is not None:
        raise CoordinationRefused("case: it was taken down; enter it anew")
    return held


def _note(verb: str, case: CourtRecord, *, actor: Actor, at: datetime) -> None:
    record_entry(verb, actor=actor, subject_kind="court_case", subject_id=case.pk, at=at)

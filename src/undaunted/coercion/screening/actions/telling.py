"""What every step of a case does: hold the case, write a row, withdraw one, leave an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from undaunted.coercion.screening.models import Case
from undaunted.coercion.screening.rules import ScreeningRefused, ScreeningStage
from undaunted.coercion.screening.rules.casework import LONGEST_SOURCE, needed_text
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.coercion.screening.models.cases import OfCase, Told
    from undaunted.core.access.rules import Actor

__all__ = ["ended", "enter", "held_case", "note", "told"]

Row = TypeVar("Row", bound="OfCase")
Kept = TypeVar("Kept", bound="Told")


def held_case(case: Case, *, actor: Actor, verb: Verb = Verb.RECORD, closed: bool = False) -> Case:
    """Give the case as it stands, locked until the step is done.

    Closed ones are refused, but for `closed`: what comes after the end, such as recourse.
    Raises `Forbidden` for absent and for another authority's.
    """
    require(actor, verb, Facts(holder=case.holder, earlier_hands=frozenset()))
    held = Case.objects.select_for_update().filter(pk=case.pk).first()
    if held is None:
        raise Forbidden("there is no such case for you")
    if held.stage == ScreeningStage.CLOSED and not closed:
        raise ScreeningRefused("case: it is closed; take it up again in a new one")
    return held


def told(
    model: type[Row], case: Case, verb: str, *, actor: Actor, at: datetime, **values: object
) -> Row:
    """Write down one row of a case, with its entry."""
    made: Row = model.objects.create(  # type: ignore[attr-defined]
        holder=case.holder, case=case, recorded_at=at, recorded_by=actor.person, **values
    )
    note(verb, case, actor=actor, at=at, row=str(made.pk))
    return made


def ended(row: Kept, why: str, verb: str, *, actor: Actor, at: datetime) -> Kept:
    """Withdraw a row: it stays on record, and stood until now."""
    reason = needed_text("why", why, LONGEST_SOURCE)
    held: Kept | None = type(row).objects.select_for_update(of=("self",)).filter(pk=row.pk).first()  # type: ignore[attr-defined]
    if held is None:
        raise Forbidden("there is no such row for you")
    if held.withdrawn_at is not None:
        raise ScreeningRefused("row: it was withdrawn or replaced before; look again")
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_why = at, actor.person, reason
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    note(verb, held.case, actor=actor, at=at, row=str(held.pk))
    return held


def enter(case: Case, to: ScreeningStage, reason: str, *, actor: Actor, at: datetime) -> Case:
    """Take a case that is held to another stage; whether it may is asked before."""
    case.stage, case.reason, case.moved_at, case.moved_by = to, reason, at, actor.person
    case.save(update_fields=["stage", "reason", "moved_at", "moved_by"])
    note("case.moved", case, actor=actor, at=at, to=str(to))
    return case


def note(verb: str, case: Case, *, actor: Actor, at: datetime, **detail: object) -> None:
    """Record one entry about a case; its detail holds ids alone."""
    record_entry(
        verb,
        actor=actor,
        subject_kind="screening_case",
        subject_id=case.pk,
        at=at,
        detail=dict(detail),
    )

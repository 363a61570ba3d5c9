"""The days of a case for a calendar, without a name: periods, unwindings, looks at conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from django.utils.translation import gettext as _

from undaunted.coercion.screening.analysis.standing import done_by_of, look_due
from undaunted.coercion.screening.queries import case_as_known, clocks_of
from undaunted.core.clocks.queries import events_of
from undaunted.core.clocks.writers import FeedEvent, subject_code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = ["case_events"]


def case_events(actor: Actor, case: Case, now: datetime) -> list[FeedEvent]:
    """Give what a calendar shows of a case: periods, last days of unwindings, the next looks."""
    sheet = case_as_known(actor, case, now)
    return [*events_of(actor, clocks_of(actor, case), now), *_unwindings(sheet),
            *_looks(sheet)]  # fmt: skip


def _unwindings(sheet: CaseSheet) -> Iterator[FeedEvent]:
    """Give the last day of each unwinding that is not lifted as done."""
    for row in sheet.mitigations:
        day = done_by_of(sheet, row)
        if day is not None:
            title = _("Last day on which the investment is unwound")
            yield _event(sheet, title, day, uuid5(row.pk, "unwound"), row.recorded_at)


def _looks(sheet: CaseSheet) -> Iterator[FeedEvent]:
    """Give the day on which each condition is looked at next; a look moves it."""
    for row in sheet.mitigations:
        day, looks = look_due(sheet, row), sheet.checks_of(row)
        if day is not None:
            title = _("Next look at a condition")
            changed_at = max([row.recorded_at, *(each.recorded_at for each in looks)])
            yield _event(sheet, title, day, uuid5(row.pk, "look"), changed_at, len(looks))


def _event(  # noqa: PLR0913, PLR0917 - of which case, what, when, known by what, since when
    sheet: CaseSheet, title: str, day: date, uid: UUID, changed_at: datetime, sequence: int = 0
) -> FeedEvent:
    values = {"title": title, "code": subject_code(sheet.case.pk)}
    return FeedEvent(
        uid=uid,
        sequence=sequence,
        summary=_("%(title)s · case %(code)s") % values,
        description=title,
        when=day,
        whole_day=True,
        cancelled=False,
        tentative=False,
        changed_at=changed_at,
    )

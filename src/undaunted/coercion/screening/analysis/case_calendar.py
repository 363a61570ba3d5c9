"""The days of a case for a calendar, without a name: its periods, and the day of an unwinding."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from django.utils.translation import gettext as _

from undaunted.coercion.screening.analysis.standing import done_by_of
from undaunted.coercion.screening.queries import case_as_known, clocks_of
from undaunted.core.clocks.queries import events_of
from undaunted.core.clocks.writers import FeedEvent, subject_code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = ["case_events"]


def case_events(actor: Actor, case: Case, now: datetime) -> list[FeedEvent]:
    """Give what a calendar shows of a case: the periods, and until when a deal is unwound."""
    sheet = case_as_known(actor, case, now)
    return [*events_of(actor, clocks_of(actor, case), now), *_unwindings(sheet)]


def _unwindings(sheet: CaseSheet) -> Iterator[FeedEvent]:
    """Give the last day of each unwinding that is not lifted as done."""
    values = {"title": _("Last day on which the investment is unwound"),
              "code": subject_code(sheet.case.pk)}  # fmt: skip
    for row in sheet.mitigations:
        day = done_by_of(sheet, row)
        if day is not None:
            yield FeedEvent(
                uid=uuid5(row.pk, "unwound"),
                sequence=0,
                summary=_("%(title)s · case %(code)s") % values,
                description=values["title"],
                when=day,
                whole_day=True,
                cancelled=False,
                tentative=False,
                changed_at=row.recorded_at,
            )

"""What programs are answered of partners: until when they may speak, by which laws."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from ninja import Schema

from undaunted.coercion.screening.analysis.partners import laws_found, partner_periods
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules import InScope
from undaunted.core.accounts.api import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from undaunted.coercion.screening.models import Decision, Notice

__all__ = ["ProposedOut", "WrittenOut", "proposed_told", "written_told"]


class PeriodOut(Schema):
    """A period in which partners may still speak; without `due` it stands still."""

    title: str
    due: date | None
    law: str


class ProposedOut(Schema):
    """What was proposed, and until when partners may speak: before, it is not taken without why."""

    id: UUID
    partner_periods: list[PeriodOut]


class ScreeningLawOut(Schema):
    """A law with partners, and what its scope test found: none was recorded where it is null."""

    regime: str
    outcome: InScope | None
    starts: bool


class WrittenOut(Schema):
    """A notice that was written, and the laws whose periods it starts."""

    id: UUID
    laws: list[ScreeningLawOut]


def proposed_told(request: HttpRequest, made: Decision) -> dict[str, Any]:
    """Give a decision that was proposed."""
    periods = partner_periods(actor_of(request), made.case, timezone.now())
    return {"id": made.pk, "partner_periods": [asdict(each) for each in periods]}


def written_told(request: HttpRequest, made: Notice) -> dict[str, Any]:
    """Give a notice that was written."""
    sheet = case_as_known(actor_of(request), made.case, timezone.now())
    laws = [
        {"regime": law.key, "outcome": outcome, "starts": law.key in (made.laws or ())}
        for law, outcome in laws_found(sheet)
    ]
    return {"id": made.pk, "laws": laws}

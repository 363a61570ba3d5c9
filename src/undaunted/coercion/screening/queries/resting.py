"""Kept answers of who controls: those that rest on stakes withdrawn or corrected since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.screening.models import Analysis, Stake
from undaunted.coercion.screening.queries.cases import authorities_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor

__all__ = ["fallen_analyses"]

_TOLD = (
    "recorded_at", "withdrawn_at", "valid_from", "valid_to", "said_from", "said_until", "filed",
)  # fmt: skip


def fallen_analyses(actor: Actor, case: Case, at: datetime) -> frozenset[UUID]:
    """Give the kept answers that had read a stake which did not stand any more at a moment."""
    mine = {"case": case, "holder__in": authorities_of(actor)}
    kept = tuple(Analysis.objects.filter(**mine, recorded_at__lte=at).defer("result", "asked"))
    if not kept:
        return frozenset()
    gone = Stake.objects.filter(**mine, withdrawn_at__lte=at).order_by()
    rows = tuple(gone.values(*_TOLD).distinct())
    return frozenset(each.pk for each in kept if any(_read(each, row) for row in rows))


def _read(analysis: Analysis, row: Mapping[str, Any]) -> bool:
    """Whether an answer read a stake, which was withdrawn after it was given."""
    if not row["recorded_at"] <= analysis.known_at < row["withdrawn_at"]:
        return False
    said = analysis.known_at.date()
    return row["filed"] or (
        _holds(analysis.as_of, row["valid_from"], row["valid_to"])
        and _holds(said, row["said_from"], row["said_until"])
    )


def _holds(day: Any, first: Any, end: Any) -> bool:  # noqa: ANN401 - days, or none told
    return (first is None or first <= day) and (end is None or day < end)

"""How long people are held, by Kaplan and Meier: days held, counted, through the engine (K5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.census import RULE, Durations, survival_of_people
from undaunted.prisoners.registry.rules.counts import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from undaunted.engines.census import SurvivalBounds
    from undaunted.prisoners.registry.queries.held_lengths import DaysHeld

__all__ = ["HORIZONS", "curves", "share_after"]

HORIZONS = (30, 91, 182, 365, 730, 1095, 1826, 3652)
"""Days at which the share still held is told: a month to ten years."""


def curves(
    days: Mapping[str, Iterable[DaysHeld]], *, as_of: date, known_at: datetime
) -> dict[str, SurvivalBounds]:
    """Give the curves of each country, and of all together."""
    by_place = {place: tuple(rows) for place, rows in days.items()}
    whole = tuple(row for rows in by_place.values() for row in rows)
    return {
        place: _curve(rows, as_of=as_of, known_at=known_at)
        for place, rows in {**by_place, EVERYWHERE: whole}.items()
        if rows
    }


def share_after(bounds: SurvivalBounds, days: int) -> tuple[float, float]:
    """Give the share still held after so many days, by the shortest and the longest lengths."""
    both = []
    for curve in (bounds.shortest, bounds.longest):
        place = int(np.searchsorted(curve.days, days, side="right"))
        both.append(float(curve.share[place - 1]) if place else 1.0)
    return both[0], both[1]


def _curve(rows: tuple[DaysHeld, ...], *, as_of: date, known_at: datetime) -> SurvivalBounds:
    persons = np.array([row.persons for row in rows])
    low, high = (
        np.repeat(np.array(column, dtype=np.int64), persons)
        for column in ([row.surely for row in rows], [row.possibly for row in rows])
    )
    return survival_of_people(
        Durations(
            as_of=as_of,
            known_at=known_at,
            rule=RULE,
            person=np.arange(low.size),
            low=low,
            high=high,
            censored=np.repeat(np.array([row.held for row in rows], dtype=np.bool_), persons),
        )
    )

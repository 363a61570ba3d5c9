"""Published people as they are and the drawn among the others, added up by country and year.

What is not drawn is forgotten here: nothing that leaves this module depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from undaunted.engines.census.disclosure import Membership, drawn_counts, record_keys
from undaunted.prisoners.registry.queries.unpublished import published_cells, unpublished_people
from undaunted.prisoners.registry.rules.counts import EVERYWHERE
from undaunted.prisoners.registry.rules.unpublished import ONE_IN, Counted, Measure, YearCell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undaunted.core.editions.rules import Question

__all__ = ["Shown", "most_behind_zero", "shown", "shown_cells"]

CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell as it may be shown: the published, the number with the drawn, and its bounds."""

    published: int
    persons: int
    low: int
    high: int


def shown(question: Question, years: Sequence[int]) -> dict[YearCell, Shown]:
    """Give every cell of these years that shows anything, counted once for all languages."""
    key = (__name__, question.known_at, tuple(years))
    if key not in question.remembered:
        question.remembered[key] = shown_cells(
            published_cells(question.actor, years=years, known_at=question.known_at),
            unpublished_people(question.builder, years=years, known_at=question.known_at),
            years,
        )
    return cast("dict[YearCell, Shown]", question.remembered[key])


def shown_cells(
    published: Mapping[YearCell, int], counted: Counted, years: Sequence[int]
) -> dict[YearCell, Shown]:
    """Draw, add up, and leave out the countries of which nothing shows."""
    known = {cell.country for cell in published} | {cell.country for _at, cell in counted.cells}
    cells = [
        YearCell(measure, code, year)
        for measure in Measure
        for code in sorted(known - {""} | {EVERYWHERE})
        for year in years
    ]
    place = {cell: at for at, cell in enumerate(cells)}
    pairs = [(who, place[cell]) for who, cell in counted.cells if cell in place]
    drawn = drawn_counts(
        record_keys(counted.digests),
        Membership(
            np.array([who for who, _at in pairs], dtype=np.int64),
            np.array([at for _who, at in pairs], dtype=np.int64),
            len(cells),
        ),
        one_in=ONE_IN,
        published=np.array([published.get(cell, 0) for cell in cells], dtype=np.int64),
        confidence=CONFIDENCE,
    )
    found = {
        cell: Shown(
            published.get(cell, 0), int(drawn.persons[at]), int(drawn.low[at]), int(drawn.high[at])
        )
        for cell, at in place.items()
    }
    speaking = {(cell.measure, cell.country) for cell, told in found.items() if told.persons}
    speaking |= {(measure, EVERYWHERE) for measure in Measure}
    return {cell: told for cell, told in found.items() if (cell.measure, cell.country) in speaking}


def most_behind_zero() -> int:
    """Give how many unpublished people there may be where nobody is drawn."""
    nowhere = YearCell(Measure.HELD, EVERYWHERE, 1)
    return shown_cells({}, Counted((), ()), (nowhere.year,))[nowhere].high

"""One unpublished person in so many is drawn, once for all, and stands for that many.

A person's secret key decides it, and nothing else: no table, no edition, no year. A cell shows its
published persons as they are, and for the unpublished ``one_in`` for each that is drawn:

- unbiased, with the variance (one_in - 1) for each unpublished person of the cell;
- no person, no number: zero stays zero; of the unpublished, numbers below ``one_in`` never show;
- the same people give the same number everywhere, and parts add up to the whole.

Why it is bounded. Take any two worlds that differ in one unpublished person. If that person is not
drawn, all that was or will ever be published is the same in both, whatever facets, exports,
editions and years are compared, and by whom. So the two worlds differ, in all of it together, with
a chance of 1 / one_in at most over the secret, and whoever knows everything but the one person (who
else is there, what each of them is, the whole rule) guesses right from even odds in at most
(1 + 1 / one_in) / 2 of cases.

Why no rule with the same promises does better in this. In a rule without bias, in which the same
people always give the same number, each person more raises the expected number by one. So the
chance that the number changes is at least one by the mean size of the change, and whoever knows the
others sees it change. Drawing reaches that chance, and for all tables at once.

Source of the idea: sampling with a permanent random number for each unit (Ohlsson 1995), read as a
disclosure rule. The bound is ours and proved above.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import scipy

from undaunted.engines.census.confidence import tail
from undaunted.engines.census.days import Flags, Numbers, Reals
from undaunted.engines.census.disclosure.keys import (
    KEY_BITS,
    Membership,
    RecordKeys,
    demand_persons,
)
from undaunted.engines.census.errors import ArgumentRefused, RowsMalformed

__all__ = ["DisclosureAssumption", "DrawnCounts", "PresenceBound", "drawn", "drawn_counts"]

_FEWEST: Final = 2


class DisclosureAssumption(StrEnum):
    """What must hold for the bound; the caller words it."""

    KEYS_UNKNOWN = "the_secret_behind_the_keys_is_known_to_nobody_who_reads"
    KEYS_LAST = "a_person_keeps_their_key_for_good"
    ALL_DRAWN = "everything_published_about_the_unpublished_counts_the_drawn_alone"


@dataclass(frozen=True, slots=True)
class PresenceBound:
    """What everything published together can tell about one person's presence.

    ``told``: the chance, over the secret, that the presence leaves any trace at all. ``right``: the
    most frequent right guess, from even odds, of whoever knows everything else.
    """

    one_in: int
    told: float
    right: float

    @classmethod
    def of(cls, one_in: int) -> "PresenceBound":
        """Return the bound of drawing one in so many."""
        return cls(one_in, 1 / one_in, (1 + 1 / one_in) / 2)

    def of_group(self, persons: int) -> float:
        """Return the chance that the presence of so many together leaves any trace."""
        return 1 - (1 - self.told) ** persons

    def untold_posterior(self, prior: float) -> float:
        """Return what is left of a prior once nothing shows: never more than the prior."""
        unseen = prior * (1 - self.told)
        return unseen / (unseen + (1 - prior))


@dataclass(frozen=True, slots=True, eq=False)
class DrawnCounts:
    """Persons in each cell as they may be shown, shape (cells,).

    ``persons`` = published + one_in for each drawn. ``variance`` is its unbiased estimate. Between
    ``low`` and ``high`` lies the true number, at ``confidence`` each: the exact (binomial) range of
    the unpublished that such a draw may come from. None of it holds the true number itself.
    """

    persons: Numbers
    variance: Reals
    low: Numbers
    high: Numbers
    confidence: float
    bound: PresenceBound
    assumptions: tuple[DisclosureAssumption, ...] = tuple(DisclosureAssumption)


def drawn(keys: RecordKeys, *, one_in: int) -> Flags:
    """Return who is drawn, shape of the keys: those in the lowest part of all possible keys."""
    if one_in < _FEWEST:
        raise ArgumentRefused(f"one_in: {one_in} hides nobody; {_FEWEST} or more")
    chosen: Flags = keys < np.uint64(2**KEY_BITS // one_in)
    return chosen


def drawn_counts(
    keys: RecordKeys,
    membership: Membership,
    *,
    one_in: int,
    published: Numbers | None = None,
    confidence: float = 0.95,
) -> DrawnCounts:
    """Return the cells of ``membership`` (of unpublished persons) as they may be shown.

    ``published``: persons of each cell who are public anyway, shape (cells,); they are exact.
    """
    demand_persons(keys, membership)
    open_ = np.zeros(membership.cells, dtype=np.int64) if published is None else published
    if open_.shape != (membership.cells,) or np.any(open_ < 0):
        raise RowsMalformed("published: one number for each cell, none below zero")
    chosen = drawn(keys, one_in=one_in)[membership.person]
    hits = np.bincount(membership.cell[chosen], minlength=membership.cells)
    low, high = _unseen_range(hits, one_in, tail(confidence))
    return DrawnCounts(
        persons=open_ + one_in * hits,
        variance=(one_in * (one_in - 1) * hits).astype(np.float64),
        low=open_ + low,
        high=open_ + high,
        confidence=confidence,
        bound=PresenceBound.of(one_in),
    )


def _unseen_range(hits: Numbers, one_in: int, out: float) -> tuple[Numbers, Numbers]:
    """Give the fewest and the most of whom such a draw is not too unlikely on either side."""
    chance = 1 / one_in
    drawn_, where = np.unique(hits, return_inverse=True)
    high = np.floor(scipy.special.bdtrin(drawn_, out, chance))
    low = np.ceil(scipy.special.bdtrin(np.maximum(drawn_ - 1, 0), 1 - out, chance))
    low = np.where(drawn_ > 0, low, 0)
    return low.astype(np.int64)[where], high.astype(np.int64)[where]

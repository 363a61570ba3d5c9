"""How long people have been held: the union of each person's spells, in days (rule K5).

Two spells that overlap are not added up. A date known in part gives bounds: ``low`` counts
the days surely held, ``high`` those possibly held; the truth lies between. Whoever may still
be held is marked, for the end of that duration has not been seen (right-censored): the mean
of ended spells is no answer to "how long", and none is given here.
"""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from undaunted.engines.census.census import Census
from undaunted.engines.census.days import Flags, Numbers, date_of, day_number

__all__ = ["Durations", "durations_until"]


@dataclass(frozen=True, slots=True, eq=False)
class Durations:
    """Days held before ``as_of``, shape (n,), persons sorted; ``censored``: may be held on it.

    The spells count whether or not the person is recognised: ``standard`` is not applied,
    ``known_at`` is.
    """

    as_of: date
    known_at: datetime
    rule: str
    person: Numbers
    low: Numbers
    high: Numbers
    censored: Flags


def durations_until(census: Census, as_of: date) -> Durations:
    """Return how many days each person ever held was held, from the first day to ``as_of``.

    ``as_of`` itself is not counted: who was detained yesterday has one day.
    """
    day = day_number(as_of)
    begun = census.held.where(census.held.start < day)
    people, index = np.unique(begun.person, return_inverse=True)
    days = np.minimum(begun.end, day) - begun.start
    low = np.zeros(people.size, dtype=np.int64)
    high = np.zeros(people.size, dtype=np.int64)
    np.add.at(low, index, np.where(begun.certain, days, 0))
    np.add.at(high, index, days)
    held_on = census.held.person[(census.held.start <= day) & (census.held.end > day)]
    censored = np.isin(people, held_on)
    return Durations(date_of(day), census.known_at, census.rule, people, low, high, censored)

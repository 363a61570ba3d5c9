"""What made one stock into another: flows that balance (rules K2, K3).

Two things may differ between two published numbers: the day they speak of and what was known
when they were made. They are taken one after the other. First, with the day held still, the
revision: people found since to have been held already then (backlog), people found since not
to have been (corrected). Then, with knowledge held still at the later cut, the movements.
"""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from undaunted.engines.census.census import Census
from undaunted.engines.census.days import Numbers, date_of, day_number
from undaunted.engines.census.errors import PeriodReversed, StandardsDiffer
from undaunted.engines.census.movements import Movement, movements_of
from undaunted.engines.census.stock import stock_on

__all__ = ["Flows", "flows_between", "headline_persons"]


@dataclass(frozen=True, slots=True)
class Flows:
    """The lines between two headline stocks, in persons.

    ``backlog`` and ``corrected`` come from learning more about ``from_day``; the rest happened
    after ``from_day`` and up to ``to_day``, as known at ``to_known``.
    """

    standard: str
    from_day: date
    from_known: datetime
    to_day: date
    to_known: datetime
    rule: str
    before: int
    backlog: int
    corrected: int
    new: int
    redetained: int
    reclassified_in: int
    released: int
    died: int
    reclassified_out: int
    after: int

    @property
    def entered(self) -> int:
        """All who came in, in the world."""
        return self.new + self.redetained + self.reclassified_in

    @property
    def left(self) -> int:
        """All who went out, in the world."""
        return self.released + self.died + self.reclassified_out

    @property
    def residual(self) -> int:
        """What the lines fail to explain: nought, always."""
        revised = self.before + self.backlog - self.corrected
        return self.after - (revised + self.entered - self.left)


def flows_between(earlier: Census, from_day: date, later: Census, to_day: date) -> Flows:
    """Return the flows from the stock on ``from_day`` in the earlier census to the later one.

    Refuses two standards, and a period that runs backwards in the world or in knowledge.
    """
    if earlier.standard != later.standard:
        raise StandardsDiffer(f"{earlier.standard} and {later.standard}")
    if day_number(from_day) > day_number(to_day) or earlier.known_at > later.known_at:
        raise PeriodReversed(f"{from_day} to {to_day}")
    first, last = day_number(from_day), day_number(to_day)
    then = headline_persons(earlier, first)
    revised = headline_persons(later, first)
    kinds = movements_of(later).counts(first, last)
    return Flows(
        standard=later.standard,
        from_day=date_of(first),
        from_known=earlier.known_at,
        to_day=date_of(last),
        to_known=later.known_at,
        rule=later.rule,
        before=stock_on(earlier, from_day).persons,
        backlog=np.setdiff1d(revised, then, assume_unique=True).size,
        corrected=np.setdiff1d(then, revised, assume_unique=True).size,
        new=kinds[Movement.NEW],
        redetained=kinds[Movement.REDETAINED],
        reclassified_in=kinds[Movement.RECLASSIFIED_IN],
        released=kinds[Movement.RELEASED],
        died=kinds[Movement.DIED],
        reclassified_out=kinds[Movement.RECLASSIFIED_OUT],
        after=stock_on(later, to_day).persons,
    )


def headline_persons(census: Census, day: int) -> Numbers:
    """Return who is in the headline stock on a day, each once, sorted."""
    counted = census.counted
    return counted.person[counted.headline & (counted.start <= day) & (counted.end > day)]

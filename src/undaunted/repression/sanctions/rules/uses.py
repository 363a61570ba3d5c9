"""How often a law is used: designations by year, days that nobody told, years without any.

Whoever is listed twice under one law is one designation, of the first of these days: entries that
two people judged to be the same are one party, as in the register.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.repression.sanctions.rules.footing import OLD_AFTER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from undaunted.repression.sanctions.rules.authorities import Authority

__all__ = ["ListRead", "Uses", "uses_of"]


@dataclass(frozen=True, slots=True)
class ListRead:
    """The list that was counted, in which version, and up to which day that version tells.

    Attributes:
        exact: the programme is of this law alone; else others are counted with it.
    """

    source: str
    number: int
    seen: date
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Uses:
    """Designations under one law up to a day, as one version of one list tells them.

    Attributes:
        by_year: parties by the year of the first; a year without any stands with nought.
        undated: parties of whom some first day is not told, or not to the year.
        read: the list; None where none that names this law is loaded here, or none is known.
        old: the version tells of days too long ago: what came since is not known.
        earlier: years before the law, of entries that were listed under another one first.
        partial: years of which a part alone lies under the law, or is told of by the version.
    """

    authority: str
    by_year: Mapping[int, int]
    undated: int
    read: ListRead | None
    old: bool = False
    earlier: tuple[int, ...] = ()
    entries: int = 0
    """How many entries these parties have."""
    untold: int = 0
    """How many entries have no day to the year."""
    partial: frozenset[int] = frozenset()

    @property
    def total(self) -> int:
        """Every party that is counted, dated or not."""
        return sum(self.by_year.values()) + self.undated

    def known(self, year: int) -> int | None:
        """Give how many a year has; None where it is not known that there was none."""
        number = self.by_year.get(year)
        return number if number or self.sure else None

    @property
    def unused(self) -> tuple[int, ...]:
        """Whole years in which no dated designation falls."""
        return tuple(
            year for year, number in self.by_year.items() if not number and year not in self.partial
        )

    @property
    def sure(self) -> bool:
        """Whether years without a dated designation are years without any, on this list."""
        return self.read is not None and self.read.exact and not self.undated

    @property
    def idle(self) -> int:
        """How many whole years up to the last have no dated designation."""
        years = 0
        for year in sorted(self.by_year, reverse=True):
            if self.by_year[year]:
                break
            years += year not in self.partial
        return years


def uses_of(
    authority: Authority,
    days: Iterable[str],
    read: ListRead | None,
    *,
    on: date,
    parties: Sequence[str] = (),
) -> Uses:
    """Count parties by the first day of their entries, each as EDTF and empty where it is not told.

    `parties` names whose each entry is, in the order of `days`; without, each is its own. What
    began after the day does not count; years run from the law's first to the last that the version
    can tell of.
    """
    if read is None:
        return Uses(authority.code, {}, 0, None)
    until = min(on, read.seen)
    by_year = dict.fromkeys(range(authority.first_day.year, until.year + 1), 0)
    of: dict[str, list[PartialDate | None]] = defaultdict(list)
    for at, text in enumerate(days):
        day = PartialDate.parse(text) if text else None
        if day is None or day.earliest is None or day.earliest <= on:
            of[parties[at] if parties else str(at)].append(day)
    undated = 0
    for held in of.values():
        year = _year(held)
        if year is None:
            undated += 1
        else:
            by_year[year] = by_year.get(year, 0) + 1
    years = dict(sorted(by_year.items()))
    return Uses(
        authority.code,
        years,
        undated,
        read,
        old=on - read.seen > OLD_AFTER,
        earlier=tuple(year for year in years if year < authority.first_day.year),
        entries=sum(map(len, of.values())),
        untold=sum(_year([day]) is None for held in of.values() for day in held),
        partial=_partial(authority.first_day, until),
    )


def _partial(first: date, until: date) -> frozenset[int]:
    """Give the years that begin before the law, and that which goes on when the telling ends."""
    begun = {first.year} if first != date(first.year, 1, 1) else set()
    open_end = {until.year} if until != date(until.year, 12, 31) else set()
    return frozenset(begun | open_end)


def _year(days: Collection[PartialDate | None]) -> int | None:
    """Give the year in which the first of some days surely falls."""
    known = [each for each in days if each and each.earliest and each.latest]
    if len(known) < len(days):
        return None
    first = min(each.earliest.year for each in known if each.earliest)
    last = min(each.latest.year for each in known if each.latest)
    return first if first == last else None

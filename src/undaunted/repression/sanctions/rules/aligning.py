"""How long jurisdictions need to follow the first designation: days known, bounded or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.listings.rules import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from undaunted.core.listings.rules import Dated

__all__ = ["Aligned", "Followed", "Lag", "Span", "Timing", "aligned", "designated", "timing_of"]


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which something happened; None is an open end."""

    first: date | None = None
    last: date | None = None

    @property
    def day(self) -> date | None:
        """The day, where it is one."""
        return self.first if self.first == self.last else None

    def narrowed(self, other: Span) -> Span:
        """Give what both allow; where they contradict each other this one stands."""
        firsts = [each for each in (self.first, other.first) if each]
        lasts = [each for each in (self.last, other.last) if each]
        first, last = max(firsts, default=None), min(lasts, default=None)
        return self if first and last and first > last else Span(first, last)


class Followed(StrEnum):
    """How a jurisdiction stands to the first designation."""

    FIRST = "first"
    """No other one that is shown can be earlier."""
    FIRST_KNOWN = "first_known"
    """None of those is earlier of which something is known; of another nothing can be said."""
    KNOWN = "known"
    """It followed; the days between are known."""
    BOUNDED = "bounded"
    """It followed; the days lie between two numbers, or the upper one is open."""
    NOT_YET = "not_yet"
    """A current list does not hold them."""
    UNKNOWN = "unknown"
    """Nothing can be said: no list, an old one, or a pair that waits."""


@dataclass(frozen=True, slots=True)
class Lag:
    """Days from the first designation to one jurisdiction's; None is an open end."""

    followed: Followed
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Aligned:
    """One party: its first designation that is known, by whom where that is sure, who followed."""

    first: Span
    leaders: tuple[str, ...]
    spans: Mapping[str, Span]
    lags: Mapping[str, Lag]


@dataclass(frozen=True, slots=True)
class Timing:
    """One jurisdiction over many parties.

    The median is that of the known days alone. `least` and `most` are what it would be whatever
    the bounded ones are; open where half of them are.
    """

    jurisdiction: str
    first: int
    first_known: int
    known: int
    bounded: int
    not_yet: int
    unknown: int
    median: float | None
    least: float | None
    most: float | None


def designated(dated: Dated, seen: Span = Span()) -> Span:
    """Give when an entry was first designated: by its own day, narrowed by the versions it is in.

    An amendment or a re-enactment is never a designation: where no designation is told, it only
    shows that the designation is not later.
    """
    own = [
        PartialDate.parse(e.day) for e in dated.events if e.kind is EventKind.DESIGNATED and e.day
    ]
    told = Span()
    if own:
        told = _first_of(Span(day.earliest, day.latest) for day in own)
    later = [PartialDate.parse(e.day).latest for e in dated.events if e.day and e.kind in _AFTER]
    ends = [day for day in later if day is not None]
    if not own and ends:
        told = Span(None, min(ends))
    return told.narrowed(seen)


def aligned(
    spans: Mapping[str, Iterable[Span]], silent: Mapping[str, Followed], on: date
) -> Aligned:
    """Give who was first and how long each other one needed.

    `spans` holds the designations by jurisdiction; `silent` says of every other one whether it is
    known not to have followed by `on`, or whether nothing can be said. As long as nothing can be
    said of one, it may have been earlier: then nobody is first, but of those that are known.
    """
    held = {code: _first_of(each) for code, each in spans.items()}
    first = _first_of(held.values())
    leads = Followed.FIRST_KNOWN if Followed.UNKNOWN in silent.values() else Followed.FIRST
    lags = {
        code: _lag(span, first, {other: s for other, s in held.items() if other != code}, leads)
        for code, span in held.items()
    }
    for code, how in silent.items():
        waited = None if first.last is None else max((on - first.last).days, 0)
        lags[code] = Lag(how, waited if how is Followed.NOT_YET else None)
    leaders = tuple(sorted(code for code, lag in lags.items() if lag.followed is Followed.FIRST))
    return Aligned(first, leaders, held, lags)


def timing_of(jurisdiction: str, lags: Sequence[Lag]) -> Timing:
    """Count and give the median of those whose days are known, and what the bounds leave open."""
    by = {how: [each for each in lags if each.followed is how] for how in Followed}
    known = [each.least for each in by[Followed.KNOWN] if each.least is not None]
    bounded = by[Followed.BOUNDED]
    lower = [*known, *(each.least or 0 for each in bounded)]
    upper = [*known, *(float("inf") if each.most is None else each.most for each in bounded)]
    most = median(upper) if upper else None
    return Timing(
        jurisdiction,
        first=len(by[Followed.FIRST]),
        first_known=len(by[Followed.FIRST_KNOWN]),
        known=len(by[Followed.KNOWN]),
        bounded=len(bounded),
        not_yet=len(by[Followed.NOT_YET]),
        unknown=len(by[Followed.UNKNOWN]),
        median=median(known) if known else None,
        least=median(lower) if lower else None,
        most=None if most == float("inf") else most,
    )


_AFTER = frozenset({EventKind.AMENDED, EventKind.RE_ENACTED})


def _first_of(spans: Iterable[Span]) -> Span:
    """Give when the first of several happened: no later than any, and no earlier than all."""
    held = list(spans)
    firsts = [each.first for each in held]
    lasts = [each.last for each in held if each.last is not None]
    begin = None if None in firsts else min((each for each in firsts if each), default=None)
    return Span(begin, min(lasts, default=None))


def _lag(span: Span, first: Span, others: Mapping[str, Span], leads: Followed) -> Lag:
    """Give one jurisdiction's days after the first; it leads where no other one can be earlier."""
    if span.last is not None and all(
        each.first is not None and each.first >= span.last for each in others.values()
    ):
        return Lag(leads, 0, 0)
    if span == Span():
        return Lag(Followed.UNKNOWN)
    least = 0
    if span.first is not None and first.last is not None:
        least = max((span.first - first.last).days, 0)
    most = None
    if span.last is not None and first.first is not None:
        most = max((span.last - first.first).days, 0)
    how = Followed.KNOWN if least == most else Followed.BOUNDED
    return Lag(how, least, most)

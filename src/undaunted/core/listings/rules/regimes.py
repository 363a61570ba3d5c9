"""What a list's regimes impose on everybody they list, where the list leaves it to resolutions."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.rules.catalogue import list_source
from undaunted.core.listings.rules.terms import Kind, Measure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

__all__ = [
    "Regime",
    "Told",
    "has_regimes",
    "measures_held",
    "read_regimes",
    "regimes",
    "told_besides",
    "told_by_regimes",
]

ANY: Final = "*"
"""Any programme of a list that has none of its own."""


Days = tuple[tuple[date, date], ...]
"""Stretches of days, the first and the last of each among them."""
ALWAYS: Final[Days] = ((date.min, date.max),)


@dataclass(frozen=True, slots=True)
class Regime:
    """One regime of a list: `persons` are measures against people alone.

    `untold` are measures of the regime that do not hit everybody: against whom is not told. `days`
    are those on which a measure was in force, `untold_in` those on which nobody tells whether.
    """

    source: str
    programme: str
    everybody: frozenset[Measure]
    persons: frozenset[Measure]
    untold: frozenset[Measure]
    resolutions: str
    page: str
    read: str
    status: str
    days: Mapping[Measure, Days]
    untold_in: Mapping[Measure, Days]
    days_page: str
    besides: bool = False

    def imposes(self, kind: str) -> frozenset[Measure]:
        """Give what it imposes, or imposed, on an entry of a kind."""
        return self.everybody | self.persons if kind == Kind.PERSON else self.everybody


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of measures of an entry that states none itself."""

    imposed: tuple[tuple[str, Days], ...] = ()
    """What its regimes impose on it, in order, with the days on which they do."""
    untold: tuple[tuple[str, Days], ...] = ()
    """Of these it is not told on those days whether they hold."""
    nothing: bool = False
    """Nothing is known: of no measure is it told whether it holds."""

    def implied_on(self, on: date) -> tuple[str, ...]:
        """Give what is imposed on a day, in order."""
        return tuple(measure for measure, days in self.imposed if _among(days, on))

    def began(self, measure: str, on: date) -> date | None:
        """Give the first day of a measure that holds on a day, the earliest of its regimes'."""
        days = dict(self.imposed).get(measure, ())
        return min((first for first, last in days if first <= on <= last), default=None)

    def leaves_open(self, measure: str, on: date) -> bool:
        """Whether it is not told if a measure holds on a day."""
        if measure in self.implied_on(on):
            return False
        return self.nothing or any(name == measure and _among(days, on)
                                   for name, days in self.untold)  # fmt: skip


@cache
def regimes() -> Mapping[tuple[str, str], Regime]:
    """Give every regime by its list and its programme, from the pack."""
    text = files("undaunted.core.listings").joinpath("packs/regimes.toml").read_text("utf-8")
    return read_regimes(tomllib.loads(text))


def read_regimes(data: Mapping[str, Any]) -> Mapping[tuple[str, str], Regime]:
    """Give the regimes of a pack by list and programme."""
    held = (_regime(row) for row in data["regimes"])
    return MappingProxyType({(each.source, each.programme): each for each in held})


def told_by_regimes(source: str, kind: str, programmes: Iterable[str]) -> Told:
    """Give what is known of an entry that states no measure, by the programmes it stands under.

    Of a programme that the pack does not hold nothing is known, where it has none for the others of
    that list: then only what the others impose.
    """
    known = _known(source, programmes)
    held = [each for each in known if each is not None]
    return _told(held, kind, nothing=not held or len(held) < len(known))


def told_besides(
    source: str, kind: str, programmes: Iterable[str], stated: Collection[bool]
) -> Told:
    """Give what regimes say beside the measures of an entry, of each whether the entry states it.

    Its list's measures leave to regimes what they impose; its own words leave to them only what
    another act imposes than the list holds.
    """
    if not stated:
        return told_by_regimes(source, kind, programmes)
    held = [each for each in _known(source, programmes) if each is not None]
    return _told([each for each in held if each.besides or not any(stated)], kind, nothing=False)


def _known(source: str, programmes: Iterable[str]) -> list[Regime | None]:
    other = regimes().get((source, ANY))
    return [regimes().get((source, each), other) for each in programmes]


def _told(held: Iterable[Regime], kind: str, *, nothing: bool) -> Told:
    imposed, untold = defaultdict[Measure, Days](tuple), defaultdict[Measure, Days](tuple)
    for each in held:
        for measure in each.imposes(kind):
            imposed[measure] += each.days.get(measure, ALWAYS)
            untold[measure] += each.untold_in.get(measure, ())
        for measure in each.untold:
            if kind == Kind.PERSON or measure is not Measure.ENTRY_BAN:
                untold[measure] += ALWAYS
    return Told(_in_order(imposed), _in_order(untold), nothing=nothing)


def measures_held(source: str) -> frozenset[Measure]:
    """Give all that a list holds which names what it imposes on everybody; empty for another.

    What some regimes alone are known to impose the others may impose as well: it is left out.
    """
    own = frozenset(each.kind for each in list_source(source).measures)
    whole = (source, ANY) in regimes()
    theirs = [each for each in regimes().values() if whole and each.source == source]
    return own.union(*(each.everybody | each.persons for each in theirs)) if own else own


def has_regimes(source: str) -> bool:
    """Whether it is known of programmes of a list what they impose."""
    return any(each.source == source for each in regimes().values())


def _in_order(found: Mapping[Measure, Days]) -> tuple[tuple[str, Days], ...]:
    return tuple((each.value, found[each]) for each in Measure if found.get(each))


def _among(days: Days, on: date) -> bool:
    return any(first <= on <= last for first, last in days)


def _regime(row: Mapping[str, Any]) -> Regime:
    def measures(name: str) -> frozenset[Measure]:
        return frozenset(Measure(each) for each in row.get(name, ()))

    def days(name: str) -> Mapping[Measure, Days]:
        held = row.get(name, {})
        return {Measure(each): tuple(map(_stretch, told)) for each, told in held.items()}

    return Regime(
        row["list"], row["programme"], measures("everybody"), measures("persons"),
        measures("untold"), row["resolutions"], row["source"], row["read"], row["status"],
        days("days"), days("untold_in"), row.get("days_source", ""),
        row.get("besides", False),
    )  # fmt: skip


def _stretch(text: str) -> tuple[date, date]:
    first, last = text.split("/")
    return date.fromisoformat(first), date.max if last == ".." else date.fromisoformat(last)

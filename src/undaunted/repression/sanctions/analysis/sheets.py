"""Versions of lists as columns: what repeats is kept once, so that a question asks it once.

A version never changes, so its columns are kept by the process for the next question. Only what is
public stands in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import numpy as np

from undaunted.core.listings.queries import lines_gone, lines_of
from undaunted.core.listings.rules import (
    Event,
    EventKind,
    Programme,
    Told,
    has_regimes,
    told_besides,
)
from undaunted.core.matching.analysis import unheard
from undaunted.repression.sanctions.analysis.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import EntryLine
    from undaunted.repression.sanctions.rules import HeldVersion

__all__ = ["Column", "Happened", "Sheet", "happened_in", "sheet_of", "sheet_of_lines"]

ROOM: Final = 120_000
"""Entries of versions that a process keeps."""

Thing = TypeVar("Thing", bound="Hashable")


@dataclass(frozen=True, slots=True)
class Happened:
    """The events of an entry, as the rules ask for them."""

    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Column(Generic[Thing]):
    """One part of every entry: the different values, and which of them each entry has."""

    values: tuple[Thing, ...]
    at: NDArray[np.int32]

    def mapped(self, told: Callable[[Thing], int]) -> NDArray[np.int8]:
        """Give for every entry what is told of its value; each value is asked for once."""
        answers = np.fromiter(map(told, self.values), np.int8, len(self.values))
        return answers[self.at]

    def where(self, holds: Callable[[Thing], bool]) -> NDArray[np.bool_]:
        """Give which entries have a value that holds."""
        return self.mapped(holds).astype(np.bool_)

    def __getitem__(self, row: int) -> Thing:
        return self.values[int(self.at[row])]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The entries of a version, and those that had gone by then; `gone_by` is 0 for the former."""

    source: str
    keys: tuple[str, ...]
    names: tuple[str, ...]
    searches: tuple[str, ...]
    gone_by: NDArray[np.int32]
    first: NDArray[np.int32]
    """The version that brought each in its form."""
    unheard: NDArray[np.bool_]
    """Which entries have no name in letters that are heard: they are found by nobody else's."""
    kinds: Column[str]
    happened: Column[Happened]
    programmes: Column[tuple[Programme, ...]]
    measures: Column[tuple[str, ...]]
    """Which each entry states, or the whole list imposes."""
    regimes: Column[Told]
    """What is known of the measures of an entry that states none."""
    countries: Column[tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.keys)


def happened_in(rows: Iterable[Mapping[str, str]]) -> Happened:
    """Give the events of an entry as they are kept."""
    return Happened(tuple(Event(EventKind(e["kind"]), e["day"], e.get("basis", "")) for e in rows))


def sheet_of(actor: Actor, version: HeldVersion) -> Sheet:
    """Give the columns of a version, as the process keeps them or as they are read."""
    return _KEPT.of(version.id, lambda: _read(actor, version))


def sheet_of_lines(source: str, lines: Iterable[EntryLine]) -> Sheet:
    """Lay lines out in columns."""
    made = _Making(source)
    for line in lines:
        made.take(line)
    return Sheet(
        source,
        tuple(made.keys),
        tuple(made.names),
        tuple(made.searches),
        np.array(made.gone_by, np.int32),
        np.array(made.first, np.int32),
        np.array(made.unheard, np.bool_),
        *(each.column() for each in made.parts),
    )


_STATES_ITS_OWN: Final = Told()
_KEPT: Kept[Sheet] = Kept(ROOM, len)


@dataclass(slots=True)
class _Part:
    """One column while it is read."""

    seen: dict[Any, int] = field(default_factory=dict)
    at: list[int] = field(default_factory=list)

    def take(self, value: Hashable) -> None:
        self.at.append(self.seen.setdefault(value, len(self.seen)))

    def column(self) -> Column[Any]:
        return Column(tuple(self.seen), np.array(self.at, np.int32))


class _Making:
    """Columns while lines come in."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.keys: list[str] = []
        self.names: list[str] = []
        self.searches: list[str] = []
        self.gone_by: list[int] = []
        self.first: list[int] = []
        self.unheard: list[bool] = []
        self.parts = tuple(_Part() for _ in range(6))
        self._happened: dict[Any, Happened] = {}
        self._regimes: dict[Any, Told] = {}
        self._has_regimes = has_regimes(source)

    def take(self, line: EntryLine) -> None:
        self.keys.append(line.key)
        self.names.append(line.name)
        self.searches.append(line.search)
        self.gone_by.append(line.gone_by or 0)
        self.first.append(line.first)
        self.unheard.append(unheard(line.search.split("\n")))
        told = (
            line.kind,
            self._events(line.parts.get("events", ())),
            tuple(
                Programme(p.get("code", ""), p.get("title", ""))
                for p in line.parts.get("programmes", ())
            ),
            tuple(dict.fromkeys(each["kind"] for each in line.parts.get("measures", ()))),
            self._told(line),
            _origins(line.parts),
        )
        for part, value in zip(self.parts, told, strict=True):
            part.take(value)

    def _told(self, line: EntryLine) -> Told:
        stated = frozenset(each["stated"] for each in line.parts.get("measures", ()))
        if stated and not self._has_regimes:
            return _STATES_ITS_OWN
        codes = tuple(p.get("code", "") for p in line.parts.get("programmes", ()))
        asked = (line.kind, codes, stated)
        if asked not in self._regimes:
            self._regimes[asked] = told_besides(self.source, *asked)
        return self._regimes[asked]

    def _events(self, rows: Iterable[dict[str, str]]) -> Happened:
        held = tuple(rows)
        name = tuple((each["kind"], each["day"], each.get("basis", "")) for each in held)
        found = self._happened.get(name)
        if found is None:
            found = self._happened[name] = happened_in(held)
        return found


def _origins(parts: dict[str, Any]) -> tuple[str, ...]:
    """Give where somebody is from: nationalities, countries and places of birth."""
    births = (each["country"] for each in parts.get("births", ()) if each.get("country"))
    told = (*parts.get("nationalities", ()), *parts.get("countries", ()), *births)
    return tuple(dict.fromkeys(told))


def _read(actor: Actor, version: HeldVersion) -> Sheet:
    def lines() -> Iterator[EntryLine]:
        yield from lines_of(actor, version.source, version.number)
        if version.number > 1:
            yield from lines_gone(actor, version.source, version.number)

    return sheet_of_lines(version.source, lines())

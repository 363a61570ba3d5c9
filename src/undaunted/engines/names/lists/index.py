"""A list of names made ready to be searched: entries, what is known of them, what was left out.

    found = search("Ramzan Kadyrov", build_index([Entry("Рамзан Кадыров", id="EU-1")]))

Persons and organisations stand on shelves of their own, since their names are not compared.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from undaunted.engines.names.errors import NameRefused, no_text
from undaunted.engines.names.known.facts import NOTHING_KNOWN, Facts, days_of
from undaunted.engines.names.pairs.comparing import prepare
from undaunted.engines.names.typed.scripts import unsure_by
from undaunted.engines.names.words.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.engines.names.lists.shelves import Shelf
    from undaunted.engines.names.words.prepared import Prepared

__all__ = [
    "Entry",
    "Flagged",
    "Index",
    "Stand",
    "build_index",
    "identifiers_of",
    "refusal_of",
]

_FEWEST = 2
_MANY = 5_000
"""Names from which on the collector is told to pass over them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name on a list, or a name that is asked for, and what is known of its bearer."""

    name: str
    kind: Kind = Kind.PERSON
    facts: Facts = NOTHING_KNOWN
    id: str = ""
    row: int = 0
    """Where it stands in its table; the first row is 1."""
    any_kind: bool = False
    """Whether nobody told the kind, so that it may be of any: what asks looks on every shelf."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """A row that could not be used, or that deserves a look: which, what it says, and why."""

    row: int
    name: str
    why: str
    used: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """Names of one kind with their entries, and where to find those that share something known."""

    shelf: Shelf
    entries: tuple[Entry, ...]
    by_identifier: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    by_day: dict[tuple[int, int, int], list[int]] = field(default_factory=dict)
    """Places by a full day of birth: whoever shares it and a word is compared."""
    untold: bool = False
    """Whether of any entry nobody told the kind."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Names to search among. Made by `build_index`; searched by `search` and `screen`."""

    stands: dict[Kind, Stand]
    flagged: tuple[Flagged, ...]
    """What is on the list and cannot be searched for, or in its own letters alone, or in part."""

    def __len__(self) -> int:
        return sum(len(stand.entries) for stand in self.stands.values())


def build_index(entries: Iterable[Entry | str]) -> Index:
    """Prepare every name of a list; a name that is none is flagged, and the others are kept."""
    with _uncollected():
        index = _built(entries)
    if len(index) >= _MANY:
        gc.collect()
        gc.freeze()
    return index


@contextmanager
def _uncollected() -> Iterator[None]:
    """Stay the collector: names do not refer to each other, and it would look at all in vain."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _built(entries: Iterable[Entry | str]) -> Index:
    # who compares two names does not wait for what compiles loops
    from undaunted.engines.names.lists.shelves import Shelf  # noqa: PLC0415

    prepared: dict[Kind, tuple[list[Prepared], list[Entry]]] = {}
    flagged = []
    for row, given in enumerate(entries, 1):
        entry = given if isinstance(given, Entry) else Entry(given, row=row)
        if refused := no_text(entry.name):
            flagged.append(Flagged(entry.row, "", refused))
            continue
        try:
            # not through the store of prepared names: the list keeps its own
            name = prepare.__wrapped__(entry.name, entry.kind)
        except NameRefused as refusal:
            flagged.append(Flagged(entry.row, entry.name, str(refusal)))
            continue
        if refused := refusal_of(name):
            flagged.append(Flagged(entry.row, entry.name, refused))
            continue
        names, kept = prepared.setdefault(entry.kind, ([], []))
        names.append(name)
        kept.append(entry)
    stands = {
        kind: Stand(
            Shelf(names, _bearers(kept)),
            tuple(kept),
            _by_identifier(kept),
            _by_day(kept),
            untold=any(entry.any_kind for entry in kept),
        )
        for kind, (names, kept) in prepared.items()
    }
    flagged += _unsure(kept for _, kept in prepared.values())
    return Index(stands, tuple(sorted(flagged, key=lambda each: each.row)))


def _unsure(shelves: Iterable[list[Entry]]) -> Iterator[Flagged]:
    """Tell names in letters that are not heard, of whom no other name is in ones that are."""
    silent, heard = list[tuple[str, Entry]](), set[str]()
    for entry in chain.from_iterable(shelves):
        if why := unsure_by(entry.name):
            silent.append((why, entry))
        else:
            heard.add(entry.id)
    for why, entry in silent:
        if not entry.id or entry.id not in heard:
            yield Flagged(entry.row, entry.name, why, used=True)


def _bearers(entries: list[Entry]) -> list[int]:
    """Say by a number whose name each is: entries of one `id` are one bearer's."""
    if not any(entry.id for entry in entries):
        return []
    numbers: dict[str | int, int] = {}
    return [numbers.setdefault(entry.id or at, len(numbers)) for at, entry in enumerate(entries)]


def refusal_of(name: Prepared) -> str:
    """Say why a name, though it can be compared, is none to search for: one letter finds all."""
    if name.script in _SYLLABIC or sum(map(str.isalnum, name.text)) >= _FEWEST:
        return ""
    return "a name to search for has two letters or more; this has one"


_SYLLABIC = frozenset({"han", "hangul"})
"""Scripts in which one character is a whole word."""


def identifiers_of(facts: Facts) -> list[tuple[str, str]]:
    """Give identifiers as they are compared, whatever their signs and capitals."""
    return [
        (kind.casefold(), re.sub(r"[\W_]", "", value).casefold())
        for kind, value in sorted(facts.identifiers)
    ]


def _by_identifier(entries: Iterable[Entry]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for place, entry in enumerate(entries):
        for one in identifiers_of(entry.facts):
            found.setdefault(one, []).append(place)
    return found


def _by_day(entries: Iterable[Entry]) -> dict[tuple[int, int, int], list[int]]:
    found: dict[tuple[int, int, int], list[int]] = {}
    for place, entry in enumerate(entries):
        for day in set(days_of(entry.facts)):
            found.setdefault(day, []).append(place)
    return found

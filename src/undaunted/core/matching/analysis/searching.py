"""Entries whose names are like some words, in any script and spelling: an index of each version.

A version never changes, so its index is made once in a process and kept while it is in force;
those that were not asked for longest go first. Public facts alone stand in it. Whoever asks for a
surname means everybody who bears it, so that single words are searched besides whole names.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final
from unicodedata import category

from undaunted.core.listings.queries import entries_in_force, lists_standing
from undaunted.core.matching.analysis.facts import kind_of
from undaunted.engines.names import Entry as Sought
from undaunted.engines.names import Kind, NameRefused, build_index, search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import ListVersion
    from undaunted.core.matching.rules import EntryKey
    from undaunted.engines.names import Hit, Index

__all__ = ["Likeness", "likely_entries", "make_ready"]

ROOM: Final = 400_000
"""Names and words that a process keeps ready: all lists of today twice over."""
_MOST: Final = 100
_MOST_WORDS: Final = 8
_TELLING: Final = 3
"""A word shorter than that may be left out of what was asked: an initial, a particle."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like an entry is to what was asked, and by which of its names.

    In `part`, every word of what was asked is like one of the name's, of which more is left over.
    """

    score: float
    name: str
    part: bool = False

    @property
    def rank(self) -> tuple[bool, float]:
        """Orders likenesses, the least first: a whole name is more than any part."""
        return not self.part, self.score


@dataclass(frozen=True, slots=True)
class _Ready:
    """The names of a version, ready to be searched; a row is the place of its entry."""

    index: Index
    words: Index
    bearers: tuple[tuple[int, ...], ...]
    """By word: the places of the entries that have it in a name."""
    keys: tuple[str, ...]
    names: tuple[str, ...]
    folded: Mapping[str, tuple[str, ...]]
    """Keys by how they read in small letters."""

    def __len__(self) -> int:
        return len(self.index) + len(self.words)


_LOCK = Lock()
_KEPT: OrderedDict[str, _Ready] = OrderedDict()


def likely_entries(
    actor: Actor,
    words: str,
    *,
    kinds: Iterable[Kind] = tuple(Kind),
    sources: Iterable[str] | None = None,
) -> Mapping[EntryKey, Likeness]:
    """Give the entries in force that are called so, or are named by these very words as a key.

    Of each list the most alike; a name that the engine refuses finds only what has it as its key.
    """
    asked, found = words.strip(), dict["EntryKey", Likeness]()
    wanted = None if sources is None else frozenset(sources)
    if not asked:
        return found
    for standing in lists_standing(actor):
        version = standing.version
        if version is None or (wanted is not None and version.source not in wanted):
            continue
        ready = _ready(actor, version)
        for kind in kinds:
            for key, likeness in _alike(ready, Sought(asked, kind)):
                held = found.get((version.source, key))
                if held is None or held.rank < likeness.rank:
                    found[version.source, key] = likeness
        key = asked.casefold().removeprefix(f"{version.source}:")
        for each in ready.folded.get(key, ()):
            found[version.source, each] = Likeness(1.0, each)
    return found


def make_ready(actor: Actor) -> int:
    """Make the names of every list in force ready; gives how many there are."""
    versions = [each.version for each in lists_standing(actor) if each.version is not None]
    return sum(len(_ready(actor, each).index) for each in versions)


def _alike(ready: _Ready, asked: Sought) -> Iterator[tuple[str, Likeness]]:
    """Give the entries of which a name is alike as a whole; first those that are in part."""
    for place, score in _in_part(ready, asked).items():
        yield ready.keys[place], Likeness(score, ready.names[place], part=True)
    for hit in _hits(asked, ready.index):
        likeness = Likeness(round(hit.score, 4), hit.found.name)
        yield ready.keys[hit.found.row], likeness


def _in_part(ready: _Ready, asked: Sought) -> dict[int, float]:
    """Give by place how like the least like of the asked words is to one of the entry's."""
    found: dict[int, float] | None = None
    words = _words_of(asked.name)[:_MOST_WORDS]
    for word in words:
        alike: dict[int, float] = {}
        hits = _hits(Sought(word, asked.kind), ready.words)
        if not hits and len(word) < _TELLING and len(words) > 1:
            continue
        for hit in hits:
            for place in ready.bearers[hit.found.row]:
                alike[place] = max(alike.get(place, 0.0), round(hit.score, 4))
        held = alike if found is None else found
        found = {at: min(held[at], score) for at, score in alike.items() if at in held}
    likest = sorted((found or {}).items(), key=lambda each: -each[1])
    return dict(likest[:_MOST])


def _hits(asked: Sought, index: Index) -> list[Hit]:
    try:
        return search(asked, index, most=_MOST)
    except NameRefused:
        return []


def _words_of(name: str) -> list[str]:
    """Give the words of a name, signs between them left out; marks belong to their letters."""
    kept = (c if c.isalnum() or category(c).startswith("M") else " " for c in name)
    return "".join(kept).split()


def _ready(actor: Actor, version: ListVersion) -> _Ready:
    """Give the names of a version as they are kept; one that nobody asked for yet is made once."""
    mark = str(version.pk)
    with _LOCK:
        held = _KEPT.pop(mark, None) or _made(actor, version.source)
        _KEPT[mark] = held
        while len(_KEPT) > 1 and sum(map(len, _KEPT.values())) > ROOM:
            _KEPT.popitem(last=False)
    return held


def _made(actor: Actor, source: str) -> _Ready:
    keys, firsts = list[str](), list[str]()
    bearers: dict[tuple[str, Kind], dict[int, None]] = {}

    def names() -> Iterator[Sought]:
        for at, (_, entry) in enumerate(entries_in_force(actor, [source])):
            kind = kind_of(entry.kind)
            keys.append(entry.key)
            firsts.append(entry.name)
            for text in dict.fromkeys(each.text for each in entry.names):
                yield Sought(text, kind, row=at)
                for word in _words_of(text):
                    bearers.setdefault((word.casefold(), kind), {})[at] = None

    index, folded = build_index(names()), defaultdict[str, tuple[str, ...]](tuple)
    words = build_index(Sought(word, kind, row=at) for at, (word, kind) in enumerate(bearers))
    for key in keys:
        folded[key.casefold()] += (key,)
    return _Ready(
        index, words, tuple(map(tuple, bearers.values())), tuple(keys), tuple(firsts), dict(folded)
    )

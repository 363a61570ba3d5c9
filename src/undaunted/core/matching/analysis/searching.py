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

from undaunted.core.listings.queries import entries_of, lists_standing
from undaunted.core.listings.rules import Alikes, Likeness
from undaunted.core.listings.rules import Kind as ListKind
from undaunted.core.matching.rules import Form, kinds_of, unsure_names
from undaunted.engines.names import REVIEW, Kind, NameRefused, build_index, look
from undaunted.engines.names import Entry as Sought
from undaunted.engines.names.pairs.comparing import ONE_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import ListVersion
    from undaunted.core.matching.rules import EntryKey
    from undaunted.engines.names import Hit, Index

__all__ = ["Likely", "Likeness", "alikes_of", "likely_entries", "make_ready"]

ROOM: Final = 400_000
"""Names and words that a process keeps ready: all lists of today twice over."""
_AT_ONCE: Final = 500
_MOST: Final = 100
_MOST_WORDS: Final = 8
_TELLING: Final = 3
"""A word shorter than that may be left out of what was asked: an initial, a particle."""


class Likely(dict["EntryKey", Likeness]):
    """The entries that are called so, and those that are as like and beyond the most of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.beyond: set[EntryKey] = set()


@dataclass(frozen=True, slots=True)
class _Words:
    """The single words of a version's names, ready to be searched."""

    index: Index
    bearers: tuple[tuple[int, ...], ...]
    """By word: the places of the entries that have it in a name."""


class _Ready:
    """The names of a version, ready to be searched; a row is the place of its entry.

    Each part is made once, when it is first asked for: whoever searches whole names of people waits
    for neither the single words nor the names of companies.
    """

    def __init__(self) -> None:
        self.keys: tuple[str, ...] = ()
        self.names: tuple[str, ...] = ()
        self.folded: Mapping[str, tuple[str, ...]] = {}
        """Keys by how they read in small letters."""
        self._lock = Lock()
        self._sought: dict[Kind, list[Sought]] | None = None
        self._indices: dict[Kind, Index] = {}
        self._words: dict[Kind, _Words] = {}

    def __len__(self) -> int:
        # Others may make more ready meanwhile, so that what there is now is counted.
        words = [each.index for each in tuple(self._words.values())]
        return sum(map(len, (*self._indices.values(), *words)))

    def read(self, actor: Actor, version: ListVersion) -> None:
        """Read the entries of the version, unless they were read before."""
        with self._lock:
            if self._sought is None:
                self._sought = self._read(actor, version)

    def _read(self, actor: Actor, version: ListVersion) -> dict[Kind, list[Sought]]:
        keys, names = list[str](), list[str]()
        sought: dict[Kind, list[Sought]] = {}
        rows = entries_of(actor, version).iterator(_AT_ONCE)
        for at, entry in enumerate(row.entry for row in rows):
            keys.append(entry.key)
            names.append(entry.name)
            texts = dict.fromkeys(each.text for each in entry.names)
            for kind in kinds_of(entry.kind):
                sought.setdefault(kind, []).extend(
                    Sought(text, kind, id=entry.key, row=at) for text in texts
                )
        folded = defaultdict[str, tuple[str, ...]](tuple)
        for key in keys:
            folded[key.casefold()] += (key,)
        self.keys, self.names, self.folded = tuple(keys), tuple(names), dict(folded)
        return sought

    def index(self, kind: Kind) -> Index | None:
        """Give the whole names of a kind; None where there is none."""
        with self._lock:
            if kind not in self._indices and (sought := (self._sought or {}).get(kind)):
                self._indices[kind] = build_index(sought)
            return self._indices.get(kind)

    def words(self, kind: Kind) -> _Words | None:
        """Give the single words of names of a kind; None where there is none."""
        with self._lock:
            if kind not in self._words and (sought := (self._sought or {}).get(kind)):
                self._words[kind] = _words_made(sought, kind)
            return self._words.get(kind)


_LOCK = Lock()
_KEPT: OrderedDict[str, _Ready] = OrderedDict()


def likely_entries(  # noqa: PLR0913 - who asks, what, of which kinds, lists and versions, and how
    actor: Actor,
    words: str,
    *,
    kinds: Iterable[Kind] = tuple(Kind),
    sources: Iterable[str] | None = None,
    versions: Iterable[ListVersion] | None = None,
    parts: bool = True,
) -> Likely:
    """Give the entries in force that are called so, or are named by these very words as a key.

    Of each list the most alike, and which are `beyond` these; a name that the engine refuses finds
    only what has it as its key. With `versions` these are searched, in place of those in force.
    Without `parts`, whoever has more in a name than was asked is found only as a whole name is, and
    so are those of whom the words that are alike are common.
    """
    asked, found = words.strip(), Likely()
    if not asked:
        return found
    for version in _in_force(actor, sources) if versions is None else versions:
        ready = _ready(actor, version)
        for kind in kinds:
            alike, beyond = _alike(ready, Sought(asked, kind), parts=parts)
            found.beyond |= {(version.source, ready.keys[place]) for place in beyond}
            for key, likeness in alike:
                held = found.get((version.source, key))
                if held is None or held.rank < likeness.rank:
                    found[version.source, key] = likeness
        key = asked.casefold().removeprefix(f"{version.source}:")
        for each in ready.folded.get(key, ()):
            found[version.source, each] = Likeness(1.0, each)
    found.beyond -= found.keys()
    return found


def alikes_of(actor: Actor, source: str, words: str) -> Alikes:
    """Give the entries in force of one list that are called like words, for its own pages."""
    found = likely_entries(actor, words, sources=(source,))
    unsure = any(map(str.isalpha, words)) and unsure_names(Form(ListKind.OTHER.value, (words,)))
    return Alikes(
        {key: likeness for (_list, key), likeness in found.items()},
        frozenset(key for _list, key in found.beyond),
        heard=not unsure,
    )


def _in_force(actor: Actor, sources: Iterable[str] | None) -> list[ListVersion]:
    wanted = None if sources is None else frozenset(sources)
    held = (each.version for each in lists_standing(actor) if each.version is not None)
    return [each for each in held if wanted is None or each.source in wanted]


def make_ready(actor: Actor) -> int:
    """Make the names of every list in force ready; gives how many there are."""
    count = 0
    for ready in (_ready(actor, each) for each in _in_force(actor, None)):
        count += sum(len(index) for kind in Kind if (index := ready.index(kind)))
        for kind in Kind:
            ready.words(kind)
    return count


def _alike(
    ready: _Ready, asked: Sought, *, parts: bool
) -> tuple[list[tuple[str, Likeness]], set[int]]:
    """Give the entries of which a name is alike, first those that are in part; and more places."""
    found, beyond = list[tuple[str, Likeness]](), set[int]()
    if parts and (words := ready.words(asked.kind)):
        in_part = _in_part(words, asked)
        for place, score in in_part[:_MOST]:
            found.append((ready.keys[place], Likeness(score, ready.names[place], part=True)))
        beyond |= {place for place, _ in in_part[_MOST:]}
    if index := ready.index(asked.kind):
        hits, more = _hits(asked, index, common=not parts)
        for hit in hits:
            likeness = Likeness(round(hit.score, 4), hit.found.name)
            found.append((ready.keys[hit.found.row], likeness))
        beyond |= {each.row for each in more}
    return found, beyond


def _in_part(held: _Words, asked: Sought) -> list[tuple[int, float]]:
    """Give places, the likest first, with how like the least like of the asked words is there."""
    found: dict[int, float] | None = None
    words = _words_of(asked.name)[:_MOST_WORDS]
    for word in words:
        alike: dict[int, float] = {}
        hits, _ = _hits(Sought(word, asked.kind), held.index)
        if not hits and len(word) < _TELLING and len(words) > 1:
            continue
        for hit in hits:
            for place in held.bearers[hit.found.row]:
                alike[place] = max(alike.get(place, 0.0), round(hit.score, 4))
        before = alike if found is None else found
        found = {at: min(before[at], score) for at, score in alike.items() if at in before}
    return sorted((found or {}).items(), key=lambda each: -each[1])


def _hits(
    asked: Sought, index: Index, *, common: bool = False
) -> tuple[Sequence[Hit], Sequence[Sought]]:
    """Give the likest names, and those beyond; with `common` also those whose words many bear.

    A search by words finds these in part. One of whole names alone would pass over them, and tell
    that nobody on the list is alike. Beyond are as many as reach what the likest reach, no others.
    """
    try:
        looked = look(asked, index, most=_MOST)
        if not (common and looked.common):
            return looked.hits, looked.passed[looked.common :]
        every = look(asked, index, threshold=ONE_WORD, most=_MOST)
    except NameRefused:
        return (), ()
    hits = [hit for hit in every.hits if hit.score >= REVIEW]
    shown = {hit.found.row for hit in hits}
    reached = (*(hit.found for hit in looked.hits), *looked.passed)
    return hits, [each for each in reached if each.row not in shown]


def _words_of(name: str) -> list[str]:
    """Give the words of a name, signs between them left out; marks belong to their letters."""
    kept = (c if c.isalnum() or category(c).startswith("M") else " " for c in name)
    return "".join(kept).split()


def _ready(actor: Actor, version: ListVersion) -> _Ready:
    """Give the names of a version as they are kept; one that nobody asked for yet is read once."""
    mark = str(version.pk)
    with _LOCK:
        held = _KEPT.setdefault(mark, _Ready())
        _KEPT.move_to_end(mark)
        while len(_KEPT) > 1 and sum(map(len, _KEPT.values())) > ROOM:
            _KEPT.popitem(last=False)
    held.read(actor, version)
    return held


def _words_made(sought: Iterable[Sought], kind: Kind) -> _Words:
    bearers: dict[str, dict[int, None]] = {}
    for each in sought:
        for word in _words_of(each.name):
            bearers.setdefault(word.casefold(), {})[each.row] = None
    index = build_index(Sought(word, kind, row=at) for at, word in enumerate(bearers))
    return _Words(index, tuple(map(tuple, bearers.values())))

"""Prepared names on a shelf, as arrays: which of many may be meant, before any is compared.

Every word of a name is kept under keys that all its romanisations share, and neighbours also under
the key of both as one word. What is asked for gathers weight at each name it shares keys with, rare
words more than common ones; the heaviest have their letters and words looked at, and are candidates
in the order of all three. Loops are compiled, once for an installation.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.names.lists.hopes import Hopes
from undaunted.engines.names.lists.nearness import SURE, Nearness
from undaunted.engines.names.loops.choosing import Kinds, Seeker, chosen, needed
from undaunted.engines.names.loops.gathering import Board, Postings, Votes, gather
from undaunted.engines.names.loops.nearing import Found
from undaunted.engines.names.words.tokens import Kind, Role, System

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from undaunted.engines.names.words.prepared import Prepared
    from undaunted.engines.names.words.tokens import Token

__all__ = ["MOST_CANDIDATES", "Shelf"]

MOST_CANDIDATES = 100
_GATHERED = 600
"""Names by weight of keys, of which letters and words are compared."""
_COMMON = 0.6
"""What a key loses that all names have."""
_JOINED = 1.5
"""What two words as one weigh, of the mean word."""
_OF_INITIAL = 0.5
_VOWELS, _SHORT = 0.5, 3
"""What is left of the weight of a word so short that has no consonants to be found by."""
_FEW = 200
"""Names in a script of which a list has but few."""
_EVERY = 250
"""Names of a list so short that all are compared, whatever they promise."""
_VERY_SHORT_LIST, _SHORT_LIST = 200, 4_000
"""On a list of fewer bearers a word is as common as on one of so many: more where it is sure."""
_FEW_BEARERS, _OF_MOST = 20, 0.4
"""More bearers than that, and a larger part of all: such a word is common on any list."""
_AT_ONCE = 1 << 16
"""Names under keys that are counted at once, so that a long list takes little room."""
_PROMISING = {System.LETTERS: 0.58, System.ABJAD: 0.57, System.SYLLABLES: 0.55, System.FITTED: 0.57}
"""What a candidate must promise to be compared in full, by the writing of either name."""
_FEWEST = 3
"""Names near enough from which on it takes less to tell first who may reach a score."""
_WITH_INITIAL = 0.5
_FIRST, _FLOOR = 2, np.float32(0.45)
"""So many of the nearest in another script are compared though they promise less, if this."""
_KEYS_SURE = np.float32(SURE)
_ACROSS = {System.LETTERS: 0.58, System.ABJAD: 0.5, System.SYLLABLES: 0.55, System.FITTED: 0.57}
"""The same of two scripts that share most keys, by the writing of either name."""


class Shelf:
    """Prepared names by the keys of their words; a name is told by its place.

    ``bearers`` numbers whose name each is, where one has several; else every name is another's.
    """

    def __init__(self, listed: Sequence[Prepared], bearers: Sequence[int] = ()) -> None:
        self.names = listed
        # every reading of a name has a row of its own, behind those of the names
        others = [(at, other) for at, name in enumerate(listed) for other in name.also]
        self._rows = names = [*map(_alone, listed), *(other for _, other in others)]
        self._place = array("i", range(len(listed)))
        self._place.extend(at for at, _ in others)
        self._numbers: dict[str, int] = {}
        posted, starts = _posted(names, self._numbers)
        self._telling = _telling(np.diff(starts), len(names))
        whose = np.array(bearers or range(len(listed)), np.int32)[np.array(self._place, np.intp)]
        borne, everybody = _borne(whose, posted, starts), len(np.unique(whose))
        self._of_bearers = _telling(borne, max(everybody, _VERY_SHORT_LIST))
        self._of_more = _of_more(self._of_bearers, borne, everybody)
        self._nearness = Nearness(names)
        self._hopes = Hopes(names, others, self._nearness) if _of_persons(names) else None
        self._scripts: dict[str, int] = {}
        scripts = [self._scripts.setdefault(name.script, len(self._scripts)) for name in names]
        sizes = np.bincount(scripts, minlength=len(self._scripts))
        self._few = {script: bool(sizes[at] <= _FEW) for script, at in self._scripts.items()}
        self._apart = np.fromiter(map(_in_syllables, names), np.bool_, len(names))
        self._words = np.diff(self._nearness.ends)
        self._totals = np.array([self._total(name) for name in names], np.float32)
        telling = np.array(self._telling, np.float32)
        kept = (sizes <= _FEW)[scripts]
        ends = self._nearness.ends
        self._postings = Postings(posted, starts, telling, ends, kept, self._apart)
        self._kinds = Kinds(
            np.fromiter(map(_least_of, names), np.float32, len(names)),
            np.fromiter(map(_across, names), np.float32, len(names)),
            np.fromiter(map(_in_letters, names), np.bool_, len(names)),
            np.array(scripts, np.int16), self._apart, self._nearness.abjad,
        )  # fmt: skip
        self._spare: list[Board] = []
        if names:
            # loops are read while the list is, so that who asks first does not wait
            self._nearest(names[0], None)
            self._nearness.spelt(np.zeros(0, np.int32), frozenset())
            if self._hopes is not None:
                self._hopes.reaching(names[0], np.zeros(1, np.int32), 1.0)

    def promising(
        self, name: Prepared, among: Callable[[int], bool] | None = None, least: float = 0.0
    ) -> tuple[list[int], bool]:
        """Give places of the names that are to be compared in full with one asked for.

        What two names must promise is the same whichever is asked for; a few of the nearest in
        another script are given though they promise less. With `among`, places that it says no to
        are left out before the nearest are taken. Of the nearest those are left out that surely
        score less than `least`. Says besides whether more may promise enough.
        """
        if len(self.names) <= _EVERY:
            return [at for at in range(len(self.names)) if among is None or among(at)], False
        nearest = [self._nearest(one, among) for one in (_alone(name), *name.also)]
        full = any(rows.size == MOST_CANDIDATES for rows in nearest)
        return self._places(name, nearest, least), full

    def all_promising(
        self, name: Prepared, among: Callable[[int], bool] | None = None, least: float = 0.0
    ) -> list[int]:
        """Give places of however many promise enough, the best of each reading first."""
        every, ones = len(self._rows), (_alone(name), *name.also)
        nearest = [self._nearest(one, among, every, every) for one in ones]
        return self._places(name, nearest, least)

    def _places(self, name: Prepared, nearest: list[NDArray[np.int32]], least: float) -> list[int]:
        """Give places of the rows of each reading, but for those that surely score less."""
        if least and self._hopes is not None and len(nearest) == 1 and nearest[0].size >= _FEWEST:
            nearest = [self._hopes.reaching(name, nearest[0], least)]
        rows = (row for each in nearest for row in each.tolist())
        return list(dict.fromkeys(map(self._place.__getitem__, rows)))

    def _nearest(
        self,
        name: Prepared,
        among: Callable[[int], bool] | None,
        most: int = MOST_CANDIDATES,
        gathered: int = _GATHERED,
    ) -> NDArray[np.int32]:
        """Give rows that promise enough for one reading of a name."""
        found = self._gathered(name, gathered)
        if among is not None:
            wanted = [among(self._place[row]) for row in found.names.tolist()]
            asked = np.array(wanted, np.bool_)
            found = Found(found.names[asked], found.shared[asked], found.apart[asked])
        least, floor, elsewhere, any_elsewhere, any_syllabic, mixed = needed(
            self._kinds, self._seeker(name), found.names, found.shared
        )
        if any_elsewhere and (any_syllabic or _in_syllables(name)):
            told = self._spelt(name, found)
            floor[told] = least[told] = 0
        places, promised = self._nearness.promised(name, found, floor, mixed=mixed)
        first = self._first_of(name) if any_elsewhere else 0
        return chosen(found.names, least, elsewhere, places, promised, first, most)

    def _seeker(self, name: Prepared) -> Seeker:
        return Seeker(
            np.float32(_least_of(name)), np.float32(_across(name)), _in_letters(name),
            self._scripts.get(name.script, -1), _KEYS_SURE, _FLOOR,
        )  # fmt: skip

    def _first_of(self, name: Prepared) -> int:
        """Give how many names in other scripts are compared at least: more for few who ask so."""
        few = self._few.get(name.script, True) and name.tokens[0].system is System.ABJAD
        return MOST_CANDIDATES if few else _FIRST

    def _spelt(self, name: Prepared, found: Found) -> NDArray[np.intp] | NDArray[np.bool_]:
        """Say which names found have a word that spells the surname in signs of the other."""
        if _in_syllables(name):
            return self._nearness.spelt(found.names, _first_ways(name))
        apart = self._apart[found.names].nonzero()[0].tolist()
        signs = ((at, self._rows[found.names[at]]) for at in apart)
        words = {token.plain for token in name.tokens}
        told = [at for at, other in signs if not words.isdisjoint(_first_ways(other))]
        return np.array(told, np.intp)

    def candidates(
        self, name: Prepared, *, most: int = MOST_CANDIDATES, least: float = 0.0
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Give the most promising places for a name, the best first, and how promising they are.

        Those that promise less than `least` are left out.
        """
        found = self._gathered(name)
        least_of = np.full(found.names.size, least, np.float32)
        places, promise = self._nearness.promises(name, found, least_of)
        place = np.array([self._place[row] for row in places], np.int32)
        first = np.sort(np.unique(place, return_index=True)[1])[:most]
        return place[first], promise[first]

    def telling(self, name: Prepared, *, sure: bool = False) -> float:
        """Give how telling the words of a name are here, 1 where nobody else has them.

        Bearers count and not spellings: who stands here under many names is no more common. Where
        words met for sure, a short list counts as a longer one: what few bear there is no chance.
        """
        return self.worth(name.tokens, sure=sure)

    def worth(self, words: Sequence[Token], *, sure: bool = False) -> float:
        """Give the same of some words."""
        by = self._of_more if sure else self._of_bearers
        telling = sum(
            token.weight * max(self._telling_of(key, by) for key in token.keys) for token in words
        )
        return telling / sum(token.weight for token in words)

    def _gathered(self, name: Prepared, most: int = _GATHERED) -> Found:
        """Give names that share enough keys; their letters decide where keys promise the same."""
        # whoever asks at the same time gets a board of their own
        try:
            board = self._spare.pop()
        except IndexError:
            board = _board(self._totals)
        found = Found(*gather(self._postings, self._votes(name), board, most))
        self._spare.append(board)
        return found

    def _votes(self, name: Prepared) -> Votes:
        keys, ends, weights, as_one = array("q"), array("q"), array("f"), array("b")
        for words, weight, one in _votes(name):
            numbers = [at for key in words if (at := self._numbers.get(key)) is not None]
            if len(numbers) > 1:
                # the last of the rarest first: of a name that is under several keys one counts
                numbers.sort(key=self._telling.__getitem__)
                numbers.reverse()
            keys.extend(numbers)
            ends.append(len(keys))
            weights.append(weight)
            as_one.append(one)
        apart = _may_be_apart(name)
        return Votes(
            np.array(keys, np.int64), np.array(ends, np.int64), np.array(weights, np.float32),
            np.array(as_one, np.bool_), np.float32(self._total(name)), len(name.tokens), apart,
        )  # fmt: skip

    def _total(self, name: Prepared) -> float:
        return sum(_weight_of(token) * self._rarest(token) for token in name.tokens)

    def _rarest(self, token: Token) -> float:
        return max(self._telling_of(key, self._telling) for key in token.keys)

    def _telling_of(self, key: str, telling: array[float]) -> float:
        at = self._numbers.get(key)
        return 1.0 if at is None else telling[at]


def _of_persons(names: Sequence[Prepared]) -> bool:
    """Say whether names are those of persons; of organisations less is told before comparing."""
    return bool(names) and names[0].kind is Kind.PERSON


def _alone(name: Prepared) -> Prepared:
    """Give a name without its other readings."""
    return replace(name, also=()) if name.also else name


@lru_cache(maxsize=4096)
def _first_ways(name: Prepared) -> frozenset[str]:
    """Give the spellings of a surname in signs of its own; none of more signs than one."""
    first = name.tokens[0]
    return frozenset(
        way for ways in (first.syllables, first.heard) if len(ways) == 1 for way in ways[0]
    )


def _weight_of(token: Token) -> float:
    """Give what the keys of a word weigh; a short one without consonants is half a word at most.

    What an initial stands for has other keys, so it weighs little.
    """
    if token.role is Role.INITIAL:
        return token.weight * _OF_INITIAL
    vowels = token.keys[0][0] == "." and len(token.plain) <= _SHORT
    return min(token.weight, 1.0) * (_VOWELS if vowels else 1.0)


def _least_of(name: Prepared) -> float:
    return min(
        _WITH_INITIAL if t.role is Role.INITIAL else _PROMISING[t.system] for t in name.tokens
    )


def _across(name: Prepared) -> float:
    return min(_ACROSS[token.system] for token in name.tokens)


def _in_letters(name: Prepared) -> bool:
    return all(token.system is System.LETTERS for token in name.tokens)


def _may_be_apart(name: Prepared) -> bool:
    """Say whether any name of more or fewer words may have written words of this one otherwise."""
    return len(name.tokens) == 1 or _in_syllables(name)


def _in_syllables(name: Prepared) -> bool:
    return name.tokens[0].system is System.SYLLABLES


def _board(totals: NDArray[np.float32]) -> Board:
    counts = np.stack([np.zeros_like(totals), totals], axis=1)
    return Board(counts, np.zeros(len(totals), np.int16))


def _telling(sizes: NDArray[np.int64], names: int) -> array[float]:
    """Give 1 for a key that one name has, less for keys that many have."""
    rarity = 1 - _COMMON * np.log(np.maximum(sizes, 1)) / log(names + 1)
    return array("f", rarity.astype(np.float32).tobytes())


def _of_more(own: array[float], borne: NDArray[np.int64], everybody: int) -> array[float]:
    """Give how telling keys would be on a longer list; those of most bearers are not more so."""
    if everybody >= _SHORT_LIST:
        return own
    common = (borne > _FEW_BEARERS) & (borne > _OF_MOST * everybody)
    more = _telling(borne, _SHORT_LIST)
    return array("f", np.where(common, own, more).astype(np.float32).tobytes())


def _borne(
    whose: NDArray[np.int32], posted: NDArray[np.int32], starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Count for each key the bearers among the names under it, some keys at a time."""
    borne = np.zeros(len(starts) - 1, np.int64)
    most = int(whose.max()) + 1 if whose.size else 1
    first = 0
    while first < len(borne):
        last = int(np.searchsorted(starts, starts[first] + _AT_ONCE))
        last = min(max(last, first + 1), len(borne))
        key_of = np.repeat(np.arange(last - first), np.diff(starts[first : last + 1]))
        bearers = whose[posted[starts[first] : starts[last]]]
        pairs = np.unique(key_of * most + bearers)
        borne[first:last] = np.bincount(pairs // most, minlength=last - first)
        first = last
    return borne


def _votes(name: Prepared) -> list[tuple[tuple[str, ...], float, bool]]:
    votes = [(token.keys, _weight_of(token), False) for token in name.tokens]
    joined = name.keys.difference(*(keys for keys, _, _ in votes))
    if joined:
        mean = sum(weight for _, weight, _ in votes) / len(votes)
        votes += [((key,), _JOINED * mean, True) for key in sorted(joined)]
    return votes


def _posted(
    prepared: Sequence[Prepared], numbers: dict[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Give all names key after key, and where those of each key begin; number the keys."""
    keys, names = array("i"), array("i")
    for at, name in enumerate(prepared):
        for key in name.keys:
            keys.append(numbers.setdefault(key, len(numbers)))
            names.append(at)
    key_of, name_of = np.array(keys, np.int32), np.array(names, np.int32)
    counts = np.bincount(key_of, minlength=len(numbers))
    starts = np.concatenate([[0], np.cumsum(counts)])
    return name_of[np.argsort(key_of, kind="stable")], starts

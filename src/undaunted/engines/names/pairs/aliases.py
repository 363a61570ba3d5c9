"""Many names of one bearer against many of another: the best pair, found without trying all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from undaunted.engines.names.errors import NameRefused
from undaunted.engines.names.pairs.comparing import prepare, score
from undaunted.engines.names.words.shapes import keep_shape
from undaunted.engines.names.words.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.engines.names.words.prepared import Prepared

__all__ = ["Aliases", "Best", "best", "prepare_all"]

_TRIED = 3
"""Pairs of names that are compared in full."""
_AS_PROMISING = 0.75
"""What a pair needs of the words in common that the best has."""


@dataclass(frozen=True, slots=True, eq=False)
class Aliases:
    """All names of one bearer, ready to be compared often."""

    names: tuple[Prepared, ...]
    by_key: dict[str, tuple[tuple[int, float], ...]]
    """By the keys of words: the places of names, and what part of the name the word is."""
    by_words: dict[str, int]
    """Places of names by all their words in the order of the alphabet."""
    refused: tuple[str, ...]
    """What was given as a name and is none."""


class Best(NamedTuple):
    """The best pair of names: its score, and the place of either name."""

    score: float
    left: int
    right: int


def prepare_all(names: Iterable[str], kind: Kind | str = Kind.PERSON) -> Aliases:
    """Prepare all names of one bearer; keep apart what is none, unless nothing else is left."""
    good: dict[Prepared, None] = {}
    refused = []
    for name in names:
        try:
            good[prepare(name, kind)] = None
        except NameRefused:
            refused.append(name)
    if not good:
        raise NameRefused(f"none of {len(refused)} names can be compared")
    names_ready = tuple(map(keep_shape, good))
    by_words = {
        " ".join(sorted(token.plain for token in name.tokens)): place
        for place, name in enumerate(names_ready)
    }
    return Aliases(names_ready, _places(names_ready), by_words, tuple(refused))


def _places(names: tuple[Prepared, ...]) -> dict[str, tuple[tuple[int, float], ...]]:
    found: dict[str, dict[int, float]] = {}
    for place, name in enumerate(names):
        for one in (name, *name.also):
            for token in one.tokens:
                share = 1.0 / (len(token.keys) * len(one.tokens))
                for key in token.keys:
                    where = found.setdefault(key, {})
                    where[place] = where.get(place, 0.0) + share
    return {key: tuple(where.items()) for key, where in found.items()}


def best(left: Aliases, right: Aliases) -> Best:
    """Compare those pairs in full that have most words in common, and give the best."""
    found = Best(0.0, 0, 0)
    for i, j in _promising(left, right):
        value = score(left.names[i], right.names[j])
        if value > found.score:
            found = Best(value, i, j)
            if value == 1.0:
                break
    return found


def _promising(left: Aliases, right: Aliases) -> list[tuple[int, int]]:
    same = left.by_words.keys() & right.by_words.keys()
    if same:
        return [(left.by_words[words], right.by_words[words]) for words in sorted(same)]
    # by the names of one, a vote for each name of the other
    votes: dict[int, list[float]] = {}
    ones, others, count = left.by_key, right.by_key, len(right.names)
    for key in filter(others.__contains__, ones):
        theirs = others[key]
        for i, share in ones[key]:
            row = votes.get(i)
            if row is None:
                row = votes[i] = [0.0] * count
            for j, other in theirs:
                row[j] = row[j] + share + other
    if not votes:
        return [(0, 0)]
    least = max(map(max, votes.values())) * _AS_PROMISING
    chosen = [
        (-vote, i, j)
        for i, row in votes.items()
        if max(row) >= least
        for j, vote in enumerate(row)
        if vote >= least
    ]
    chosen.sort()
    return [(i, j) for _, i, j in chosen[:_TRIED]]

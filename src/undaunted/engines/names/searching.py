"""Search a list for a name: candidates by their keys, each compared, the likely ones told.

A hit is a question for a person, never a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.engines.names.calibration import REVIEW
from undaunted.engines.names.comparing import ONE_WORD, Ground, compare, prepare, score
from undaunted.engines.names.errors import NameRefused
from undaunted.engines.names.facts import NOTHING_KNOWN, RAISING, weighed
from undaunted.engines.names.index import Entry, identifiers_of, refusal_of
from undaunted.engines.names.romanised import BY_INITIAL
from undaunted.engines.names.tokens import Kind, System

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.engines.names.comparing import Comparison
    from undaunted.engines.names.index import Index
    from undaunted.engines.names.shelves import Shelf
    from undaunted.engines.names.tokens import Prepared

__all__ = ["MOST_HITS", "Hit", "search"]

MOST_HITS = 20
_LEAST_TELLING = 0.62
"""How telling words are at least, by the list itself, that a name in part alone is told for."""
_TELLING_IF_LESS = 0.66
"""The same of a few words, where one was merely near or both names have others besides."""
_NEAR, _NEAR_BY_CONSONANTS = 0.92, 0.86
"""Below this likeness a word was merely near; less where a script writes no short vowels."""
_FEW = 3
"""Words of a name that may meet by chance."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A name on the list that may be the one asked for."""

    score: float
    asked: Entry
    found: Entry
    comparison: Comparison


def search(
    asked: Entry | str,
    index: Index,
    *,
    threshold: float = REVIEW,
    most: int = MOST_HITS,
    among: Callable[[Entry], bool] | None = None,
) -> list[Hit]:
    """Give names of the list that reach the threshold, the likeliest first; refuse no name.

    With `among`, only the entries that it says yes to are looked at: what is not asked about takes
    no place among the `most`, nor among the candidates that are compared.
    """
    entry = Entry(asked) if isinstance(asked, str) else asked
    name = prepare(entry.name, entry.kind)
    if refused := refusal_of(name):
        raise NameRefused(refused)
    stand = index.stands.get(entry.kind)
    if stand is None:
        return []
    if len(name.tokens) == 1:
        # whoever asks for one word wants all who bear it
        threshold = min(threshold, ONE_WORD)
    scored = []
    for place in _to_compare(name, entry, index, among):
        found = stand.entries[place]
        value = score(name, stand.shelf.names[place])
        if NOTHING_KNOWN not in (entry.facts, found.facts):
            value, _ = weighed(value, entry.facts, found.facts)
        if value >= threshold:
            scored.append((-value, place))
    scored.sort()
    hits: list[Hit] = []
    for value, place in scored:
        hit = _told(-value, name, entry, stand.shelf.names[place], stand.entries[place])
        if threshold <= ONE_WORD or not _says_little(hit, name, stand.shelf, place):
            hits.append(hit)
        if len(hits) == most:
            break
    return hits


def _says_little(hit: Hit, name: Prepared, shelf: Shelf, place: int) -> bool:
    """Say whether a person's name met in part alone or nearly, by words that many on the list bear.

    Whatever is known besides and speaks for one bearer makes up for it.
    """
    reasons = hit.comparison.reasons
    if name.kind is not Kind.PERSON:
        return False
    if any(reason.ground is Ground.FACT and reason.by in RAISING for reason in reasons):
        return False
    other = shelf.names[place]
    shorter = min(name, other, key=lambda one: len(one.tokens))
    over = {reason.ground for reason in reasons} & {Ground.LEFT_OVER, Ground.RIGHT_OVER}
    least = _LEAST_TELLING if over else 0.0
    if len(shorter.tokens) <= _FEW and (len(over) > 1 or _is_near(hit, name, other)):
        least = _TELLING_IF_LESS
    return least > 0.0 and shelf.telling(shorter) < least


def _is_near(hit: Hit, name: Prepared, other: Prepared) -> bool:
    """Say whether a word of either name is merely near the other's; an initial is not."""
    abjad = any(token.system is System.ABJAD for token in (*name.tokens, *other.tokens))
    near = _NEAR_BY_CONSONANTS if abjad else _NEAR
    return any(
        reason.ground is Ground.MET and reason.likeness < near and reason.by != BY_INITIAL
        for reason in hit.comparison.reasons
    )


def _to_compare(
    name: Prepared, entry: Entry, index: Index, among: Callable[[Entry], bool] | None
) -> list[int]:
    """Give places that promise enough, and those that share an identifier."""
    stand = index.stands[entry.kind]

    def wanted(place: int) -> bool:
        return among is None or among(stand.entries[place])

    found = dict.fromkeys(stand.shelf.promising(name, wanted if among else None))
    for one in identifiers_of(entry.facts):
        found |= dict.fromkeys(filter(wanted, stand.by_identifier.get(one, ())))
    return list(found)


def _told(value: float, name: Prepared, entry: Entry, other: Prepared, found: Entry) -> Hit:
    said = compare(name, other, left_facts=entry.facts, right_facts=found.facts)
    return Hit(value, entry, found, said)

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
from undaunted.engines.names.given import ARABIC_NAMES, classes_of
from undaunted.engines.names.index import Entry, identifiers_of, refusal_of
from undaunted.engines.names.latin import folds_of, plain
from undaunted.engines.names.romanised import BY_FORMS, BY_INITIAL
from undaunted.engines.names.tokens import Kind, Role, System

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.engines.names.comparing import Comparison, Reason
    from undaunted.engines.names.index import Index
    from undaunted.engines.names.shelves import Shelf
    from undaunted.engines.names.tokens import Prepared

__all__ = ["MOST_HITS", "Hit", "search"]

MOST_HITS = 20
_LEAST_TELLING = 0.62
"""How telling words are at least, by the list itself, that a name in part alone is told for."""
_TELLING_OF_MANY = 0.56
"""The same of three words or more that are sure, and not of consonants alone."""
_TELLING_IF_NEAR = 0.58
"""The same of two words, one of them merely near."""
_TELLING_IF_LESS = 0.66
"""The same of a few words, where one was merely near, or met all that the list has beside
one word: an initial."""
_TELLING_IF_BOTH = 0.75
"""The same where both names have others besides, or one has and a word was less than sure."""
_TELLING_IF_FORM = 0.85
"""The same of two words, one a given name that met another language's form of it, where more than
whose child it is was left over: Edward Mendra is hardly Eduardo Mendra Robelin."""
_TELLING_OF_TWO = 0.8
"""The same of two words, where one was far from the other name's."""
_FAR, _FAR_BY_CONSONANTS = 0.84, 0.72
"""Below this likeness a word that met was far."""
_FORM = 0.935
"""Up to this likeness a given name is not spelt alike but another form."""
_RATHER_NEAR = 0.9
"""Below this likeness two near words are two chances."""
_NEAR, _NEAR_BY_CONSONANTS = 0.92, 0.86
"""Below this likeness a word was merely near; less where a script writes no short vowels."""
_SURE_BY_CONSONANTS, _AS_ONE_BY_CONSONANTS = 0.93, 0.95
"""From here on a word is sure in such a script, and two words are another name's only one."""
_OFTEN_LEFT_OUT = frozenset({Role.PATRONYMIC, Role.INITIAL})
_FEW = 3
"""Words of a name that may meet by chance."""
_BARE = 2
"""Words of a name that is an initial and one word."""


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
    met = [reason for reason in reasons if reason.ground is Ground.MET]
    if _by_one_word(met, name, other):
        return True
    over = _left_over(hit.comparison.reasons, met)
    least = _least_telling(met, name, other, len({reason.ground for reason in over}))
    size = min(len(name.tokens), len(other.tokens))
    if over and size == _BARE and _by_another_form(met) and not _of_fathers(over, name, other):
        least = _TELLING_IF_FORM
    if not least:
        return False
    return any(shelf.telling(one) < least for one in (name, other) if len(one.tokens) == size)


def _left_over(reasons: tuple[Reason, ...], met: list[Reason]) -> list[Reason]:
    """Give reasons of words left over; not of one that its name has twice and that met once."""
    said = {(r.left, "") for r in met} | {("", r.right) for r in met}
    over = (r for r in reasons if r.ground in (Ground.LEFT_OVER, Ground.RIGHT_OVER))
    return [reason for reason in over if (reason.left, reason.right) not in said]


def _by_another_form(met: list[Reason]) -> bool:
    """Say whether a given name met a form of it; Arabic ones are spelt in any way."""
    return any(
        reason.by == BY_FORMS
        and reason.likeness <= _FORM
        and ARABIC_NAMES.isdisjoint(classes_of(folds_of(plain(reason.left))))
        for reason in met
    )


def _of_fathers(over: list[Reason], name: Prepared, other: Prepared) -> bool:
    """Say whether words left over are patronymics and initials, which lists often leave out."""
    roles = {
        shown: token.role
        for one in (name, other)
        for shown, token in zip(one.shown, one.tokens, strict=True)
    }
    return all(roles.get(reason.left or reason.right) in _OFTEN_LEFT_OUT for reason in over)


def _by_an_initial(met: list[Reason], name: Prepared, other: Prepared) -> bool:
    """Say whether a listed initial and a word met a name that has none: many begin so."""
    if len(other.tokens) != _BARE or not any(reason.by == BY_INITIAL for reason in met):
        return False
    return all(token.role is not Role.INITIAL for token in name.tokens)


def _by_one_word(met: list[Reason], name: Prepared, other: Prepared) -> bool:
    """Say whether all words of a name are the only one of the other, by consonants and unsurely."""
    if len(met) > 1 or not _in_consonants(name, other) or len(other.tokens) > 1:
        return False
    return len(name.tokens) > 1 and met[0].likeness < _AS_ONE_BY_CONSONANTS


def _least_telling(met: list[Reason], name: Prepared, other: Prepared, over: int) -> float:
    """Give how telling words must be where so many of the names have others besides."""
    size = min(len(name.tokens), len(other.tokens))
    consonants = _in_consonants(name, other)
    if not over:
        return _least_of_all_met(met, name, other, consonants=consonants)
    if size > _FEW:
        return _LEAST_TELLING if consonants or over > 1 else _TELLING_OF_MANY
    if over > 1 or (consonants and _nears(met, _SURE_BY_CONSONANTS)):
        return _TELLING_IF_BOTH
    near = _nears(met, _NEAR_BY_CONSONANTS if consonants else _NEAR)
    if near or _by_an_initial(met, name, other):
        return _TELLING_IF_LESS
    return _LEAST_TELLING if consonants or size < _FEW else _TELLING_OF_MANY


def _least_of_all_met(
    met: list[Reason], name: Prepared, other: Prepared, *, consonants: bool
) -> float:
    """Give the same where all words of both names met: of three or more, nearly is no chance."""
    size = min(len(name.tokens), len(other.tokens))
    if _nears(met, _FAR_BY_CONSONANTS if consonants else _FAR):
        return _TELLING_OF_TWO if size <= _BARE else _TELLING_IF_LESS if size == _FEW else 0.0
    if size > _BARE:
        return 0.0
    if _by_an_initial(met, name, other):
        return _TELLING_IF_LESS
    if not _nears(met, _NEAR_BY_CONSONANTS if consonants else _NEAR):
        return 0.0
    alone = not consonants and _nears(met, _RATHER_NEAR) < _BARE
    return _TELLING_IF_NEAR if alone else _TELLING_IF_LESS


def _in_consonants(name: Prepared, other: Prepared) -> bool:
    return any(token.system is System.ABJAD for token in (*name.tokens, *other.tokens))


def _nears(met: list[Reason], near: float) -> int:
    """Count words of either name that are merely near the other's; an initial is not."""
    return sum(reason.likeness < near and reason.by != BY_INITIAL for reason in met)


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

"""Search a list for a name: candidates by their keys, each compared, the likely ones told.

A hit is a question for a person, never a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import TYPE_CHECKING

from undaunted.engines.names.calibration import REVIEW
from undaunted.engines.names.errors import NameRefused, SearchMalformed, no_text
from undaunted.engines.names.known.facts import NOTHING_KNOWN, RAISING, weighed
from undaunted.engines.names.letters.latin import folds_of, plain
from undaunted.engines.names.lists.index import Entry, refusal_of
from undaunted.engines.names.lists.picking import every_promising, to_compare
from undaunted.engines.names.pairs.chance import least_by_kind
from undaunted.engines.names.pairs.comparing import ONE_WORD, Ground, compare, prepare, score
from undaunted.engines.names.pairs.nearly import nearly_by_chance, of_fathers
from undaunted.engines.names.pairs.seldom import is_seldom_one
from undaunted.engines.names.words.given import ARABIC_NAMES, classes_of
from undaunted.engines.names.words.romanised import BY_FORMS, BY_INITIAL
from undaunted.engines.names.words.tokens import Kind, Role, System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from undaunted.engines.names.lists.index import Index
    from undaunted.engines.names.lists.shelves import Shelf
    from undaunted.engines.names.pairs.comparing import Comparison, Reason
    from undaunted.engines.names.words.prepared import Prepared

__all__ = ["MOST_HITS", "Hit", "Looked", "look", "search"]

MOST_HITS = 20
_COUNTED = 1_000
"""Names beyond those that are compared, that are scored at most to be counted."""
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
_SURE_BY_CONSONANTS, _AS_ONE_BY_CONSONANTS = 0.93, 0.96
"""From here on a word is sure in such a script, and two words are another name's only one."""
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


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search found, and how many names reach the threshold besides: nothing is silent."""

    hits: tuple[Hit, ...]
    common: int = 0
    """Names passed over since many on the list bear the words that met."""
    more: int = 0
    """Names beyond the `most` that were asked for, or beyond those that are compared in full."""
    passed: tuple[Entry, ...] = ()
    """All of these: `common` and `more` of them."""


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
    no place among the `most`, nor among the candidates that are compared. `look` tells besides
    what was passed over.
    """
    return list(_looked(asked, index, threshold, most, among).hits)


def look(
    asked: Entry | str,
    index: Index,
    *,
    threshold: float = REVIEW,
    most: int = MOST_HITS,
    among: Callable[[Entry], bool] | None = None,
) -> Looked:
    """Search as `search` does, and count what reaches the threshold and is not among the hits.

    Where more names promise enough than are compared to tell the likeliest, the others are scored
    too, and counted: of very many those that promise least as they promise. A text, or an entry
    whose kind nobody told, is looked for on every shelf. Raises `NameRefused`, and
    `SearchMalformed` for a threshold or a number of hits that means nothing.
    """
    return _looked(asked, index, threshold, most, among, count=True)


def _looked(  # noqa: PLR0913 - as `look`
    asked: Entry | str,
    index: Index,
    threshold: float,
    most: int,
    among: Callable[[Entry], bool] | None,
    *,
    count: bool = False,
) -> Looked:
    _demand(threshold, most)
    entry = Entry(asked, any_kind=True) if isinstance(asked, str) else asked
    if not isinstance(entry, Entry):
        raise NameRefused(no_text(entry))
    if refused := no_text(entry.name):
        raise NameRefused(refused)
    scored: list[tuple[float, int, Prepared, Kind]] = []
    beyond: list[Entry] = []
    for kind in _kinds(entry, index):
        name = prepare(entry.name, kind)
        if refused := refusal_of(name):
            raise NameRefused(refused)
        if kind in index.stands:
            one = entry if kind is entry.kind else replace(entry, kind=kind)
            told, least = _told_so(one, entry, among), _least(name, threshold)
            places, full = to_compare(name, one, index.stands[kind], told, least)
            found = _scored(name, one, index, least, places)
            scored += [(-value, place, name, kind) for value, place in found]
            if full and count:
                beyond += _beyond(name, one, index, least, told, set(places))
    scored.sort(key=lambda each: each[:2])
    hits: list[Hit] = []
    common: list[Entry] = []
    for value, place, name, kind in scored:
        if len(hits) == most:
            break
        stand = index.stands[kind]
        one = entry if kind is entry.kind else replace(entry, kind=kind)
        hit = _told(-value, name, one, stand.shelf.names[place], stand.entries[place])
        every = len(name.tokens) == 1 or threshold <= ONE_WORD
        if every or not _says_little(hit, name, stand.shelf, place):
            hits.append(hit)
        else:
            common.append(stand.entries[place])
    rest = scored[len(hits) + len(common) :]
    more = [index.stands[kind].entries[place] for _, place, _, kind in rest] + beyond
    return Looked(tuple(hits), len(common), len(more), (*common, *more))


def _demand(threshold: float, most: int) -> None:
    if not (isinstance(threshold, Real) and 0 <= threshold <= 1):
        raise SearchMalformed(f"a threshold is a number from 0 to 1, not {threshold!r:.100}")
    if not (isinstance(most, Integral) and most >= 0):
        raise SearchMalformed(f"the most hits are a number, 0 or more, not {most!r:.100}")


def _kinds(entry: Entry, index: Index) -> list[Kind]:
    """Give the shelves to look on: its kind's, and others where its kind or theirs is not told."""
    others = (
        kind
        for kind, stand in index.stands.items()
        if kind is not entry.kind and (entry.any_kind or stand.untold)
    )
    return [entry.kind, *others]


def _told_so(
    one: Entry, entry: Entry, among: Callable[[Entry], bool] | None
) -> Callable[[Entry], bool] | None:
    """On another kind's shelf leave out whose kind was told to be another than the one asked."""
    if one is entry or entry.any_kind:
        return among
    return lambda found: found.any_kind and (among is None or among(found))


def _least(name: Prepared, threshold: float) -> float:
    """Give the score to reach: whoever asks for one word wants all who bear it, unless told."""
    one = len(name.tokens) == 1 and threshold <= REVIEW
    return min(threshold, ONE_WORD) if one else threshold


def _scored(
    name: Prepared,
    entry: Entry,
    index: Index,
    threshold: float,
    places: Iterable[int],
) -> Iterator[tuple[float, int]]:
    """Give the score and place of each name on the shelf of the entry's kind that reaches it."""
    stand = index.stands[entry.kind]
    for place in places:
        found = stand.entries[place]
        value = score(name, stand.shelf.names[place])
        if NOTHING_KNOWN not in (entry.facts, found.facts):
            value, _ = weighed(value, entry.facts, found.facts)
        if value >= threshold:
            yield value, place


def _beyond(  # noqa: PLR0913, PLR0917 - as `_scored`
    name: Prepared,
    entry: Entry,
    index: Index,
    threshold: float,
    among: Callable[[Entry], bool] | None,
    places: set[int],
) -> list[Entry]:
    """Give what promises enough and is not at these places, as far as it reaches the threshold.

    Of very many those that promise least are given too: they may.
    """
    stand = index.stands[entry.kind]
    others = every_promising(name, entry, stand, among, threshold)
    rest = [place for place in others if place not in places]
    reach = [place for _, place in _scored(name, entry, index, threshold, rest[:_COUNTED])]
    return [stand.entries[place] for place in (*reach, *rest[_COUNTED:])]


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
    said = met, over, name, other, shelf.worth
    if nearly_by_chance(*said) or is_seldom_one(*said):
        return True
    sides = len({reason.ground for reason in over})
    least = _least_telling(met, name, other, sides)
    least = max(least, least_by_kind(met, over, name, other))
    size = min(len(name.tokens), len(other.tokens))
    if over and size == _BARE and _by_another_form(met) and not of_fathers(over, name, other):
        least = max(least, _TELLING_IF_FORM)
    if not least:
        return False
    sure = not _in_consonants(name, other) and all(reason.likeness > _FORM for reason in met)
    shorter = (one for one in (name, other) if len(one.tokens) == size)
    return any(shelf.telling(one, sure=sure) < least for one in shorter)


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


def _told(value: float, name: Prepared, entry: Entry, other: Prepared, found: Entry) -> Hit:
    said = compare(name, other, left_facts=entry.facts, right_facts=found.facts)
    return Hit(value, entry, found, said)

"""The gap matrix: parties by jurisdictions, narrowed by a question, in whole columns at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from undaunted.core.actors.rules.names.cleaning import clean_name
from undaunted.core.listings.queries import lists_standing
from undaunted.core.listings.rules import list_sources, measures_held
from undaunted.core.matching.analysis import likely_entries
from undaunted.repression.sanctions.analysis.laying import CODE, NOTHING, lay
from undaunted.repression.sanctions.analysis.narrowing import (
    answering,
    called_programme,
    entries_where,
    named_under,
    open_to,
    under_authority,
)
from undaunted.repression.sanctions.rules import (
    GAPS,
    STOOD_THEN,
    QuestionRefused,
    State,
    base_state,
    plainly,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from numpy.typing import NDArray

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.analysis import Likely, Likeness
    from undaunted.core.matching.rules import EntryKey
    from undaunted.repression.sanctions.analysis.laying import Laid
    from undaunted.repression.sanctions.analysis.sheets import Sheet
    from undaunted.repression.sanctions.rules import ListSpoken, MatrixAsked

__all__ = ["Matrix", "columns_known", "matrix_of", "matrix_on", "name_of"]

_LONGEST_QUESTION = 12
_LEFT = tuple(
    CODE[each] for each in (State.UNREAD, State.MISSING, State.GONE, State.ENDED, State.DELISTED)
)
_MAY_BE_SO = tuple(CODE[each] for each in (State.UNTOLD, State.LISTED))
_SIGNS = " \"'`´‘’‚“”„«»‹›()[]{}<>*#&.,:;-–—_/"  # noqa: RUF001 - lists write them all
"""Signs before a name that tell nothing of its place among others."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The answer to a question: the state of every cell, and which parties are asked for."""

    asked: MatrixAsked
    jurisdictions: tuple[str, ...]
    laid: Laid
    lists: tuple[ListSpoken, ...]
    states: NDArray[np.int8]
    bases: NDArray[np.int8]
    chosen: NDArray[np.int32]
    """Parties as the rows stand: by name, the likest first where a name was asked for."""
    answers: NDArray[np.bool_]
    """By entry: whether the measure and the law that are asked about hold, as far as is told."""
    untold: NDArray[np.bool_]
    """By entry: whether it is not told if the measure that is asked about holds."""
    alike: Mapping[int, Likeness] = field(default_factory=dict)
    """By party: how like the likest of its entries is to the name that was asked for."""
    more: int = 0
    """Parties as like to it that are no rows, since of each list the likest alone are."""

    def __len__(self) -> int:
        return len(self.chosen)

    @property
    def turned(self) -> tuple[bool, ...]:
        """By column: whether one person's file turned a list of it since it was last sure."""
        places = {each.jurisdiction for each in self.lists if each.turned}
        return tuple(code in places for code in self.jurisdictions)

    def counted(self) -> dict[str, dict[State, int]]:
        """Give for each jurisdiction how many rows have which state."""
        found = {}
        for at, code in enumerate(self.jurisdictions):
            counts = np.bincount(self.states[self.chosen, at], minlength=len(CODE))
            found[code] = {s: int(counts[n]) for s, n in CODE.items() if counts[n]}
        return found

    def listed_then(self) -> dict[str, int]:
        """Give for each jurisdiction how many of its listed rows no list tells of the day.

        The version that shows them is old or of no known day, as `Cell.then` says of one cell.
        """
        told = [each.footing in STOOD_THEN for each in self.lists]
        then = np.array([*told, True], np.bool_)[self.laid.source]
        where = [self.jurisdictions.index(each.jurisdiction) for each in self.lists]
        place = np.array([*where, 0], np.int32)[self.laid.source]
        sure = (self.laid.code == CODE[State.LISTED]) & self.answers & ~then
        shown = np.zeros(self.states.shape, np.bool_)
        shown[self.laid.party[sure], place[sure]] = True
        own = shown.copy()
        for left, right, _ in self.laid.pairs:
            shown[left] |= own[right]
            shown[right] |= own[left]
        past = ((self.states == CODE[State.LISTED]) & ~shown)[self.chosen].sum(axis=0)
        return dict(zip(self.jurisdictions, map(int, past), strict=True))

    def entries_counted(self) -> dict[str, int]:
        """Give for each jurisdiction how many entries of the rows stand on its lists as is asked.

        A party of several entries is one row, and counts here as often as it is entered.
        """
        standing = (self.laid.code == CODE[State.LISTED]) & self.answers
        standing &= np.isin(self.laid.party, self.chosen)
        counts = np.bincount(self.laid.source[standing], minlength=len(self.lists))
        found = dict.fromkeys(self.jurisdictions, 0)
        for told, number in zip(self.lists, counts, strict=True):
            found[told.jurisdiction] += int(number)
        return found

    def listed_under(self, programmes: set[tuple[str, str]]) -> int:
        """Count the parties that a list names, by source and code, under one of the programmes."""
        named = entries_where(self.laid, lambda sheet: named_under(sheet, programmes))
        standing = self.laid.code == CODE[State.LISTED]
        return int(np.count_nonzero(_parties(self.laid, named & standing)))


def columns_known(actor: Actor) -> tuple[str, ...]:
    """Give the jurisdictions of lists that sanction, invented ones where one is loaded."""
    standing = lists_standing(actor)
    shown = (each.listing for each in standing if each.version or not each.listing.invented)
    return tuple(dict.fromkeys(each.jurisdiction for each in shown))


def matrix_on(actor: Actor, asked: MatrixAsked) -> Matrix:
    """Answer a question from the lists that are held. Raises `QuestionRefused`."""
    asked = plainly(asked)
    columns = _columns(actor, asked)
    sources = [each.code for each in list_sources().values() if each.jurisdiction in columns]
    alike = likely_entries(actor, asked.words, sources=sources)
    return matrix_of(lay(actor, sources, asked.on, asked.known), asked, columns, alike)


def matrix_of(
    laid: Laid,
    asked: MatrixAsked,
    columns: tuple[str, ...],
    alike: Likely | None = None,
) -> Matrix:
    """Answer a question from lists that are laid side by side; `alike` is who is called so."""
    lists = tuple(_narrowed(each.told, asked) for each in laid.spoken)
    answers, untold = answering(laid, asked), open_to(laid, asked)
    codes = laid.code.copy()
    standing = codes == CODE[State.LISTED]
    codes[standing & ~answers] = CODE[State.OTHERWISE]
    codes[standing & untold] = CODE[State.UNTOLD]
    at = np.array([_place(columns, each.jurisdiction) for each in lists], np.int32)
    place = at[laid.source] if len(at) else np.zeros(0, np.int32)
    bases = _bases(laid, lists, columns)
    states = _states(laid, codes, place, bases)
    found = _asked(laid, asked, columns, codes, states, bases)
    likest, more = _likest(laid, alike or {}), 0
    if asked.words:
        called = _called(laid, asked.words, likest)
        more = int(np.count_nonzero(found & ~called & _beyond(laid, alike)))
        found &= called
    rows = _by_name(laid, np.flatnonzero(found), likest)
    return Matrix(asked, columns, laid, lists, states, bases, rows, answers, untold, likest, more)


def _columns(actor: Actor, asked: MatrixAsked) -> tuple[str, ...]:
    """Give the columns: those asked for, else every one of which a list is loaded."""
    known = columns_known(actor)
    named = (*asked.jurisdictions, *asked.listed_by, *asked.not_by)
    unknown = sorted(set(named) - set(known))
    if unknown:
        raise QuestionRefused(
            f"{', '.join(unknown)}: no list is of this jurisdiction; there are {', '.join(known)}"
        )
    chosen = set(named) if asked.jurisdictions else {*named, *_loaded(actor)}
    return tuple(each for each in known if each in chosen)


def _loaded(actor: Actor) -> set[str]:
    return {
        each.listing.jurisdiction
        for each in lists_standing(actor)
        if each.version is not None and not each.listing.counter
    }


def _narrowed(told: ListSpoken, asked: MatrixAsked) -> ListSpoken:
    """Give a list as it speaks of the question: one that names its regime's holds no others."""
    regime = measures_held(told.source)
    if asked.measure is None:
        return replace(told, only=regime)
    return replace(told, holds=not regime or asked.measure in regime)


def _place(columns: tuple[str, ...], jurisdiction: str) -> int:
    return columns.index(jurisdiction)


def _bases(laid: Laid, lists: tuple[ListSpoken, ...], columns: tuple[str, ...]) -> NDArray[np.int8]:
    """Give for each party and column what the lists say of somebody of whom they hold nothing."""
    by_column = [[each for each in lists if each.jurisdiction == code] for code in columns]
    settled = np.array([CODE[base_state(each)] for each in by_column], np.int8)
    waiting = np.array([CODE[base_state(each, waits=True)] for each in by_column], np.int8)
    return np.where(laid.waits[:, None], waiting[None, :], settled[None, :])


def _states(
    laid: Laid, codes: NDArray[np.int8], place: NDArray[np.int32], bases: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Give the state of every cell: the base, what entries say, and what open pairs may mean.

    Where it is not known whether an entry stood on the day, the cell says no more than that.
    """
    states = bases.copy()
    later = np.zeros(states.shape, np.bool_)
    unsure = codes == CODE[State.LATER]
    later[laid.party[unsure], place[unsure]] = True
    says = (codes != NOTHING) & ~unsure
    np.maximum.at(states, (laid.party[says], place[says]), codes[says])
    one = np.array([a for a, b, _ in laid.pairs if a != b], np.int32)
    other = np.array([b for a, b, _ in laid.pairs if a != b], np.int32)
    may = np.zeros(states.shape, np.int8)
    may[np.isin(states, _LEFT)] = CODE[State.POSSIBLY_DELISTED]
    may[states == CODE[State.OTHERWISE]] = CODE[State.POSSIBLY_OTHERWISE]
    may[np.isin(states, _MAY_BE_SO)] = CODE[State.POSSIBLY]
    own = later.copy()
    for mine, theirs in ((one, other), (other, one)):
        np.maximum.at(states, mine, may[theirs])
        np.logical_or.at(later, mine, own[theirs])
    states[later & (states == CODE[State.NOT_FOUND])] = CODE[State.LATER]
    return states


def _asked(  # noqa: PLR0913, PLR0917 - the columns of the question
    laid: Laid,
    asked: MatrixAsked,
    columns: tuple[str, ...],
    codes: NDArray[np.int8],
    states: NDArray[np.int8],
    bases: NDArray[np.int8],
) -> NDArray[np.bool_]:
    """Give which parties are asked for: every part of the question narrows, in any order."""
    found = _parties(laid, codes != NOTHING)
    for held in _entry_questions(laid, asked):
        found &= _parties(laid, held)
    listed = states == CODE[State.LISTED]
    for code in asked.listed_by:
        found &= listed[:, columns.index(code)]
    sure = np.isin(states, [CODE[each] for each in GAPS])
    sure &= bases == CODE[State.NOT_FOUND]
    sure &= ~np.isin(columns, [e.told.jurisdiction for e in laid.spoken if e.told.turned])
    for code in asked.not_by:
        at = columns.index(code)
        found &= sure[:, at] if asked.sure else ~listed[:, at]
    return found


def _entry_questions(laid: Laid, asked: MatrixAsked) -> Iterable[NDArray[np.bool_]]:
    """Give for each part that is about entries which of them answer it."""
    if asked.country:
        yield entries_where(laid, lambda sheet: sheet.countries.where(lambda o: asked.country in o))
    if asked.kind is not None:
        yield entries_where(laid, lambda sheet: sheet.kinds.where(lambda kind: kind == asked.kind))
    if asked.programme:
        yield entries_where(laid, lambda sheet: called_programme(sheet, asked.programme))
    if asked.authority:
        yield under_authority(laid, asked.authority)
    if asked.entries is not None:
        wanted = asked.entries
        yield entries_where(laid, lambda sheet: _among(sheet, wanted))


def _likest(laid: Laid, alike: Mapping[EntryKey, Likeness]) -> dict[int, Likeness]:
    """Give by party the likest of its entries."""
    found: dict[int, Likeness] = {}
    if not alike:
        return found
    held = entries_where(laid, lambda sheet: _among(sheet, alike.keys()))
    for entry in map(int, np.flatnonzero(held)):
        sheet = laid.sheet(entry)
        likeness = alike[sheet.source, sheet.keys[int(laid.row[entry])]]
        party = int(laid.party[entry])
        if party not in found or likeness.rank > found[party].rank:
            found[party] = likeness
    return found


def _beyond(laid: Laid, alike: Likely | None) -> NDArray[np.bool_]:
    """Give the parties with an entry that is as like as those that are told of its list."""
    beyond = alike.beyond if alike else frozenset()
    return _parties(laid, entries_where(laid, lambda sheet: _among(sheet, beyond)))


def _called(laid: Laid, words: str, likest: Mapping[int, Likeness]) -> NDArray[np.bool_]:
    """Give the parties that are like what was asked, or have every word of it in their names."""
    found = np.ones(len(laid.parties), np.bool_)
    asked = clean_name(words).casefold().split()[:_LONGEST_QUESTION]
    for word in asked:
        found &= _parties(laid, entries_where(laid, partial(_has_word, word)))
    if not asked:
        found[:] = False
    found[list(likest)] = True
    return found


def _among(sheet: Sheet, wanted: Collection[EntryKey]) -> NDArray[np.bool_]:
    return np.array([(sheet.source, key) in wanted for key in sheet.keys], np.bool_)


def _has_word(word: str, sheet: Sheet) -> NDArray[np.bool_]:
    return np.array([word in each for each in sheet.searches], np.bool_)


def _parties(laid: Laid, entries: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Give the parties of which an entry answers."""
    found = np.zeros(len(laid.parties), np.bool_)
    found[laid.party[entries]] = True
    return found


def _by_name(
    laid: Laid, rows: NDArray[np.intp], likest: Mapping[int, Likeness]
) -> NDArray[np.int32]:
    """Give parties in the order of their names, the likest to what was asked before the others.

    A sign in front of a name does not count.
    """
    names = [name_of(laid, int(each)).casefold().lstrip(_SIGNS) for each in rows]
    ranks = [likest[int(each)].rank if int(each) in likest else (False, 0.0) for each in rows]
    order = sorted(range(len(rows)), key=lambda at: (names[at], laid.parties[rows[at]]))
    order.sort(key=lambda at: ranks[at], reverse=True)
    return rows[order].astype(np.int32)


def name_of(laid: Laid, party: int) -> str:
    """Give the name of a party: that of its first entry, in the order of lists."""
    entry = int(laid.first[party])
    return laid.sheet(entry).names[int(laid.row[entry])]

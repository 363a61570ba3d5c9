"""Rows of the matrix in full: every entry of a party by jurisdiction, and how it belongs there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.listings.rules import EventKind
from undaunted.core.matching.queries import reasons_of
from undaunted.core.matching.rules import Why
from undaunted.repression.sanctions.analysis.laying import NOTHING
from undaunted.repression.sanctions.rules import (
    STATES,
    Cell,
    Line,
    State,
    Tie,
    authorities_under,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.analysis import Likeness
    from undaunted.core.matching.rules import EntryKey, OpenPair
    from undaunted.repression.sanctions.analysis.laying import Laid, Spoken
    from undaunted.repression.sanctions.analysis.matrix import Matrix
    from undaunted.repression.sanctions.analysis.sheets import Happened

__all__ = ["MatrixRow", "row_of", "rows_of"]

_LEFT = frozenset({State.UNREAD, State.MISSING, State.GONE, State.ENDED, State.DELISTED})


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A party with its cells, in the order of the columns."""

    party: str
    name: str
    kind: str
    countries: tuple[str, ...]
    cells: tuple[Cell, ...]
    alike: Likeness | None = None
    """How like it is to the name that was asked for, and which of its names is."""

    def cell(self, jurisdiction: str) -> Cell:
        """Give the cell of a jurisdiction."""
        return next(each for each in self.cells if each.jurisdiction == jurisdiction)

    def standing(self, *states: State) -> tuple[str, ...]:
        """Give the jurisdictions whose cells are in one of these states."""
        return tuple(each.jurisdiction for each in self.cells if each.state in states)


def rows_of(
    matrix: Matrix, start: int = 0, stop: int | None = None, *, reasons_for: Actor | None = None
) -> Iterator[MatrixRow]:
    """Give rows in full, in their order; `reasons_for` asks why open pairs are alike."""
    parties = matrix.chosen[start:stop]
    by_party = np.argsort(matrix.laid.party, kind="stable")
    first = np.searchsorted(matrix.laid.party[by_party], np.arange(len(matrix.laid.parties) + 1))
    pairs = _pairs(matrix, {int(each) for each in parties})
    open_pairs = {(pair.left, pair.right) for held in pairs.values() for _, pair in held}
    reasons = reasons_of(reasons_for, open_pairs) if reasons_for and open_pairs else {}
    telling = _Telling(matrix, by_party, first, reasons)
    for each in parties:
        yield telling.row(int(each), pairs[int(each)])


def row_of(matrix: Matrix, party: str, *, reasons_for: Actor | None = None) -> MatrixRow | None:
    """Give the row of one party, by its name or that of any entry of it; None where not held.

    Parties are named after an entry, and of two that become one a name is left.
    """
    laid = matrix.laid
    at = laid.parties.index(party) if party in laid.parties else _party_of_entry(laid, party)
    place = np.flatnonzero(matrix.chosen == at)
    if not len(place):
        return None
    at = int(place[0])
    return next(rows_of(matrix, at, at + 1, reasons_for=reasons_for))


def _party_of_entry(laid: Laid, named: str) -> int:
    """Give the party of the entry of a name, as source:key; -1 where none is held."""
    source, _, key = named.partition(":")
    for at, each in enumerate(laid.spoken):
        if each.told.source == source and key in each.columns.keys:
            row = each.columns.keys.index(key)
            return int(laid.party[np.flatnonzero((laid.source == at) & (laid.row == row))[0]])
    return -1


def _pairs(matrix: Matrix, parties: set[int]) -> dict[int, list[tuple[int, OpenPair]]]:
    """Give by party the open pairs that it is in, with the party on the other side."""
    found = defaultdict[int, list[tuple[int, "OpenPair"]]](list)
    for left, right, pair in matrix.laid.pairs:
        if left in parties:
            found[left].append((right, pair))
        if right in parties and left != right:
            found[right].append((left, pair))
    return found


class _Telling:
    """Rows told from a matrix, each from the entries of its party and of those it may be."""

    def __init__(
        self,
        matrix: Matrix,
        by_party: NDArray[np.intp],
        first: NDArray[np.intp],
        reasons: Mapping[tuple[EntryKey, EntryKey], tuple[Mapping[str, object], ...]],
    ) -> None:
        self.matrix, self.by_party, self.first = matrix, by_party, first
        self.reasons = reasons
        self.lists = {
            code: tuple(each for each in matrix.lists if each.jurisdiction == code)
            for code in matrix.jurisdictions
        }

    def entries(self, party: int) -> list[int]:
        """Give the entries of a party."""
        return [int(e) for e in self.by_party[self.first[party] : self.first[party + 1]]]

    def row(self, party: int, pairs: Sequence[tuple[int, OpenPair]]) -> MatrixRow:
        """Tell one row."""
        own = self.entries(party)
        lines = defaultdict[str, list[Line]](list)
        doubted = {
            key for other, pair in pairs if other == party for key in (pair.left, pair.right)
        }
        for entry in own:
            self._add(lines, self.line(entry, _tie(self.key(entry), doubted, len(own))))
        for other, pair in pairs:
            if other != party:
                for entry in self.entries(other):
                    self._add(lines, self.line(entry, Tie.OPEN, pair))
        sheet, at = self.matrix.laid.sheet(own[0]), self.matrix.laid.row[own[0]]
        origins = (o for e in own for o in self.matrix.laid.sheet(e).countries[self._at(e)])
        return MatrixRow(
            self.matrix.laid.parties[party],
            sheet.names[at],
            sheet.kinds[at],
            tuple(dict.fromkeys(origins)),
            tuple(
                self._cell(party, place, code, lines[code])
                for place, code in enumerate(self.matrix.jurisdictions)
            ),
            self.matrix.alike.get(party),
        )

    def key(self, entry: int) -> tuple[str, str]:
        """Give source and key of an entry."""
        sheet = self.matrix.laid.sheet(entry)
        return sheet.source, sheet.keys[self._at(entry)]

    def line(self, entry: int, tie: Tie, pair: OpenPair | None = None) -> tuple[str, Line] | None:
        """Tell one entry; None for one that begins only after the day."""
        laid = self.matrix.laid
        code, spoken = int(laid.code[entry]), laid.spoken[laid.source[entry]]
        if code == NOTHING:
            return None
        sheet, at = laid.sheet(entry), self._at(entry)
        programmes = tuple(each.code for each in sheet.programmes[at])
        measures, state = sheet.measures[at], STATES[code]
        if state is State.LISTED and not self.matrix.answers[entry]:
            state = State.UNTOLD if self.matrix.untold[entry] else State.OTHERWISE
        line = Line(
            sheet.source,
            sheet.keys[at],
            sheet.names[at],
            state,
            tie,
            _since(sheet.happened[at]),
            _until(sheet.happened[at], state, int(sheet.gone_by[at]), spoken),
            programmes,
            *_authorities(sheet.source, programmes),
            measures,
            pair.score if pair else None,
            self._reasons(pair) if pair else (),
            self._implied(entry),
            bool(laid.alone[entry]),
            _is_kept(sheet.keys[at], spoken),
        )
        return spoken.told.jurisdiction, line

    def _implied(self, entry: int) -> tuple[str, ...]:
        """Give what regimes impose on the day that the entry does not state itself."""
        sheet, at = self.matrix.laid.sheet(entry), self._at(entry)
        told, stated = sheet.regimes[at].implied_on(self.matrix.asked.on), sheet.measures[at]
        return tuple(each for each in told if each not in stated)

    def _reasons(self, pair: OpenPair) -> tuple[Mapping[str, object], ...]:
        """Give why a pair is alike, after that one person alone judged it where that is so."""
        told = self.reasons.get((pair.left, pair.right), ())
        return ({"ground": Why.WAITS.value}, *told) if pair.why is Why.WAITS else told

    def _at(self, entry: int) -> int:
        return int(self.matrix.laid.row[entry])

    def _add(self, lines: dict[str, list[Line]], told: tuple[str, Line] | None) -> None:
        """Put a line into its cell once, under the most alike of open pairs."""
        if told is None:
            return
        held = lines[told[0]]
        same = next((e for e in held if (e.source, e.key) == (told[1].source, told[1].key)), None)
        if same is None:
            held.append(told[1])
        elif same.tie is Tie.OPEN and (told[1].score or 0) > (same.score or 0):
            held[held.index(same)] = told[1]

    def _cell(self, party: int, place: int, code: str, lines: Iterable[Line]) -> Cell:
        return Cell(
            code,
            STATES[self.matrix.states[party, place]],
            STATES[self.matrix.bases[party, place]],
            _in_time(lines),
            self.lists[code],
        )


def _in_time(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Give the entries of one list as they followed each other: whoever left was listed anew later.

    Open pairs come last, and lists in their own order.
    """
    held = tuple(lines)
    lists = {source: at for at, source in enumerate(dict.fromkeys(e.source for e in held))}

    def place(line: Line) -> tuple[bool, int, bool, str]:
        return line.tie is Tie.OPEN, lists[line.source], line.state not in _LEFT, line.since

    return tuple(sorted(held, key=place))


def _tie(key: tuple[str, str], doubted: set[tuple[str, str]], members: int) -> Tie:
    if key in doubted:
        return Tie.CHANGED
    return Tie.CONFIRMED if members > 1 else Tie.OWN


def _authorities(source: str, programmes: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the authorities under which a list's programmes stand, and those that share one."""
    found = dict(each for code in programmes for each in _under(source, code))
    sure = tuple(code for code, exact in found.items() if exact)
    return sure, tuple(code for code, exact in found.items() if not exact)


@lru_cache(maxsize=4096)
def _under(source: str, programme: str) -> tuple[tuple[str, bool], ...]:
    return tuple((each.code, exact) for each, exact in authorities_under(source, programme))


def _is_kept(key: str, spoken: Spoken) -> bool:
    """Say whether the row of an entry could not be read in the version that speaks."""
    version = spoken.told.version
    return version is not None and key in version.kept


def _since(happened: Happened) -> str:
    """Give the earliest day of an original designation."""
    days = [e.day for e in happened.events if e.kind is EventKind.DESIGNATED and e.day]
    known = [(PartialDate.parse(day).latest, day) for day in days]
    dated = sorted((latest, day) for latest, day in known if latest is not None)
    return dated[0][1] if dated else next(iter(days), "")


def _until(happened: Happened, state: State, gone_by: int, spoken: Spoken) -> str:
    """Give when an entry left: its own day, else between the versions that it left between."""
    kinds = {State.DELISTED: EventKind.DELISTED, State.ENDED: EventKind.EXPIRES}
    kind = kinds.get(state)
    days = [each.day for each in happened.events if each.kind is kind and each.day]
    if days:
        return max(days, key=lambda day: str(PartialDate.parse(day).latest or ""))
    if state not in {State.GONE, State.MISSING} or not gone_by:
        return ""  # whoever is perhaps in a row that could not be read may stand there still
    earlier = [each for number, each in spoken.days.items() if number < gone_by and each.day]
    by = spoken.days.get(gone_by)
    begin = max((e.day for e in earlier if e.day), default=None)
    if by is None or (begin is not None and begin > by.at_latest):
        return ""
    if begin == by.at_latest:
        return begin.isoformat()
    return f"{begin.isoformat() if begin else '..'}/{by.at_latest.isoformat()}"

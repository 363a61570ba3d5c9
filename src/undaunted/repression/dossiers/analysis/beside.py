"""People of dossiers beside the lists and the laws: who is listed where, and what a gap still asks.

Only an entry that somebody recorded as the person, with evidence, is told as listed. A name that is
alike is a question and makes a cell possible, never more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.queries import entries_named
from undaunted.core.matching.analysis import held_beside, unheard
from undaunted.core.matching.rules import Form
from undaunted.repression.dossiers.analysis.listed import entries_called
from undaunted.repression.dossiers.analysis.testing import laws_beside
from undaunted.repression.dossiers.rules import DetailKind, DossierRefused, PartyKind
from undaunted.repression.sanctions.analysis import matrix_on, rows_of
from undaunted.repression.sanctions.rules import (
    Cell,
    MatrixAsked,
    State,
    Tie,
    base_state,
    strongest,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules import EntryKey
    from undaunted.repression.dossiers.analysis.gathering import PersonLine, Sheet
    from undaunted.repression.dossiers.analysis.testing import LawLine
    from undaunted.repression.sanctions.analysis import MatrixRow
    from undaunted.repression.sanctions.rules import Authority, Line, ListSpoken

__all__ = ["Alike", "Beside", "PersonBeside", "acts_of", "listed_beside"]

_MAY: Final = {
    **dict.fromkeys((State.LISTED, State.UNTOLD, State.OTHERWISE), State.POSSIBLY),
    **dict.fromkeys(
        (State.DELISTED, State.ENDED, State.GONE, State.MISSING, State.UNREAD),
        State.POSSIBLY_DELISTED,
    ),
}
"""What a cell says of somebody whose name is like that of an entry in such a state."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry whose name is alike, and why: a question that nobody answered."""

    source: str
    key: str
    name: str
    score: float
    reasons: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class PersonBeside:
    """Somebody of a dossier with every jurisdiction's cell and every law's outcome."""

    sheet: Sheet
    person: PersonLine
    tied: tuple[EntryKey, ...]
    alike: tuple[Alike, ...]
    cells: tuple[Cell, ...]
    laws: tuple[LawLine, ...]

    def laws_of(self, jurisdiction: str) -> tuple[LawLine, ...]:
        """Give the laws of one jurisdiction."""
        return tuple(e for e in self.laws if e.authority.jurisdiction == jurisdiction)

    @property
    def beside(self) -> tuple[tuple[Cell, tuple[LawLine, ...]], ...]:
        """Each cell with what the laws of its jurisdiction say."""
        return tuple((cell, self.laws_of(cell.jurisdiction)) for cell in self.cells)

    @property
    def asked(self) -> tuple[LawLine, ...]:
        """The laws of whoever does not list the person: what a gap still asks."""
        listed = {each.jurisdiction for each in self.cells if each.state is State.LISTED}
        return tuple(e for e in self.laws if e.authority.jurisdiction not in listed)


@dataclass(frozen=True, slots=True)
class Beside:
    """People of dossiers beside lists and laws on a day."""

    on: date
    jurisdictions: tuple[str, ...]
    lists: tuple[ListSpoken, ...]
    people: tuple[PersonBeside, ...]


def listed_beside(
    actor: Actor,
    sheets: Iterable[Sheet],
    laws: Sequence[Authority],
    *,
    on: date,
    acts: Collection[str] = (),
) -> Beside:
    """Lay the people of dossiers beside lists and laws; with `acts`, whoever is linked to one."""
    chosen = [
        (sheet, person)
        for sheet in sheets
        for person in sheet.people
        if not acts or any(str(each.row.act_id) in acts for each in person.links)
    ]
    tied = {person.row.pk: _tied(person) for _, person in chosen}
    alike = {person.row.pk: tuple(_alike(actor, person)) for _, person in chosen}
    wanted = {key for keys in tied.values() for key in keys}
    wanted |= {(each.source, each.key) for found in alike.values() for each in found}
    matrix = matrix_on(PUBLIC, MatrixAsked(on, entries=frozenset(wanted)))
    columns = tuple(dict.fromkeys((*matrix.jurisdictions, *(e.jurisdiction for e in laws))))
    rows = {key: row for row in rows_of(matrix) for key in _keys_of(row)}
    tests: dict[UUID, tuple[LawLine, ...]] = {}
    for sheet in {each.dossier.pk: each for each, _ in chosen}.values():
        tests |= laws_beside(actor, sheet, laws, on=on)
    people = tuple(
        PersonBeside(
            sheet,
            person,
            tied[person.row.pk],
            tuple(e for e in alike[person.row.pk] if (e.source, e.key) not in tied[person.row.pk]),
            tuple(
                _cell(code, matrix.lists, rows, person, (tied[person.row.pk], alike[person.row.pk]))
                for code in columns
            ),
            tests[person.row.pk],
        )
        for sheet, person in chosen
    )
    return Beside(on, columns, matrix.lists, people)


def acts_of(sheet: Sheet, event: UUID | None) -> frozenset[str]:
    """Give the rows of an event in a dossier; none where no event is asked for."""
    if event is None:
        return frozenset()
    acts = frozenset(each.key for each in sheet.acts if each.row.claim == event)
    if not acts:
        why = f"{event} is the claim of no act of this dossier; `show` lists its acts"
        raise DossierRefused("event", why)
    return acts


def _tied(person: PersonLine) -> tuple[EntryKey, ...]:
    """Give the entries that somebody recorded as the person."""
    texts = (e.row.text.partition(":") for e in person.details if e.row.kind == DetailKind.LISTED)
    return tuple(dict.fromkeys((source, key) for source, _, key in texts))


def _alike(actor: Actor, person: PersonLine) -> Iterator[Alike]:
    """Give entries that are alike by names and by all that is known besides, the likest first."""
    is_person = person.row.kind == PartyKind.PERSON
    keys = entries_called(actor, person.names, person=is_person)
    entries, form = entries_named(PUBLIC, keys), _form(person, person_kind=is_person)
    found = []
    for key in keys:
        hit = held_beside(form, key, entries[key]) if key in entries else None
        if hit is not None:
            found.append(Alike(*key, entries[key].name, hit.score, hit.reasons))
    yield from sorted(found, key=lambda each: (-each.score, each.source, each.key))


def _form(person: PersonLine, *, person_kind: bool) -> Form:
    """Give what tells the person apart, as entries are compared."""

    def told(kind: DetailKind) -> tuple[str, ...]:
        return tuple(each.row.text for each in person.details if each.row.kind == kind)

    kind = "person" if person_kind else "body"
    return Form(kind, person.names, told(DetailKind.BIRTH), told(DetailKind.NATIONALITY))


def _keys_of(row: MatrixRow) -> Iterator[EntryKey]:
    """Give the entries that are the party's own."""
    for cell in row.cells:
        for line in cell.lines:
            if line.tie is not Tie.OPEN:
                yield line.source, line.key


def _cell(
    code: str,
    lists: Iterable[ListSpoken],
    rows: Mapping[EntryKey, MatrixRow],
    person: PersonLine,
    found: tuple[Sequence[EntryKey], Sequence[Alike]],
) -> Cell:
    """Give what a jurisdiction says: of the person's own entries, else of those that are alike.

    Where no name of the person is in letters that are heard, and no entry of theirs was compared,
    nobody was.
    """
    tied, alike = found
    spoken = tuple(each for each in lists if each.jurisdiction == code)
    own = [rows[key].cell(code) for key in tied if key in rows and spoken]
    compared = any(each.base is not State.NOT_COMPARED for each in own)
    base = base_state(spoken, waits=not compared and unheard(person.names))
    states = [base]
    lines: dict[EntryKey, Line] = {}
    for cell in own:
        states.append(cell.state)
        lines |= {(line.source, line.key): line for line in cell.lines}
    for each in alike:
        row = rows.get((each.source, each.key))
        if row is None or not spoken or (each.source, each.key) in tied:
            continue
        for line in row.cell(code).lines:
            if line.state in _MAY:
                states.append(_MAY[line.state])
                open_line = replace(line, tie=Tie.OPEN, score=each.score, reasons=each.reasons)
                lines.setdefault((line.source, line.key), open_line)
    return Cell(code, strongest(states), base, tuple(lines.values()), spoken)

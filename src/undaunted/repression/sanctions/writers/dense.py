"""The matrix on paper: a short line a cell, and what many entries say alike once, by number.

A desk officer who prints two hundred parties carries ten pages, not forty. Nothing is left out for
it: a jurisdiction that says the same nothing of everybody is told once instead of in each row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.html import format_html, format_html_join

from undaunted.core.listings.writers import KEPT
from undaunted.repression.sanctions.rules import State, Tie
from undaunted.repression.sanctions.writers.words import (
    ALONE,
    SHORT_WORDS,
    cell_short,
    line_parts,
)
from undaunted.site.components.clauses import clauses_text, comma_mark
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.utils.safestring import SafeString

    from undaunted.repression.sanctions.rules import Cell, Line, MatrixAsked

__all__ = ["Dense", "DenseCell", "condensed"]

_NOTHING: Final = frozenset(
    {
        State.NOT_LOADED,
        State.SILENT,
        State.LATER,
        State.OLD,
        State.UNDATED,
        State.NOT_COMPARED,
    }
)
"""What a cell says of which nothing can be said."""


@dataclass(frozen=True, slots=True)
class DenseCell:
    """What a cell says in short: texts, each with whether it is a name."""

    pieces: tuple[tuple[str, bool], ...]

    def __str__(self) -> str:
        """Give it as plain text."""
        return "".join(text for text, _named in self.pieces)

    def __html__(self) -> SafeString:
        """Give it for a page: no name turns the words around it."""
        return format_html_join(
            "",
            "{}",
            (
                (format_html('<bdi dir="auto">{}</bdi>', text) if named else text,)
                for text, named in self.pieces
            ),
        )


@dataclass(frozen=True, slots=True)
class Dense:
    """Rows with their cells, the notes that these name by number, and who is told of once."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, tuple[DenseCell, ...]], ...]
    notes: tuple[tuple[str, str], ...]
    apart: tuple[tuple[State, tuple[str, ...]], ...]


def condensed(rows: Sequence[Any], asked: MatrixAsked, named: Callable[[str], str] = str) -> Dense:
    """Lay rows of a matrix out for paper; `named` writes what laws and programmes are called."""
    codes = tuple(dict.fromkeys(cell.jurisdiction for row in rows for cell in row.cells))
    kept = {*asked.listed_by, *asked.not_by, *asked.jurisdictions}
    apart: dict[State, list[str]] = {}
    for code in codes:
        cells = [row.cell(code) for row in rows]
        states = {each.state for each in cells}
        if (
            code not in kept
            and len(states) == 1
            and states <= _NOTHING
            and not any(each.lines for each in cells)
        ):
            apart.setdefault(states.pop(), []).append(code)
    columns = tuple(code for code in codes if not any(code in each for each in apart.values()))
    notes: dict[str, str] = {}
    laid = tuple(
        (row, tuple(DenseCell(tuple(_cell(row.cell(code), notes, named))) for code in columns))
        for row in rows
    )
    alike = next(
        (one for row in rows for cell in row.cells for one in cell.lines if _alike(one)), None
    )
    scores = ((_alike(alike), line_parts(alike)[2]),) if alike else ()
    return Dense(
        columns,
        laid,
        (*((number, told) for told, number in notes.items()), *scores),
        tuple((state, tuple(places)) for state, places in apart.items()),
    )


def _cell(
    cell: Cell, notes: dict[str, str], named: Callable[[str], str]
) -> Iterator[tuple[str, bool]]:
    said = cell_short(cell)
    if cell.alone and cell.state is not State.MISSING:
        said = f"{said} ({ALONE})"
    lines = list(dict.fromkeys(_line(line, cell, notes, named) for line in cell.lines))
    if not any(name or told for name, told, _mark in lines):
        marks = clauses_text(mark for _name, _told, mark in lines)
        yield (f"{said} ({marks})" if marks else said), False
        return
    yield f"{said}: ", False
    for number, (name, told, mark) in enumerate(lines):
        if number:
            yield " / ", False
        if name:
            yield name, True
            yield (comma_mark(apart=True) if told else " "), False
        yield f"{told} ({mark})".lstrip(), False


def _line(
    line: Line, cell: Cell, notes: dict[str, str], named: Callable[[str], str]
) -> tuple[str, str, str]:
    """Give whose entry it is where that is open, what it alone says, and the number of the rest."""
    since, under, tie = line_parts(line, named)
    own = [since] if line.since or line.until else []
    rest = clauses_text([under] if own else [since, under])
    said = (rest, str(KEPT)) if line.kept else (rest,)
    mark = clauses_text([notes.setdefault(each, number_text(len(notes) + 1)) for each in said])
    told = clauses_text(filter(None, [*own, _alike(line) or tie]))
    is_open = line.tie is Tie.OPEN
    if line.alone and not cell.alone and not (is_open and line.state is State.MISSING):
        told = _after(str(ALONE), told)
    if is_open or line.state is not cell.state:
        told = _after(str(SHORT_WORDS[line.state]), told)
    return line.name if is_open else "", told, mark


def _alike(line: Line) -> str:
    """Give how alike a name is that nobody has judged; what the number says stands once, below."""
    return f"{line.score:.2f}" if line.tie is Tie.OPEN and line.score is not None else ""


def _after(word: str, told: str) -> str:
    return f"{word}: {told}" if told else word

"""Lists in memory, who is whom, and the matrix that answers over them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from undaunted.core.listings.queries import EntryLine
from undaunted.core.matching.rules import OpenPair, Refused, Standing
from undaunted.repression.sanctions.analysis import MatrixRow, lay_side_by_side, matrix_of, rows_of
from undaunted.repression.sanctions.analysis.laying import Spoken
from undaunted.repression.sanctions.analysis.sheets import sheet_of_lines
from undaunted.repression.sanctions.rules import (
    HeldVersion,
    ListSpoken,
    MatrixAsked,
    State,
    footing_of,
)

if TYPE_CHECKING:
    from undaunted.repression.sanctions.analysis import Matrix

__all__ = ["COLUMNS", "ON", "PLACES", "answered", "line", "rows", "spoken", "standing", "states"]

ON = date(2026, 6, 1)
PLACES = {"xf-invented": "XF", "xz-invented": "XZ"}
COLUMNS = ("XF", "XZ")


def line(key: str, *, gone: int | None = None, **parts: object) -> EntryLine:
    """Give an entry of a list in short."""
    name = str(parts.pop("name", key))
    kind = str(parts.pop("kind", "person"))
    return EntryLine(key, kind, name, name.casefold(), gone, dict(parts))


def spoken(
    source: str,
    lines: list[EntryLine],
    day: date | None = ON,
    *,
    waits: bool = False,
    sure: bool = True,
) -> Spoken:
    """Give a list of one version, as it speaks of the day; `sure`: more than one vouch for it."""
    held = HeldVersion(source, 2, day, ON, sure_since=ON if sure else None)
    earlier = HeldVersion(source, 1, (day or ON) - timedelta(days=90), ON)
    told = ListSpoken(source, PLACES.get(source, "EU"), held, footing_of(held, ON), waits)
    return Spoken(told, sheet_of_lines(source, lines), {1: earlier, 2: held})


def standing(lists: list[Spoken], same: tuple[tuple[str, ...], ...] = (),
             opened: tuple[OpenPair, ...] = (),
             refused: tuple[str, ...] = ()) -> Standing:  # fmt: skip
    """Give who is whom: `same` names entries, as source:key, that somebody judged to be one."""
    keys = [(e.told.source, k) for e in lists if e.sheet is not None for k, gone in
            zip(e.sheet.keys, e.sheet.gone_by, strict=True) if not gone]  # fmt: skip
    one = {name: group[0] for group in same for name in group}
    party_of = {key: one.get(":".join(key), ":".join(key)) for key in keys}
    members: dict[str, list[tuple[str, str]]] = {}
    for key, party in party_of.items():
        members.setdefault(party, []).append(key)
    told = {party: tuple(held) for party, held in members.items()}
    faults = tuple(Refused(tuple(e.split(":", 1)), "no name") for e in refused)  # type: ignore[arg-type]
    return Standing(party_of, told, opened, faults)


def answered(lists: list[Spoken], who: Standing, **more: Any) -> Matrix:
    """Answer a question over lists in memory."""
    asked = MatrixAsked(ON, **more)
    return matrix_of(lay_side_by_side(lists, who, ON), asked, COLUMNS)


def rows(matrix: Matrix) -> dict[str, MatrixRow]:
    return {row.party: row for row in rows_of(matrix)}


def states(matrix: Matrix) -> dict[str, tuple[State, ...]]:
    return {party: tuple(cell.state for cell in row.cells) for party, row in rows(matrix).items()}

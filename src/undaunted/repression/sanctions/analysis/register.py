"""The register: jurisdictions with their authorities, their lists, and how many each lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.listings.rules import list_sources
from undaunted.repression.sanctions.analysis.matrix import columns_known, matrix_on
from undaunted.repression.sanctions.rules import MatrixAsked, State, authorities

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.access.rules import Actor
    from undaunted.repression.sanctions.analysis.matrix import Matrix
    from undaunted.repression.sanctions.rules import Authority, ListSpoken

__all__ = ["RegisterRow", "register_of", "register_on"]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One jurisdiction: its laws, its lists, and how many parties stand on them.

    `laws` counts by authority the parties that a list names under it; an authority whose
    programme others share has no number. `entries` counts what stands on the lists: a party that
    is entered several times, or on several lists, is one of `listed`.
    """

    jurisdiction: str
    laws: tuple[tuple[Authority, int | None], ...]
    lists: tuple[ListSpoken, ...]
    listed: int | None
    entries: int | None = None


def register_on(actor: Actor, on: date) -> Matrix:
    """Give the matrix of every jurisdiction that lists, leaving out who does so in reply alone."""
    lists = [each for each in list_sources().values() if not each.counter]
    known = set(columns_known(actor))
    columns = dict.fromkeys(each.jurisdiction for each in lists if each.jurisdiction in known)
    return matrix_on(actor, MatrixAsked(on, jurisdictions=tuple(columns)))


def register_of(matrix: Matrix) -> tuple[RegisterRow, ...]:
    """Give a row for every jurisdiction that has an authority or a list."""
    by_place: dict[str, list[Authority]] = {}
    for each in authorities().values():
        if not each.invented or each.jurisdiction in matrix.jurisdictions:
            by_place.setdefault(each.jurisdiction, []).append(each)
    counted, entered, under = matrix.counted(), matrix.entries_counted(), _under(matrix)
    held = {each.jurisdiction for each in matrix.lists if each.version}
    places = [*matrix.jurisdictions, *(each for each in by_place if each not in counted)]
    return tuple(
        RegisterRow(
            code,
            tuple((each, under.get(each.code)) for each in by_place.get(code, ())),
            tuple(each for each in matrix.lists if each.jurisdiction == code),
            counted[code].get(State.LISTED, 0) if code in held else None,
            entered[code] if code in held else None,
        )
        for code in places
    )


def _under(matrix: Matrix) -> dict[str, int]:
    """Count the parties that are listed under programmes of each authority, where that is exact."""
    found: dict[str, int] = {}
    for each in authorities().values():
        exact = {(one.source, one.code) for one in each.listed_as if one.exact}
        held = {place for place, one in enumerate(matrix.lists) if one.version is not None}
        sources = {matrix.lists[place].source for place in held}
        if exact and any(source in sources for source, _ in exact):
            found[each.code] = matrix.listed_under(exact)
    return found

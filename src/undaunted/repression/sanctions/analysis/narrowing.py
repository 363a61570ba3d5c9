"""Which entries say what is asked about: by measure, and under a law where a list names laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.repression.sanctions.rules import authorities_under, authority_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from undaunted.core.listings.rules import Programme
    from undaunted.repression.sanctions.analysis.laying import Laid
    from undaunted.repression.sanctions.analysis.sheets import Sheet
    from undaunted.repression.sanctions.rules import MatrixAsked

__all__ = [
    "answering",
    "called_programme",
    "entries_where",
    "named_under",
    "open_to",
    "programmes_held",
    "under_authority",
]


def answering(laid: Laid, asked: MatrixAsked) -> NDArray[np.bool_]:
    """Give by entry whether the measure and the law that are asked about hold, as far as is told.

    A measure holds that an entry states, or that its regime imposed on everybody then. Of a law
    only those lists are asked that name its programmes: another country's entry is never under it.
    Where neither is asked about, every entry answers.
    """
    found = _under_the_law(laid, asked)
    measure = asked.measure
    if measure is not None:
        found &= entries_where(
            laid,
            lambda s: (
                s.measures.where(lambda held: measure in held)
                | s.regimes.where(lambda told: measure in told.implied_on(asked.on))
            ),
        )
    return found


def open_to(laid: Laid, asked: MatrixAsked) -> NDArray[np.bool_]:
    """Give by entry whether it is not told if the measure that is asked about holds.

    An entry that is not under the law that is asked about is none of them, whatever its measures.
    """
    measure = asked.measure
    if measure is None:
        return np.zeros(len(laid.party), np.bool_)
    left = entries_where(
        laid, lambda s: s.regimes.where(lambda told: told.leaves_open(measure, asked.on))
    )
    return left & _under_the_law(laid, asked)


def _under_the_law(laid: Laid, asked: MatrixAsked) -> NDArray[np.bool_]:
    found = np.ones(len(laid.party), np.bool_)
    if asked.authority:
        programmes = _programmes(asked.authority)
        naming = {source for source, _ in programmes}
        found &= entries_where(
            laid,
            lambda s: (
                named_under(s, programmes) if s.source in naming else np.ones(len(s.keys), np.bool_)
            ),
        )
    return found


def under_authority(laid: Laid, code: str) -> NDArray[np.bool_]:
    """Give the entries that stand under programmes of an authority, on the lists that have them."""
    programmes = _programmes(code)
    return entries_where(laid, lambda sheet: named_under(sheet, programmes))


def named_under(sheet: Sheet, programmes: set[tuple[str, str]]) -> NDArray[np.bool_]:
    """Give the entries of a sheet under one of the programmes, given by source and code."""
    return sheet.programmes.where(
        lambda held: any((sheet.source, each.code) in programmes for each in held)
    )


def called_programme(sheet: Sheet, words: str) -> NDArray[np.bool_]:
    """Give the entries under a programme of which the code, the title or the law says words."""
    asked = words.casefold()
    return sheet.programmes.where(
        lambda held: any(
            asked in each.casefold() for one in held for each in _names(sheet.source, one)
        )
    )


def programmes_held(laid: Laid) -> tuple[str, ...]:
    """Give what programmes of the lists are called, in order: their laws, else their codes."""
    found = {
        _names(each.sheet.source, one)[-1]
        for each in laid.spoken
        if each.sheet is not None
        for held in each.sheet.programmes.values
        for one in held
    }
    return tuple(sorted(found - {""}, key=str.casefold))


def _names(source: str, programme: Programme) -> tuple[str, ...]:
    laws = (each.short for each, _exact in authorities_under(source, programme.code))
    return (f"{programme.code} {programme.title}", programme.code or programme.title, *laws)


def entries_where(laid: Laid, holds: Callable[[Sheet], NDArray[np.bool_]]) -> NDArray[np.bool_]:
    """Ask every sheet and give the answers in one column."""
    told: Mapping[int, NDArray[np.bool_]] = {
        at: holds(each.sheet) for at, each in enumerate(laid.spoken) if each.sheet is not None
    }
    return laid.column(told)


def _programmes(code: str) -> set[tuple[str, str]]:
    return {(each.source, each.code) for each in authority_for(code).listed_as}

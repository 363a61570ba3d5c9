"""How two facts can stand to each other, said twice: for one pair, and in SQL for millions.

Both ways must say the same: a test compares them on drawn files.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from undaunted.engines.linkage.files import SLIP, gap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.linkage.files import Files, Span

__all__ = [
    "LEVELS", "NAME_CODES", "SQL", "UNKNOWN", "Field", "Level", "codes_of", "level_of_likeness",
    "levels_between",
]  # fmt: skip


class Field(StrEnum):
    """What is compared."""

    NAME = "name"
    BIRTH = "born"
    ARREST = "arrested"
    PLACE = "place"
    GENDER = "gender"
    COUNTRY = "country"


class Level(StrEnum):
    """How two facts stand to each other."""

    SAME = "same"
    CLOSE = "close"
    """Of names: nearly the same. Of dates: both allow a day in common."""
    ALIKE = "alike"
    """Of names: alike enough for somebody to look. Of dates: not far from each other."""
    APART = "apart"


_NAMES: Final = ((0.95, Level.SAME), (0.85, Level.CLOSE), (0.7, Level.ALIKE))
"""What likeness of names a level needs."""
NAME_CODES: Final = {3: Level.SAME, 2: Level.CLOSE, 1: Level.ALIKE}
"""Levels of names as they stand in a table; what is not there is apart."""
_NOT_FAR: Final = {Field.BIRTH: SLIP, Field.ARREST: 31}
"""So many days between two spans are a slip, or news that came late."""
_FOUR = (Level.SAME, Level.CLOSE, Level.ALIKE, Level.APART)
_TWO = (Level.SAME, Level.APART)
LEVELS: Final[dict[Field, tuple[Level, ...]]] = {
    Field.NAME: _FOUR,
    Field.BIRTH: _FOUR,
    Field.ARREST: _FOUR,
    Field.PLACE: _TWO,
    Field.GENDER: _TWO,
    Field.COUNTRY: _TWO,
}
"""The levels of each field, the nearest first."""


def level_of_likeness(likeness: float) -> Level:
    """Give the level of two names that are so alike, from 0 to 1."""
    return next((level for least, level in _NAMES if likeness >= least), Level.APART)


def codes_of(likeness: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give the level of many names that are so alike, as in `NAME_CODES`; 0 is apart."""
    least = np.array(sorted(least for least, _ in _NAMES))
    return np.searchsorted(least, likeness, side="right")


def levels_between(files: Files, one: int, other: int, likeness: float) -> dict[Field, Level]:
    """Compare two files; fields that one of them lacks are left out."""
    found = {Field.NAME: level_of_likeness(likeness)}
    for field, column in ((Field.BIRTH, files.born), (Field.ARREST, files.arrested)):
        left, right = column[one], column[other]
        if left is not None and right is not None:
            found[field] = _of_spans(left, right, _NOT_FAR[field])
    for field, texts in (
        (Field.PLACE, files.place),
        (Field.GENDER, files.gender),
        (Field.COUNTRY, files.country),
    ):
        if texts[one] and texts[other]:
            found[field] = Level.SAME if texts[one] == texts[other] else Level.APART
    return found


def _of_spans(left: Span, right: Span, not_far: int) -> Level:
    if left == right and left[0] == left[1]:
        return Level.SAME
    days = gap(left, right)
    if days <= 0:
        return Level.CLOSE
    return Level.ALIKE if days <= not_far else Level.APART


UNKNOWN: Final = {
    Field.NAME: "false",
    **{
        field: f"{field}_from_l IS NULL OR {field}_from_r IS NULL"
        for field in (Field.BIRTH, Field.ARREST)
    },
    **{
        field: f"{field}_l IS NULL OR {field}_r IS NULL"
        for field in (Field.PLACE, Field.GENDER, Field.COUNTRY)
    },
}
"""Where a field says nothing of a pair, in SQL that Splink understands."""


def _dates(field: Field) -> dict[Level, str]:
    first, last = f"{field}_from", f"{field}_to"
    days = f"greatest({first}_l, {first}_r) - least({last}_l, {last}_r)"
    exact = f"{first}_l = {last}_l AND {first}_r = {last}_r"
    return {
        Level.SAME: f"{exact} AND {first}_l = {first}_r",
        Level.CLOSE: f"{days} <= 0",
        Level.ALIKE: f"{days} <= {_NOT_FAR[field]}",
    }


SQL: Final[dict[Field, dict[Level, str]]] = {
    Field.NAME: {
        level: f"coalesce(likeness_l[number_r], 0) = {code}" for code, level in NAME_CODES.items()
    },
    Field.BIRTH: _dates(Field.BIRTH),
    Field.ARREST: _dates(Field.ARREST),
    **{
        field: {Level.SAME: f"{field}_l = {field}_r"}
        for field in (Field.PLACE, Field.GENDER, Field.COUNTRY)
    },
}
"""Every level but the last, which is whatever is left."""

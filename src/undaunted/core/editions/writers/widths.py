"""How wide the columns of a table are: as what they hold asks, long texts less than that.

For Word, where programs would each choose for themselves, and for the PDF of the same paper.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from undaunted.core.editions.writers import words

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Table

__all__ = [
    "ROOM",
    "ROOM_ON_ITS_SIDE",
    "WHOLE",
    "column_shares",
    "holds_long_word",
    "lines_taken",
]

WHOLE: Final = 5000
"""The width of a table, in fiftieths of a percent of the text's."""
_LEAST: Final = 8
_SHORT: Final = 24
"""Letters that stand in one line; of those beyond a column counts a quarter."""
_MOST: Final = 72
_ONE_LINE: Final = 18
"""A column that holds no more keeps what it holds in one line: a day, a word for how it stands."""
_EDGE: Final = 5
"""Letters that the edges of a cell take in Word, where they are wider."""
_SPARE: Final = 1
"""Of those one can be spared before a word is broken."""
_INSET: Final = 2
"""Those that they take in the PDF."""
_BOLD: Final = 10
"""One more in so many letters: a head is bold, and some scripts are wider."""
ROOM: Final = 105
"""Letters in a line of a page that stands upright, as small as tables are set."""
ROOM_ON_ITS_SIDE: Final = 157
"""Those where it lies on its side."""
_WIDER: Final = 1.5
"""How much wider than most a word may be set: where it may be so wide, it is measured."""


def column_shares(table: Table, room: int = ROOM) -> tuple[int, ...]:
    """Give the share of each column, in fiftieths of a percent of the text's width.

    Short ones stay in one line, the others share what is left, each as wide as its longest word
    where there is room: no word runs into the column beside it. Where there is none, the columns
    with the longest words give way, and a short word stays whole. `room` is letters in a line.
    """
    held = [
        [column.label, *(words.cell_text(row[place]) for row in table.rows)]
        for place, column in enumerate(table.columns)
    ]
    longest = [max(map(_letters, each)) for each in held]
    asked = [_asked(each) for each in longest]
    least = [_needed(max(map(_longest_word, each))) for each in held]
    short = [each <= _ONE_LINE for each in longest]
    none = [False] * len(short)
    wanted = [
        _needed(letters) if one_line else need
        for need, letters, one_line in zip(least, longest, short, strict=True)
    ]
    if sum(wanted) <= room:
        asked = _filled(asked, wanted, short, room)
    else:
        least = least if sum(least) <= room else [each - _SPARE for each in least]
        tight = sum(least) > room
        asked = _levelled(least, room) if tight else _filled(asked, least, none, room)
    return tuple(round(WHOLE * each / sum(asked)) for each in asked)


def _filled(asked: list[float], wanted: list[int], short: list[bool], room: int) -> list[float]:
    """Give short columns what they want, and the others what is left, none less than it wants."""
    told = [float(each) for each in wanted]
    open_ones = [place for place, one_line in enumerate(short) if not one_line]
    while open_ones:
        left = room - sum(told[place] for place in range(len(told)) if place not in open_ones)
        part = left / sum(asked[place] for place in open_ones)
        tight = [place for place in open_ones if asked[place] * part < wanted[place]]
        if not tight:
            for place in open_ones:
                told[place] = asked[place] * part
            break
        open_ones = [place for place in open_ones if place not in tight]
    return told


def _levelled(least: list[int], room: int) -> list[float]:
    """Give each column what it needs, but none more than what then is left for every wide one."""
    told, left = [0.0] * len(least), float(room)
    for done, place in enumerate(sorted(range(len(least)), key=least.__getitem__)):
        told[place] = min(least[place], left / (len(least) - done))
        left -= told[place]
    return told


def holds_long_word(text: str, share: int, room: int) -> bool:
    """Whether a word of a cell may be wider than its column, which has that share of a line."""
    return _longest_word(text) * _WIDER + _INSET > room * share / WHOLE


def lines_taken(text: str, share: int, room: int) -> float:
    """Give about how many lines a cell takes in its column, where no line ends early."""
    return _letters(text) / max(1, room * share / WHOLE - _INSET)


def _needed(letters: int) -> int:
    return max(_LEAST, letters + letters // _BOLD + _EDGE)


def _longest_word(text: str) -> int:
    """Count the letters of the longest word; where letters are as wide as high a line ends at any.

    A word beyond 24 letters is parted anyway, and a line may end behind a hyphen.
    """
    parted = (each for each in text.replace("-", "- ").split() if not any(map(_is_wide, each)))
    return min(_SHORT, max(map(_letters, parted), default=0))


def _letters(text: str) -> int:
    """Count letters; one that is as wide as it is high, as in Chinese, is two.

    Where such a letter touches another, half a letter stands empty between them.
    """
    wide = [_is_wide(each) for each in text]
    beside = sum(before is not after for before, after in pairwise(wide))
    return len(text) + sum(wide) + (beside + 1) // 2


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _asked(letters: int) -> float:
    beyond = max(0, letters - _SHORT) / 4
    return min(_MOST, max(_LEAST, min(letters, _SHORT) + beyond))

"""How wide the columns of a table are: as what they hold asks, long texts less than that.

For Word, where programs would each choose for themselves, and for the PDF of the same paper.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from undaunted.core.editions.writers import words

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Table

__all__ = ["WHOLE", "column_shares"]

WHOLE: Final = 5000
"""The width of a table, in fiftieths of a percent of the text's."""
_LEAST: Final = 8
_SHORT: Final = 24
"""Letters that stand in one line; of those beyond a column counts a quarter."""
_MOST: Final = 72


def column_shares(table: Table) -> tuple[int, ...]:
    """Give the share of each column, in fiftieths of a percent of the text's width.

    None has much less than half of what it had if all were equal: it holds a word.
    """
    longest = [_letters(column.label) for column in table.columns]
    for row in table.rows:
        held = (_letters(words.cell_text(cell)) for cell in row)
        longest = [max(pair) for pair in zip(longest, held, strict=True)]
    asked = [_asked(each) for each in longest]
    least = sum(asked) / (2 * len(asked))
    asked = [max(each, least) for each in asked]
    return tuple(round(WHOLE * each / sum(asked)) for each in asked)


def _letters(text: str) -> int:
    """Count letters; one that is as wide as it is high, as in Chinese, is two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _asked(letters: int) -> float:
    beyond = max(0, letters - _SHORT) / 4
    return min(_MOST, max(_LEAST, min(letters, _SHORT) + beyond))

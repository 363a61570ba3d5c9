"""Tables at a terminal: no code, id or number is ever cut, however narrow the screen is.

Somebody copies a code out of a table into the next command: half a code is worse than none. So
lines end between words alone, and where even that is too wide, each row stands as lines of its own.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rich.console import Console

__all__ = ["print_table", "seen", "shown"]

_FRAME: Final = 3
"""Columns of the screen that the frame takes beside each column of a table."""
_USUAL: Final = 80
_GAPS: Final = (2, 1)
"""Those between two columns where there is no frame: the wider where there is room for it."""
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_OF_WORDS: Final = frozenset("\u200c\u200d")
"""Signs that nobody sees and that Persian and Indian words are written with."""


def seen(text: str) -> str:
    """Give a text with each sign that commands a terminal or turns writing as its escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _escaped(sign) if category(sign) in _HIDDEN and sign not in _OF_WORDS else sign
        for sign in text
    )


def shown(text: str) -> str:
    """Give lines that somebody else wrote as a screen may show them: as `seen`, but for breaks."""
    lines = text.replace("\r\n", "\n").replace("\t", " ").split("\n")
    return "\n".join(map(seen, lines))


def print_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    numbers: Collection[str] = (),
    console: Console | None = None,
) -> None:
    """Print rows under their heads; those of `numbers` end at the same side.

    With a frame where that fits, without one where it does not, and row by row where no line has
    room for the longest words side by side. Cells are text, never markup, and command no terminal:
    a name on a list is written by whoever keeps the list.
    """
    from rich.console import Console  # noqa: PLC0415 - the command starts faster without

    screen = console or Console()
    if screen.width < 1:  # COLUMNS=0, as some jobs set it: nothing would be printed
        screen.width = _USUAL
    held, title = [[shown(str(cell)) for cell in row] for row in rows], shown(title)
    for gap in (None, *_GAPS):
        taken = _FRAME * len(heads) + 1 if gap is None else gap * len(heads)
        if widths := _widths([heads, *held], screen.width - taken):
            screen.print(_laid(heads, held, widths, gap, title=title, numbers=numbers))
            return
    _print_by_row(screen, heads, held, title)


def _escaped(sign: str) -> str:
    """Give a sign as JSON does, so that a program reads the same text again."""
    units = sign.encode("utf-16-be", "surrogatepass")
    pairs = (units[at : at + 2] for at in range(0, len(units), 2))
    return "".join(f"\\u{int.from_bytes(pair):04x}" for pair in pairs)


def _laid(  # noqa: PLR0913 - what stands where, how wide, and how it looks
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    gap: int | None,
    *,
    title: str,
    numbers: Collection[str],
) -> Any:  # noqa: ANN401 - late import
    from rich.box import HEAVY_HEAD  # noqa: PLC0415 - as above
    from rich.table import Column, Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    columns = (
        Column(
            Text(head), width=width, overflow="fold",
            justify="right" if head in numbers else "left",
        )
        for head, width in zip(heads, widths, strict=True)
    )  # fmt: skip
    table = Table(
        *columns, title=Text(title) if title else None,
        box=HEAVY_HEAD if gap is None else None, padding=(0, 1) if gap is None else (0, gap, 0, 0),
    )  # fmt: skip
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Give how wide columns are, none narrower than its longest word; nothing where none fits."""
    from rich.cells import cell_len  # noqa: PLC0415 - as above

    columns = list(zip(*rows, strict=True))
    most = [max(cell_len(line) for cell in each for line in cell.split("\n")) for each in columns]
    if sum(most) <= room:
        return most
    least = [max(cell_len(word) for cell in each for word in cell.split() or [""])
             for each in columns]  # fmt: skip
    if sum(least) > room:
        return None
    level = max(most)
    while True:
        widths = [max(low, min(high, level)) for low, high in zip(least, most, strict=True)]
        if sum(widths) <= room:
            return widths
        level -= 1


def _print_by_row(
    screen: Console, heads: Sequence[str], rows: Iterable[Sequence[str]], title: str
) -> None:
    """Print each row as lines of head and cell; a word that is wider than a line stays whole."""
    edge = max(map(len, heads)) + _GAPS[0]
    if title:
        screen.print(title, markup=False, highlight=False, soft_wrap=True)
    for row in rows:
        for head, cell in zip(heads, row, strict=True):
            lines = textwrap.wrap(
                cell, max(1, screen.width - edge), break_long_words=False, break_on_hyphens=False
            )
            told = f"\n{'':<{edge}}".join(lines)
            line = f"{head:<{edge}}{told}".rstrip()
            screen.print(line, markup=False, highlight=False, soft_wrap=True)
        screen.print()

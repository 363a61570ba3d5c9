"""Words of another direction set apart on paper, so that no bracket or stop leaves its end.

In an Arabic sentence a bracket behind a Latin source is taken for one of the sentence and set at
its other side, and a number that follows it is drawn into it. What runs from left to right is a
piece of its own, between marks of both directions: they hold in the PDF and in every program for
Word files, where isolates and the direction of a run do not.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undaunted.core.editions.rules.directions import runs_right_to_left
from undaunted.core.editions.rules.document import (
    Bullets,
    Name,
    Notice,
    Paragraph,
    Section,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.editions.rules.document import Block, Cell, Piece, Text

__all__ = ["apart", "apart_in_words", "kept_apart", "set_in"]

LEFT_TO_RIGHT_MARK: Final = "\N{LEFT-TO-RIGHT MARK}"
RIGHT_TO_LEFT_MARK: Final = "\N{RIGHT-TO-LEFT MARK}"
_RIGHT: Final = frozenset({"R", "AL"})
_CLOSES: Final = {")": "(", "]": "[", "}": "{"}


def kept_apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give the blocks of a document that runs from right to left, with Latin words set apart."""
    for each in blocks:
        if isinstance(each, Section):
            yield replace(each, blocks=tuple(kept_apart(each.blocks)))
        elif isinstance(each, Bullets) and not each.language:
            yield replace(each, items=tuple(_pieces(item) for item in each.items))
        elif isinstance(each, Notice) or (isinstance(each, Paragraph) and not each.language):
            yield replace(each, text=_pieces(each.text))
        elif isinstance(each, Table):
            rows = tuple(tuple(map(_cell, row)) for row in each.rows)
            yield replace(each, caption=apart_in_words(each.caption), rows=rows)
        else:
            yield each


def set_in(text: str, *, right_to_left: bool) -> str:
    """Give what somebody typed, to stand in a text of a direction: with its own stops, whole."""
    inside = runs_right_to_left(text, otherwise=right_to_left)
    if not text or inside is right_to_left:
        return text
    own, around = LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK
    if inside:
        own, around = around, own
    return f"{around}{own}{text}{own}{around}"


def apart_in_words(text: str) -> str:
    """Give a text that runs from right to left with Latin words set apart, in one piece."""
    pieces = _pieces((text,))
    return "".join(each.text if isinstance(each, Name) else str(each) for each in pieces)


def apart(text: str) -> tuple[Piece, ...]:
    """Part a text: what runs from left to right is a `Name`, with the brackets that it opens."""
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        letter = next((n for n in range(at, len(text)) if _sort(text[n]) == "L"), len(text))
        start = _start(text, letter, at)
        end = _end(text, start)
        if end <= letter:
            start, end = letter, _end(text, letter)
        if start > at:
            pieces.append(text[at:start])
        if end > start:
            pieces.append(Name(text[start:end]))
        at = end
    return tuple(pieces)


def _start(text: str, letter: int, at: int) -> int:
    """Give where the word of a first letter begins: a number of figures and letters is one word."""
    start = letter
    for before in range(letter - 1, at - 1, -1):
        if text[before].isspace() or _sort(text[before]) in _RIGHT or _sort(text[before]) == "BN":
            break
        if _sort(text[before]) == "EN":
            start = before
    return start


def _end(text: str, start: int) -> int:
    """Give where words that begin somewhere end: before Arabic, or a bracket opened earlier.

    A per cent sign ends them too, lest it leave its number.
    """
    open_: list[str] = []
    end = start
    for at in range(start, len(text)):
        letter = text[at]
        if _sort(letter) in _RIGHT:
            break
        if letter in _CLOSES.values():
            open_.append(letter)
        elif letter in _CLOSES:
            if not open_:
                break
            open_.pop()
            end = end if open_ else at + 1
        elif not open_ and _sort(letter) in {"L", "EN", "ET"}:
            end = at + 1
    return end


def _pieces(text: Text) -> Text:
    parts = [part for each in text for part in (apart(each) if isinstance(each, str) else (each,))]
    return tuple(piece for part in parts for piece in _marked(part))


def _marked(piece: Piece) -> Iterator[Piece]:
    if not isinstance(piece, Name) or runs_right_to_left(piece.text, otherwise=True):
        yield piece
        return
    yield RIGHT_TO_LEFT_MARK
    yield replace(piece, text=f"{LEFT_TO_RIGHT_MARK}{piece.text}{LEFT_TO_RIGHT_MARK}")
    yield RIGHT_TO_LEFT_MARK


def _cell(cell: Cell) -> Cell:
    return apart_in_words(cell) if isinstance(cell, str) else cell


def _sort(letter: str) -> str:
    return unicodedata.bidirectional(letter)

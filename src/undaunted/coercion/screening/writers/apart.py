"""Words of another direction set apart in a letter, so that no bracket or stop leaves its end.

In an Arabic sentence a bracket behind a Latin source is taken for one of the sentence and set at
its other side, and a number that follows it is drawn into it. What runs from left to right is a
piece of its own, between marks of both directions: they hold in the PDF and in every program for
Word files, where isolates and the direction of a run do not.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undaunted.core.editions.rules import (
    Bullets,
    Name,
    Notice,
    Paragraph,
    Section,
    runs_right_to_left,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.editions.rules import Block, Piece, Text

__all__ = ["apart", "kept_apart"]

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
        else:
            yield each


def apart(text: str) -> tuple[Piece, ...]:
    """Part a text: what runs from left to right is a `Name`, with the brackets that it opens."""
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        start = next((n for n in range(at, len(text)) if _sort(text[n]) == "L"), len(text))
        if start > at:
            pieces.append(text[at:start])
        end = _end(text, start)
        if end > start:
            pieces.append(Name(text[start:end]))
        at = end
    return tuple(pieces)


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


def _sort(letter: str) -> str:
    return unicodedata.bidirectional(letter)

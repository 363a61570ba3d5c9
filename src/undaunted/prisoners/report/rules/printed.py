"""What a text prints, as one run of words: to be looked through for names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.editions.rules import Bullets, Footnote, Link, Name, Paragraph, Strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.editions.rules import Block, Piece, Text

__all__ = ["CONSENT_MISSING", "printed_words"]

CONSENT_MISSING = "It names somebody whose consent is missing. Write it without naming anybody."
"""Why a text goes back where nobody may be told who it is."""


def printed_words(blocks: Iterable[Block]) -> str:
    """Give the words of a text as they are read, then addresses of links, then notes."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += _lines(block.text)
        elif isinstance(block, Bullets):
            lines += (line for item in block.items for line in _lines(item))
    return "\n".join(lines)


def _lines(text: Text) -> Iterator[str]:
    yield "".join(_words(piece) for piece in text)
    for piece in text:
        if isinstance(piece, Link):
            yield piece.address
        elif isinstance(piece, Footnote):
            yield from _lines(piece.text)


def _words(piece: Piece) -> str:
    if isinstance(piece, Strong | Link | Name):
        return piece.text
    return piece if isinstance(piece, str) else ""

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
    """Give the words of a text as they are read, then addresses of links, then notes.

    What stands at the place of a note, a number or a reference parts words or does not, as a reader
    takes it: a line with one is given in both readings, behind a form feed.
    """
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += _lines(block.text)
        elif isinstance(block, Bullets):
            lines += (line for item in block.items for line in _lines(item))
    return "\n".join(lines)


def _lines(text: Text) -> Iterator[str]:
    apart = "".join(_words(piece, " ") for piece in text)
    together = "".join(_words(piece, "") for piece in text)
    yield apart
    if together != apart:
        yield f"\f{together}\f"
    for piece in text:
        if isinstance(piece, Link):
            yield piece.address
        elif isinstance(piece, Footnote):
            yield from _lines(piece.text)


def _words(piece: Piece, mark: str) -> str:
    if isinstance(piece, Strong | Link | Name):
        return piece.text
    return piece if isinstance(piece, str) else mark

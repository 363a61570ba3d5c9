"""Keeping texts that run the other way in their place, with the marks of Unicode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.core.editions.rules import Name, runs_right_to_left

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Text

__all__ = ["apart", "closed", "own_way"]

LEFT_TO_RIGHT_MARK: Final = "\u200e"
RIGHT_TO_LEFT_MARK: Final = "\u200f"


def own_way(text: str, *, right_to_left: bool) -> str:
    """Keep the points and brackets of a text on its own side, where it runs the other way."""
    own = runs_right_to_left(text, otherwise=right_to_left)
    mark = RIGHT_TO_LEFT_MARK if own else LEFT_TO_RIGHT_MARK
    return text if own is right_to_left else f"{mark}{text}{mark}"


def closed(text: Text, *, right_to_left: bool) -> Text:
    """Close every name that runs the other way, so that what follows stays in its place."""
    mark = RIGHT_TO_LEFT_MARK if right_to_left else LEFT_TO_RIGHT_MARK
    pieces: list[Text] = []
    for piece in text:
        other = isinstance(piece, Name) and (
            runs_right_to_left(piece.text, otherwise=right_to_left) is not right_to_left
        )
        pieces.append((piece, mark) if other else (piece,))
    return tuple(piece for pair in pieces for piece in pair)


def apart(text: str) -> str:
    """Keep a text apart from the direction around it (FSI and PDI), where a setter knows them."""
    return f"\u2068{text}\u2069"

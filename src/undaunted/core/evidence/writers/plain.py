"""Plain text: UTF-8, one kind of line end, nothing invisible."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Cleaned, MediaKind, Uncleanable, WhyUncleanable

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["clean_text"]

LARGEST: Final = 64 * 1024 * 1024
_MEANT: Final = frozenset("\n\t\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")
"""Line ends, joiners that scripts need, and direction marks that are closed where they open."""


def clean_text(content: BinaryIO) -> Cleaned:
    """Give the text without control and other invisible characters, which can carry a mark.

    Raises `Uncleanable` where the bytes are no UTF-8.
    """
    data = content.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Uncleanable(WhyUncleanable.TOO_LARGE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Uncleanable(WhyUncleanable.DAMAGED) from problem
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(each for each in lines if each in _MEANT or not _invisible(each))
    removed = ("invisible_characters",) if shown != lines else ()
    return Cleaned(shown.encode(), MediaKind.TEXT, removed)


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn"}

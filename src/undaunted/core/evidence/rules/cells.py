"""Text in the cells of a table that spreadsheets open."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["harmless"]

_LONGEST: Final = 32_000
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BEHIND: Final = re.compile(r"([;\t|] *)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a spreadsheet splits at another separator, what stands behind one begins a cell."""
_CONTROL: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


def harmless(text: str) -> str:
    """Give the text so that no spreadsheet runs it: an apostrophe in front, no control codes."""
    plain = text[:_LONGEST].translate(_CONTROL).encode("utf-8", "replace").decode("utf-8")
    plain = _BEHIND.sub(r"\1'", plain)
    return f"'{plain}" if plain.lstrip(" ").startswith(_STARTS) else plain

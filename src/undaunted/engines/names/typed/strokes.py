"""Other names of a bearer within one text: what stands behind a stroke, or a semicolon.

Each is searched as a name is, so that a text made of a hundred would take as long as a hundred.
"""

from __future__ import annotations

import re

__all__ = ["MOST_OTHERS", "are_too_many", "parts_of"]

MOST_OTHERS = 8
"""Other names of a bearer that a text may hold; in real lists no name has more."""
_STROKE = re.compile(r"\s[/|]\s|;")


def parts_of(text: str) -> list[str]:
    """Give the names within a text that has a letter or a figure; mostly the text alone."""
    stroke = "/" in text or ";" in text or "|" in text
    parts = _STROKE.split(text) if stroke else [text]
    return [part for part in parts if any(map(str.isalnum, part))]


def are_too_many(text: str) -> bool:
    """Say whether a text holds more names than one bearer is compared by."""
    return len(parts_of(text)) > MOST_OTHERS + 1

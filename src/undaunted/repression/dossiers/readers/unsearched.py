"""Whether a document that goes along holds words that no program finds: pictures, film, sound.

A page of a PDF may be a picture or hold one, or draw letters as lines, with patterns, masks and
fonts of drawings; a file of an office may have pictures in it, beside its words or among them.
Whatever has some is looked at by people.
"""

from __future__ import annotations

import io
from typing import Final

from undaunted.core.evidence.rules import Uncleanable
from undaunted.core.evidence.writers.packages import parse_part, read_package
from undaunted.core.evidence.writers.redacting.readings import read_plainly
from undaunted.repression.dossiers.readers.annexes import PACKED, AnnexUnread
from undaunted.repression.dossiers.readers.drawn import DrawnUnread, pages_drawn

__all__ = ["holds_pictures"]

_MOST_PAGES: Final = 5_000
_READ: Final = (".xml", ".rels", "/", "mimetype")
"""What an office file holds besides pictures: parts that are read, folders, its kind."""
_AMONG_WORDS: Final = "{*}binary-data"
"""A picture of an open document that is written in letters, among the words."""


def holds_pictures(content: bytes, media_type: str) -> bool:
    """Tell whether some of a document is to be looked at. Raises `AnnexUnread`."""
    if media_type.startswith("text/"):
        return False
    try:
        if media_type == "application/pdf":
            _, unread = read_plainly(content, _MOST_PAGES)
            return bool(unread) or not all(each.strip() for each in pages_drawn(content))
        if media_type.startswith(PACKED):
            parts = read_package(io.BytesIO(content))
            return any(_is_looked_at(name, told) for name, told in parts.items())
    except (Uncleanable, DrawnUnread) as problem:
        raise AnnexUnread(media_type) from problem
    return True


def _is_looked_at(name: str, told: bytes) -> bool:
    if not name.lower().endswith(_READ):
        return True
    if not name.lower().endswith(".xml"):
        return False
    return next(parse_part(told).iter(_AMONG_WORDS), None) is not None

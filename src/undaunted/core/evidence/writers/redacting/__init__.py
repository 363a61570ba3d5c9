"""Redacted copies: what is taken out of a clean copy is in no byte of them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from undaunted.core.evidence.rules import (
    MediaKind,
    Uncleanable,
    Unredactable,
    WhyUncleanable,
    WhyUnredactable,
)
from undaunted.core.evidence.writers.redacting.pages import page_drawn, redact_pages
from undaunted.core.evidence.writers.redacting.pictures import open_picture, redact_picture
from undaunted.core.evidence.writers.redacting.words import redact_package, redact_plain

if TYPE_CHECKING:
    from undaunted.core.evidence.rules import Marks, Redacted

__all__ = ["draw_page", "redact"]

_PICTURES: Final = frozenset({MediaKind.JPEG, MediaKind.PNG})
_PACKAGES: Final = frozenset(
    {MediaKind.DOCX, MediaKind.XLSX, MediaKind.PPTX, MediaKind.ODT, MediaKind.ODS, MediaKind.ODP}
)
_SHOWN: Final = 1000
"""Pixels of the longer side of a page that is looked at."""
_LINES: Final = 10


def redact(content: bytes, kind: MediaKind, marks: Marks) -> Redacted:
    """Take something out of a clean copy. Raises `Unredactable`, `Uncleanable`."""
    words = any(each.strip() for each in marks.passages)
    if kind is MediaKind.PDF:
        return redact_pages(content, marks)
    if kind in _PICTURES:
        if words:
            raise Unredactable(WhyUnredactable.NO_PASSAGES)
        return redact_picture(content, kind, marks.boxes)
    if kind is not MediaKind.TEXT and kind not in _PACKAGES:
        raise Unredactable(WhyUnredactable.RECORDING)
    if marks.boxes:
        raise Unredactable(WhyUnredactable.NO_BOXES)
    if kind is MediaKind.TEXT:
        try:
            return redact_plain(content.decode(), marks.passages)
        except UnicodeDecodeError as problem:
            raise Uncleanable(WhyUncleanable.DAMAGED) from problem
    return redact_package(content, kind, marks.passages)


def draw_page(content: bytes, kind: MediaKind, number: int, *, grid: bool) -> tuple[bytes, int]:
    """Give a page as PNG, under a grid of tenths if asked, and how many pages there are.

    Raises `Unredactable`, `Uncleanable`.
    """
    if kind in _PICTURES:
        if number != 1:
            raise Unredactable(WhyUnredactable.NO_SUCH_PAGE)
        picture, pages = open_picture(content), 1
    elif kind is MediaKind.PDF:
        picture, pages = page_drawn(content, number)
    else:
        raise Unredactable(WhyUnredactable.NO_BOXES)
    picture.thumbnail((_SHOWN, _SHOWN), Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(picture)
    for step in range(1, _LINES if grid else 1):
        across, down = picture.width * step // _LINES, picture.height * step // _LINES
        draw.line((across, 0, across, picture.height), fill=(200, 30, 30))
        draw.line((0, down, picture.width, down), fill=(200, 30, 30))
        draw.text((across + 2, 1), str(step * _LINES), fill=(200, 30, 30))
        draw.text((2, down + 1), str(step * _LINES), fill=(200, 30, 30))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue(), pages

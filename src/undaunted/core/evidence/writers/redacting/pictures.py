"""Boxes burnt into a picture: what was under them is in no pixel that is left."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from undaunted.core.evidence.rules import (
    MediaKind,
    Redacted,
    Unredactable,
    WhyUnredactable,
)
from undaunted.core.evidence.writers.images import MOST_PIXELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.evidence.rules import Box

__all__ = ["burn", "edges_of", "open_picture", "redact_picture"]

_BLOCK: Final = 16
"""JPEG codes squares of up to so many pixels together: a box covers each that it touches."""
_QUALITY: Final = 92
_FORMATS: Final = ("JPEG", "PNG")


def redact_picture(content: bytes, kind: MediaKind, boxes: tuple[Box, ...]) -> Redacted:
    """Burn boxes into the clean copy of a picture. Raises `Unredactable`."""
    pages = [line for line, box in enumerate(boxes, start=1) if box.page > 1]
    if pages:
        raise Unredactable(WhyUnredactable.NO_SUCH_PAGE, pages)
    picture = open_picture(content)
    burn(picture, (edges_of(box, picture.size) for box in boxes), square=_BLOCK)
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    out = io.BytesIO()
    if kind is MediaKind.JPEG:
        bare.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    else:
        bare.save(out, "PNG", optimize=False)
    return Redacted(out.getvalue(), kind, len(boxes), unsearched=(1,))


def open_picture(content: bytes) -> Image.Image:
    """Give the pixels of a clean copy as they are seen on white; nothing lies behind glass."""
    with Image.open(io.BytesIO(content), formats=list(_FORMATS)) as held:
        if held.width * held.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        if not held.has_transparency_data:
            return held.convert("RGB")
        seen = Image.new("RGBA", held.size, (255, 255, 255, 255))
        seen.alpha_composite(held.convert("RGBA"))
        return seen.convert("RGB")


def edges_of(box: Box, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Give left, top, right and bottom of a box in pixels of a picture of `size`."""
    width, height = size
    return (
        box.left * width / 100,
        box.top * height / 100,
        (box.left + box.width) * width / 100,
        (box.top + box.height) * height / 100,
    )


def burn(
    picture: Image.Image, edges: Iterable[tuple[float, float, float, float]], *, square: int = 1
) -> None:
    """Make boxes black, to the edges of the squares in which they lie; all in pixels."""
    draw = ImageDraw.Draw(picture)
    for left, top, right, bottom in edges:
        more = square // 2  # what a decoder draws smoothly across the edge of a square
        begin = (int(left // square) * square - more, int(top // square) * square - more)
        end = (
            -int(-right // square) * square - 1 + more,
            -int(-bottom // square) * square - 1 + more,
        )
        draw.rectangle((*begin, max(end[0], begin[0]), max(end[1], begin[1])), fill=(0, 0, 0))

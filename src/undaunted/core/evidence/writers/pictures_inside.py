"""Pictures inside an Office or OpenDocument file, cleaned like pictures that stand alone."""

from __future__ import annotations

import io
from typing import Final

from undaunted.core.evidence.rules import MediaKind, Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.images import clean_image
from undaunted.core.evidence.writers.kinds import media_kind

__all__ = ["clean_picture_part"]

_ENDINGS: Final = {
    "jpg": MediaKind.JPEG,
    "jpeg": MediaKind.JPEG,
    "jfif": MediaKind.JPEG,
    "png": MediaKind.PNG,
    "gif": MediaKind.GIF,
    "tif": MediaKind.TIFF,
    "tiff": MediaKind.TIFF,
    "webp": MediaKind.WEBP,
}


def clean_picture_part(name: str, data: bytes, removed: set[str]) -> bytes:
    """Give the clean bytes of one picture part; anything that is no picture we know is refused.

    A picture that becomes PNG keeps the name it has: readers go by its bytes.
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in _ENDINGS:
        raise Uncleanable(WhyUncleanable.FILE_INSIDE, name)
    stream = io.BytesIO(data)
    kind = media_kind(stream)
    if kind not in set(_ENDINGS.values()):
        raise Uncleanable(WhyUncleanable.FILE_INSIDE, name)
    cleaned = clean_image(stream, kind)
    removed.update(cleaned.removed)
    return cleaned.content

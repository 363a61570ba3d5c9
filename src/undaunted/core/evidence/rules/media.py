"""Which files can be served as a clean copy, what a clean copy is, and why one cannot be made.

What is not named here is not served: a file nobody can clean may tell who made it (promise S11).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["MOST_PLAYED", "Cleaned", "MediaKind", "Uncleanable", "WhyUncleanable"]


MOST_PLAYED: Final = 64 * 1024 * 1024
"""Each part that a player asks for opens the whole copy in memory."""


class MediaKind(StrEnum):
    """A kind of file that can be cleaned; the value is its media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    GIF = "image/gif"
    TIFF = "image/tiff"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    ODP = "application/vnd.oasis.opendocument.presentation"
    TEXT = "text/plain"
    MP4 = "video/mp4"
    M4A = "audio/mp4"
    WEBM = "video/webm"
    WEBA = "audio/webm"
    MKV = "video/x-matroska"
    MKA = "audio/x-matroska"
    MP3 = "audio/mpeg"
    WAV = "audio/wav"
    OGG = "audio/ogg"
    FLAC = "audio/flac"

    @property
    def ending(self) -> str:
        """Give the ending of a file's name, without its dot."""
        return "txt" if self is MediaKind.TEXT else self.name.lower().replace("jpeg", "jpg")

    def is_played(self, size: int) -> bool:
        """Tell whether a copy of this kind and size is played in its page, and not only saved."""
        return (self.is_film or self.is_sound) and size <= MOST_PLAYED

    @property
    def is_film(self) -> bool:
        """Tell whether it is moving pictures, to be played."""
        return self.value.startswith("video/")

    @property
    def is_sound(self) -> bool:
        """Tell whether it is sound alone, to be played."""
        return self.value.startswith("audio/")

    @property
    def has_pages(self) -> bool:
        """Tell whether its pages are drawn, so that a box can be laid on them."""
        return self in {MediaKind.PDF, MediaKind.JPEG, MediaKind.PNG}


class WhyUncleanable(StrEnum):
    """Why no clean copy can be made of a file."""

    UNKNOWN_KIND = "unknown_kind"
    DAMAGED = "damaged"
    LOCKED = "locked"
    PROGRAM = "program"
    FILE_INSIDE = "file_inside"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"


class Uncleanable(ValueError):
    """No clean copy can be made, so the file is not served; `reason` says why."""

    def __init__(self, reason: WhyUncleanable, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean copy: its bytes, what was taken out, and what still shows and should be looked at.

    `removed` and `kept` are words of a fixed list (docs/reference/clean-copies.md), never content.
    """

    content: bytes
    kind: MediaKind
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

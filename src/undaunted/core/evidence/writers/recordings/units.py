"""Pictures in H.264, H.265, AV1 and MPEG-4: the units that draw stay, the notes between them go.

Kept are the kinds of unit that a decoder needs. Of the supplemental information (Rec. ITU-T H.264
and H.265, annex D) four messages stay that say how to show a picture, each of a fixed small length:
where decoding can begin, the light of the display it was made for, its brightest pixel, its
brightness curve. Time codes, user data, captions and fillers go.
"""

from __future__ import annotations

import re
from typing import Final

from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged

__all__ = ["bare_av1", "bare_avc", "bare_hevc", "bare_mpeg4"]

_AVC_KEPT: Final = frozenset({1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 14, 15, 19, 20})
_AVC_NOTES: Final = frozenset({6})
_HEVC_KEPT: Final = frozenset(range(10)) | frozenset(range(16, 22)) | frozenset(range(32, 38))
_HEVC_NOTES: Final = frozenset({39, 40})
_MESSAGES: Final = {6: 10, 137: 24, 144: 4, 147: 1}
"""Recovery point, mastering display, content light level, preferred transfer: longest length."""
_AV1_KEPT: Final = frozenset({1, 2, 3, 4, 6, 7, 8})
_AV1_METADATA, _AV1_SHOWN = 5, frozenset({1, 2})
_AV1_SIZED, _AV1_EXTENDED = 0x02, 0x04
_MPEG4_USER_DATA: Final = 0xB2
_LONGEST_LEB: Final = 8
_MORE, _ADDED = 0x80, 0xFF
_ESCAPED: Final = re.compile(rb"\x00\x00\x03")
_TO_ESCAPE: Final = re.compile(rb"\x00\x00(?=[\x00-\x03])")


def bare_avc(data: bytes, width: int) -> bytes:
    """Give a sample of H.264 without its notes; `width` is that of the lengths."""
    out = []
    for unit in _units(data, width):
        kind = unit[0] & 0x1F
        kept = _shown(unit, 1) if kind in _AVC_NOTES else unit if kind in _AVC_KEPT else b""
        if kept:
            out.append(len(kept).to_bytes(width, "big") + kept)
    return b"".join(out)


def bare_hevc(data: bytes, width: int) -> bytes:
    """Give a sample of H.265 without its notes."""
    out = []
    for unit in _units(data, width):
        kind = unit[0] >> 1 & 0x3F
        kept = _shown(unit, 2) if kind in _HEVC_NOTES else unit if kind in _HEVC_KEPT else b""
        if kept:
            out.append(len(kept).to_bytes(width, "big") + kept)
    return b"".join(out)


def bare_av1(data: bytes, kept: frozenset[int] = _AV1_KEPT) -> bytes:
    """Give a sample of AV1 without metadata and padding (AV1 specification, 5.3 and 5.8)."""
    out, read = [], Cursor(data)
    while read.left:
        start = read.place
        head = read.number(1)
        if head & _AV1_EXTENDED:
            read.take(1)
        size = _leb(read) if head & _AV1_SIZED else read.left
        content = read.take(size)
        kind = head >> 3 & 0x0F
        shown = kind == _AV1_METADATA and content[:1] and content[0] in _AV1_SHOWN
        if kind in kept or (shown and len(content) <= _MESSAGES[137] + 2):
            out.append(data[start : read.place])
    return b"".join(out)


def bare_mpeg4(data: bytes) -> bytes:
    """Give a sample or a head of MPEG-4 Visual without user data (ISO/IEC 14496-2, 6.2.2)."""
    first, *units = re.split(rb"(?=\x00\x00\x01)", data)
    return first + b"".join(unit for unit in units if unit[3:4] != bytes([_MPEG4_USER_DATA]))


def _units(data: bytes, width: int) -> list[bytes]:
    units, place, end = [], 0, len(data)
    while place < end:
        length = int.from_bytes(data[place : place + width], "big")
        place += width
        if length > end - place:
            raise damaged("a unit of a picture reaches past its end")
        if length:
            units.append(data[place : place + length])
        place += length
    return units


def _shown(unit: bytes, head: int) -> bytes:
    """Give a unit of notes with those messages only that say how to show; b"" where none does."""
    plain = _ESCAPED.sub(b"\x00\x00", unit[head:]).rstrip(b"\x00")
    kept, place = b"", 0
    while place < len(plain) - 1:
        start = place
        kind, place = _sum(plain, place)
        size, place = _sum(plain, place)
        if size > len(plain) - place:
            return b""
        if size <= _MESSAGES.get(kind, -1):
            kept += plain[start : place + size]
        place += size
    if not kept:
        return b""
    return unit[:head] + _TO_ESCAPE.sub(b"\x00\x00\x03", kept + b"\x80")


def _sum(data: bytes, place: int) -> tuple[int, int]:
    """Read a number written as bytes to be added, of which the last is less than 255."""
    end = place
    while end < len(data) and data[end] == _ADDED:
        end += 1
    last = data[end] if end < len(data) else 0
    return _ADDED * (end - place) + last, end + 1


def _leb(read: Cursor) -> int:
    value = 0
    for step in range(_LONGEST_LEB):
        byte = read.number(1)
        value |= (byte & 0x7F) << 7 * step
        if not byte & _MORE:
            return value
    raise damaged("a length of AV1 is too long")

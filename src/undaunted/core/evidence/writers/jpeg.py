"""The marked segments of a JPEG stream (ITU-T T.81, annex B), for pictures inside a PDF."""

from __future__ import annotations

from typing import Final

__all__ = ["without_segments"]

_START: Final = b"\xff\xd8"
_SCAN: Final = 0xDA
_END: Final = 0xD9
_COMMENT: Final = 0xFE
_APPLICATION: Final = range(0xE0, 0xF0)
_KEPT: Final = frozenset({0xE0, 0xEE})
"""JFIF says how to draw; Adobe's segment says which colours are meant."""
_ALONE: Final = frozenset(range(0xD0, 0xD8)) | {0x01}


def without_segments(data: bytes) -> bytes:
    """Give the stream without comments and application data; unchanged where it is not readable.

    What follows the end of the picture is cut off.
    """
    if not data.startswith(_START):
        return data
    out, place = bytearray(_START), 2
    while place + 4 <= len(data) and data[place] == 0xFF:  # noqa: PLR2004 - the marker's first byte
        marker = data[place + 1]
        if marker in _ALONE:
            out += data[place : place + 2]
            place += 2
            continue
        if marker == _SCAN:
            last = data.rfind(b"\xff\xd9")
            return bytes(out + data[place : last + 2 if last > place else len(data)])
        if marker == _END:
            break
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        whole = data[place : place + 2 + length]
        if marker != _COMMENT and (marker not in _APPLICATION or marker in _KEPT):
            out += whole
        place += 2 + length
    return data

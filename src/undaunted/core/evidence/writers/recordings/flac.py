"""FLAC (RFC 9639): settings, index and frames; tags, pictures, and what follows the sound go.

Each frame ends with a checksum that makes the whole of it 0, so frames that stand one after another
do too: bytes that are no frame, between them or after them, are found by that.
"""

from __future__ import annotations

import sys
from array import array
from functools import cache
from typing import Final

from undaunted.core.evidence.rules import Cleaned, MediaKind
from undaunted.core.evidence.writers.recordings.codecs import stream_info
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged

__all__ = ["begins_as_flac", "clean_flac"]

_MARK: Final = b"fLaC"
_SETTINGS, _INDEX, _INDEX_LINE = 0, 3, 18
_LAST, _KIND = 0x80, 0x7F
_SYNCS: Final = (b"\xff\xf8", b"\xff\xf9")
_OLD_TAG, _OLD_TAG_SIZE = b"TAG", 128
_APE, _APE_FOOT = b"APETAGEX", 32
_POLYNOMIAL: Final = 0x8005


def begins_as_flac(data: bytes, place: int = 0) -> bool:
    """Tell whether FLAC begins at a place."""
    return data.startswith(_MARK, place)


def clean_flac(data: bytes) -> Cleaned:
    """Write a recording anew. Raises `Uncleanable`."""
    read = Cursor(data, len(_MARK) if begins_as_flac(data) else len(data))
    settings, index, last = b"", b"", False
    spare = False
    while not last:
        head, length = read.number(1), read.number(3)
        last, kind, content = bool(head & _LAST), head & _KIND, read.take(length)
        if kind == _SETTINGS and not settings:
            settings = stream_info(content)
        elif kind == _INDEX and not index and length and length % _INDEX_LINE == 0:
            index = content
        else:
            spare = True
    if not settings:
        raise damaged("FLAC begins with its settings")
    end = _before_tags(data, read.place)
    blocks = _block(_SETTINGS, settings, last=not index)
    blocks += _block(_INDEX, index, last=True) if index else b""
    told = ("recording_notes",) if spare or end < len(data) else ()
    return Cleaned(_MARK + blocks + _frames(data[read.place : end]), MediaKind.FLAC, told)


def _block(kind: int, content: bytes, *, last: bool) -> bytes:
    return bytes([kind | (_LAST if last else 0)]) + len(content).to_bytes(3, "big") + content


def _before_tags(data: bytes, start: int) -> int:
    """Give where the sound ends: tags of other formats may follow it."""
    end = len(data)
    if data.startswith(_OLD_TAG, end - _OLD_TAG_SIZE):
        end -= _OLD_TAG_SIZE
    foot = data[max(start, end - _APE_FOOT) : end]
    if foot.startswith(_APE):
        size, flags = (int.from_bytes(foot[at : at + 4], "little") for at in (12, 20))
        end -= size + (_APE_FOOT if flags >> 31 else 0)
    return max(start, end)


def _frames(sound: bytes) -> bytes:
    if not sound.startswith(_SYNCS):
        raise damaged("no sound")
    words = array(
        "H", b"\0" * (len(sound) % 2) + sound
    )  # zeros before the first byte count nothing
    if sys.byteorder == "little":
        words.byteswap()
    value, checks = 0, _checks()
    for word in words:
        value = checks[value ^ word]
    if value:
        raise damaged("a frame whose checksum is wrong")
    return sound


@cache
def _checks() -> array[int]:
    """Give the checksum of every two bytes."""
    ones = []
    for byte in range(256):
        value = byte << 8
        for _ in range(8):
            value = (value << 1 ^ (_POLYNOMIAL if value & 0x8000 else 0)) & 0xFFFF
        ones.append(value)
    return array(
        "H", ((one << 8 & 0xFF00) ^ ones[one >> 8 ^ low] for one in ones for low in range(256))
    )

"""What a container says of how its pictures and sound are coded: read field by field, written anew.

A codec that is not named here is not served: its data may hold anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from undaunted.core.evidence.writers.recordings.aac import bare_aac, is_plain_aac
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged, unknown
from undaunted.core.evidence.writers.recordings.units import (
    bare_av1,
    bare_avc,
    bare_hevc,
    bare_mpeg4,
)

__all__ = [
    "Bare",
    "Coded",
    "aac",
    "av1",
    "avc",
    "flac_info",
    "hevc",
    "mpeg4",
    "opus_head",
    "short_setup",
    "stream_info",
]

Bare = Callable[[bytes], bytes]
"""Gives a sample without what need not be there."""

_AVC_SETS: Final = ((0x1F, 7), (0xFF, 8))
_AVC_MORE: Final = frozenset({100, 110, 122, 144, 244})
_AVC_EXTENSION: Final = 13
_AVC_TAIL: Final = 4
_HEVC_SETS: Final = frozenset({32, 33, 34})
_HEVC_FIXED: Final = 21
_LENGTH_WIDTHS: Final = frozenset({1, 2, 4})
_AV1_SEQUENCE: Final = frozenset({1})
_STREAM_INFO: Final = 34
_LONGEST_SETUP: Final = 64


@dataclass(frozen=True, slots=True)
class Coded:
    """How a track is coded: its settings, written anew, and what makes a sample bare."""

    settings: bytes
    bare: Bare | None = None


def avc(data: bytes) -> Coded:
    """Read the settings of H.264 (ISO/IEC 14496-15, 5.3.3)."""
    read = Cursor(data)
    out = read.take(4)
    width = _width(read.number(1))
    out += bytes([0xFC | width - 1])
    for mask, kind in _AVC_SETS:
        held = read.number(1)
        out += bytes([held]) + _sets(read, held & mask, kind)
    if out[1] in _AVC_MORE and read.left >= _AVC_TAIL:
        out += read.take(3)
        count = read.number(1)
        out += bytes([count]) + _sets(read, count, _AVC_EXTENSION)
    return Coded(out, partial(bare_avc, width=width))


def hevc(data: bytes) -> Coded:
    """Read the settings of H.265 (ISO/IEC 14496-15, 8.3.3), without notes among its sets."""
    read = Cursor(data)
    out = read.take(_HEVC_FIXED)
    last = read.number(1)
    arrays = []
    for _ in range(read.number(1)):
        head, count = read.take(1), read.number(2)
        units = [read.take(read.number(2)) for _ in range(count)]
        if head[0] & 0x3F in _HEVC_SETS:
            arrays.append(head + _counted(units))
    out += bytes([last, len(arrays)]) + b"".join(arrays)
    return Coded(out, partial(bare_hevc, width=_width(last)))


def av1(data: bytes) -> Coded:
    """Read the settings of AV1: four bytes and the head of the sequence."""
    read = Cursor(data)
    return Coded(read.take(4) + bare_av1(read.rest(), _AV1_SEQUENCE), bare_av1)


def mpeg4(data: bytes) -> Coded:
    """Read the head of MPEG-4 Visual."""
    return Coded(bare_mpeg4(data), bare_mpeg4)


def aac(data: bytes) -> Coded:
    """Read the settings of AAC; frames of the usual kinds lose the name of their program."""
    return Coded(short_setup(data), bare_aac if is_plain_aac(data) else None)


def short_setup(data: bytes) -> bytes:
    """Give settings that are a few numbers; longer ones are not what they say."""
    if len(data) > _LONGEST_SETUP:
        raise unknown("settings of a codec that are too long")
    return data


def opus_head(data: bytes) -> bytes:
    """Read the head of Opus (RFC 7845, 5.1) and write it anew."""
    read = Cursor(data)
    if read.take(8) != b"OpusHead":
        raise damaged("no head of Opus")
    out = b"OpusHead" + read.take(1)
    channels, numbers, family = read.number(1), read.take(8), read.number(1)
    out += bytes([channels]) + numbers + bytes([family])
    return out + (read.take(2 + channels) if family else b"")


def flac_info(data: bytes) -> bytes:
    """Give the one block of settings out of blocks of FLAC, marked as the last (RFC 9639, 8)."""
    read = Cursor(data)
    head, length = read.number(1), read.number(3)
    if head & 0x7F or length != _STREAM_INFO:
        raise damaged("FLAC begins with its settings")
    return b"\x80" + length.to_bytes(3, "big") + stream_info(read.take(length))


def stream_info(data: bytes) -> bytes:
    """Give the settings of FLAC; the digest of the sound in it stays, so that it can be checked."""
    if len(data) != _STREAM_INFO:
        raise damaged("the settings of FLAC have another length")
    return data


def _width(byte: int) -> int:
    width = (byte & 3) + 1
    if width not in _LENGTH_WIDTHS:
        raise damaged("lengths of three bytes")
    return width


def _sets(read: Cursor, count: int, kind: int) -> bytes:
    out = b""
    for _ in range(count):
        unit = read.take(read.number(2))
        if not unit or unit[0] & 0x1F != kind:
            raise damaged("settings of H.264 that are something else")
        out += len(unit).to_bytes(2, "big") + unit
    return out


def _counted(units: list[bytes]) -> bytes:
    out = len(units).to_bytes(2, "big")
    return out + b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)

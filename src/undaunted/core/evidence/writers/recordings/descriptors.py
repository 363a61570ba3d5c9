"""The descriptor of MPEG-4 streams inside `esds` (ISO/IEC 14496-1, 7.2.6), written anew."""

from __future__ import annotations

from typing import Final

from undaunted.core.evidence.writers.recordings.boxes import full_box, number
from undaunted.core.evidence.writers.recordings.codecs import Coded, aac, mpeg4, short_setup
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged, unknown

__all__ = ["stream_descriptor"]

_STREAM, _DECODER, _SETUP, _SYNC = 3, 4, 5, 6
_PICTURES, _AAC = frozenset({0x20}), 0x40
_SOUND: Final = frozenset({0x66, 0x67, 0x68, 0x69, 0x6B})
_PARTS: Final = ((0x80, 2), (0x20, 2))
_ADDRESS: Final = 0x40
_LONGEST_LENGTH: Final = 4
_MORE: Final = 0x80


def stream_descriptor(content: bytes) -> Coded:
    """Read a descriptor after version and flags; gives the whole box anew. Raises `Uncleanable`."""
    read = _within(Cursor(content), _STREAM)
    read.take(2)
    flags = read.number(1)
    if flags & _ADDRESS:
        raise unknown("a stream that lies elsewhere")
    for flag, length in _PARTS:
        read.take(length if flags & flag else 0)
    decoder = _within(read, _DECODER)
    kind, numbers = decoder.number(1), decoder.take(12)
    setup = _within(decoder, _SETUP).rest() if decoder.left else b""
    if kind in _PICTURES:
        coded = mpeg4(setup)
    elif kind == _AAC:
        coded = aac(setup)
    elif kind in _SOUND:
        coded = Coded(short_setup(setup))
    else:
        raise unknown(f"a codec of MPEG-4 with the number {kind}")
    told = _piece(_SETUP, coded.settings) if setup else b""
    inner = _piece(_DECODER, bytes([kind]) + numbers + told)
    whole = _piece(_STREAM, b"\0\0\0" + inner + _piece(_SYNC, b"\x02"))
    return Coded(full_box(b"esds", whole), coded.bare)


def _within(read: Cursor, tag: int) -> Cursor:
    if read.number(1) != tag:
        raise damaged("a descriptor is missing")
    length = 0
    for _ in range(_LONGEST_LENGTH):
        byte = read.number(1)
        length = length << 7 | byte & 0x7F
        if not byte & _MORE:
            return Cursor(read.take(length))
    raise damaged("a length of a descriptor is too long")


def _piece(tag: int, content: bytes) -> bytes:
    length = len(content)
    sizes = [length >> 7 * step & 0x7F for step in reversed(range(_LONGEST_LENGTH))]
    marked = [byte | _MORE for byte in sizes[:-1]] + sizes[-1:]
    return number(tag, 1) + bytes(marked) + content

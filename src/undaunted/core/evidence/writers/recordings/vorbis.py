"""The three heads of Vorbis (Vorbis I, 4.2): the second, which is all tags, is written empty."""

from __future__ import annotations

from typing import Final

from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged

__all__ = ["NO_TAGS", "is_head", "vorbis_setup"]

NO_TAGS: Final = b"\x03vorbis" + b"\0" * 8 + b"\x01"
_HEADS: Final = (b"\x01vorbis", b"\x03vorbis", b"\x05vorbis")
_IDENTITY: Final = 30
_LARGEST: Final = 1 << 20


def is_head(packet: bytes, at: int) -> bool:
    """Tell whether a packet is the head that belongs at a place, and no longer than it may be."""
    return (
        packet.startswith(_HEADS[at])
        and len(packet) <= _LARGEST
        and (at > 0 or len(packet) == _IDENTITY)
    )


def vorbis_setup(private: bytes) -> bytes:
    """Give the heads of a track, laced as Matroska wants them (RFC 9559, codec mappings)."""
    read = Cursor(private)
    if read.number(1) != len(_HEADS) - 1:
        raise damaged("not three heads of Vorbis")
    sizes = [_laced(read) for _ in _HEADS[:-1]]
    heads = [*(read.take(size) for size in sizes), read.rest()]
    if not all(is_head(head, at) for at, head in enumerate(heads)):
        raise damaged("no heads of Vorbis")
    heads[1] = NO_TAGS
    laces = b"".join(_lace(len(head)) for head in heads[:-1])
    return bytes([len(_HEADS) - 1]) + laces + b"".join(heads)


def _laced(read: Cursor) -> int:
    total = 0
    while True:
        byte = read.number(1)
        total += byte
        if byte != 0xFF:  # noqa: PLR2004 - a byte of 255 says that another follows
            return total


def _lace(length: int) -> bytes:
    return b"\xff" * (length // 255) + bytes([length % 255])

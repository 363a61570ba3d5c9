"""Ogg (RFC 3533) with Opus or Vorbis: one stream, its tags written empty, its number made 1."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Cleaned, MediaKind
from undaunted.core.evidence.writers.recordings.codecs import opus_head
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged, unknown
from undaunted.core.evidence.writers.recordings.vorbis import NO_TAGS, is_head

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["clean_ogg"]

_MARK: Final = b"OggS"
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_SKELETON: Final = b"fishead\0"
_OPUS_TAGS: Final = b"OpusTags" + b"\0" * 8
_OPUS, _VORBIS = b"OpusHead", b"\x01vorbis"
_MOST_LACES: Final = 255
_CHECK: Final = slice(22, 26)
_TURNED: Final = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_ALL: Final = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Page:
    flags: int
    granule: bytes
    serial: bytes
    laces: bytes
    content: bytes


def clean_ogg(data: bytes) -> Cleaned:
    """Write a recording anew. Raises `Uncleanable`; more than one stream is not known here."""
    pages = list(_pages(data))
    begun = [page for page in pages if page.flags & _FIRST]
    sound = [page for page in begun if not page.content.startswith(_SKELETON)]
    if len(sound) != 1 or not sound[0].content.startswith((_OPUS, _VORBIS)):
        raise unknown("not one stream of Opus or Vorbis")
    mine = [page for page in pages if page.serial == sound[0].serial]
    told = set() if len(mine) == len(pages) else {"further_tracks"}
    heads, rest = _heads(mine, 2 if mine[0].content.startswith(_OPUS) else 3)
    bare = _bare(heads)
    told |= {"recording_notes"} if bare != heads else set()
    made = [_written(page, at) for at, page in enumerate([*_head_pages(bare), *rest])]
    return Cleaned(b"".join(made), MediaKind.OGG, tuple(sorted(told)))


def _pages(data: bytes) -> Iterator[_Page]:
    read = Cursor(data)
    while read.left:
        start = read.place
        if read.take(5) != _MARK + b"\0":
            raise damaged("no page where one should begin")
        flags, granule, serial = read.number(1), read.take(8), read.take(4)
        read.take(4)
        check = read.take(4)
        laces = read.take(read.number(1))
        content = read.take(sum(laces))
        if _checksum(data[start : read.place]) != check:
            raise damaged("a page whose checksum is wrong")
        yield _Page(flags, granule, serial, laces, content)


def _checksum(page: bytes) -> bytes:
    """Give the checksum of a page (RFC 3533, 6), by way of the usual one, whose bits are turned."""
    blank = page[: _CHECK.start] + b"\0" * 4 + page[_CHECK.stop :]
    value = zlib.crc32(blank.translate(_TURNED), _ALL) ^ _ALL
    return value.to_bytes(4, "little").translate(_TURNED)[::-1]


def _heads(pages: list[_Page], count: int) -> tuple[list[bytes], list[_Page]]:
    """Give the packets of the head, which end with a page, and the pages after them."""
    packets, open_packet = [], b""
    for at, page in enumerate(pages):
        if bool(page.flags & _CONTINUED) != bool(open_packet):
            raise damaged("a packet is torn")
        read = Cursor(page.content)
        for lace in page.laces:
            open_packet += read.take(lace)
            if lace < _MOST_LACES:
                packets.append(open_packet)
                open_packet = b""
        if len(packets) >= count:
            if len(packets) > count or open_packet:
                raise damaged("sound begins on the page of a head")
            return packets, pages[at + 1 :]
    raise damaged("a head is missing")


def _bare(heads: list[bytes]) -> list[bytes]:
    if heads[0].startswith(_OPUS):
        if not heads[1].startswith(_OPUS_TAGS[:8]):
            raise damaged("no tags of Opus")
        return [opus_head(heads[0]), _OPUS_TAGS]
    if not all(is_head(head, at) for at, head in enumerate(heads)):
        raise damaged("no heads of Vorbis")
    return [heads[0], NO_TAGS, heads[2]]


def _head_pages(packets: list[bytes]) -> Iterator[_Page]:
    """Lay the first packet on a page of its own, the others on the pages after it."""
    yield _Page(_FIRST, b"\0" * 8, b"", bytes([len(packets[0])]), packets[0])
    content = b"".join(packets[1:])
    laces = b"".join(
        b"\xff" * (len(one) // _MOST_LACES) + bytes([len(one) % _MOST_LACES]) for one in packets[1:]
    )
    torn = 0
    for start in range(0, len(laces), _MOST_LACES):
        part = laces[start : start + _MOST_LACES]
        taken, content = content[: sum(part)], content[sum(part) :]
        granule = b"\0" * 8 if min(part) < _MOST_LACES else b"\xff" * 8
        yield _Page(torn, granule, b"", part, taken)
        torn = _CONTINUED if part[-1] == _MOST_LACES else 0


def _written(page: _Page, at: int) -> bytes:
    numbers = (1).to_bytes(4, "little") + at.to_bytes(4, "little") + b"\0" * 4
    kept = replace(page, flags=page.flags & (_CONTINUED | _FIRST | _LAST))
    head = _MARK + b"\0" + bytes([kept.flags]) + kept.granule + numbers
    whole = head + bytes([len(kept.laces)]) + kept.laces + kept.content
    return whole[: _CHECK.start] + _checksum(whole) + whole[_CHECK.stop :]

"""Descriptions of samples in a film (ISO/IEC 14496-12, 8.5.2): fixed fields and known boxes, anew.

Names of compressors and vendors are left empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.recordings.boxes import (
    Box,
    box,
    boxes_in,
    fields_of,
    find,
    full_box,
    number,
)
from undaunted.core.evidence.writers.recordings.codecs import (
    Bare,
    Coded,
    av1,
    avc,
    flac_info,
    hevc,
    short_setup,
)
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged, unknown
from undaunted.core.evidence.writers.recordings.descriptors import stream_descriptor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    _Read = Callable[[bytes, Box], Coded]

__all__ = ["PICTURES", "SOUND", "Entry", "read_entry"]

PICTURES, SOUND = b"vide", b"soun"
_LOCKED: Final = frozenset({b"encv", b"enca", b"drmi", b"drms", b"sinf"})
_SHOWN: Final = {b"pasp": (8,), b"clap": (32,), b"mdcv": (24,), b"clli": (4,)}
_COLOURS: Final = {b"nclx": 7, b"nclc": 6}
_PLAIN_SOUND: Final = frozenset(
    {b"sowt", b"twos", b"lpcm", b"in24", b"in32", b"fl32", b"fl64", b"raw ", b"ulaw", b"alaw"}
)
_LATER_FIELDS: Final = {0: 0, 1: 16, 2: 36}


@dataclass(frozen=True, slots=True)
class Entry:
    """One description: written anew, what makes its samples bare, and how long they are.

    `unit` is (bytes, samples) where QuickTime counts samples of plain sound that way.
    """

    content: bytes
    bare: Bare | None = None
    unit: tuple[int, int] | None = None


def read_entry(data: bytes, entry: Box, handler: bytes, timescale: int) -> Entry:
    """Read a description of pictures or of sound. Raises `Uncleanable`."""
    if entry.kind in _LOCKED:
        raise Uncleanable(WhyUncleanable.LOCKED)
    if handler == PICTURES:
        return _pictures(data, entry)
    return _sound(data, entry, timescale)


def _pictures(data: bytes, entry: Box) -> Entry:
    read = Cursor(data, entry.start, entry.end)
    read.take(24)
    size = read.take(4)
    read.take(50)
    within = Box(entry.kind, read.place, entry.end)
    coded = _coded(data, within, _OF_PICTURES)
    content = box(
        entry.kind,
        b"\0" * 6 + b"\0\1" + b"\0" * 16 + size + b"\0\x48\0\0" * 2 + b"\0" * 4 + b"\0\1",
        b"\0" * 32 + b"\0\x18\xff\xff",
        coded.settings,
        *_shown(data, within),
    )
    return Entry(content, coded.bare)


def _shown(data: bytes, within: Box) -> list[bytes]:
    """Give the boxes that say how to show pictures, none of them with room for more."""
    kept = {}
    for one in boxes_in(data, within.start, within.end):
        content = data[one.start : one.end]
        if one.kind == b"colr" and content[:4] in _COLOURS:
            kept[one.kind] = box(b"colr", content[:4], content[4 : 4 + _COLOURS[content[:4]]])
        elif one.kind in _SHOWN and len(content) in _SHOWN[one.kind]:
            kept[one.kind] = box(one.kind, content)
    return [kept[kind] for kind in sorted(kept)]


def _sound(data: bytes, entry: Box, timescale: int) -> Entry:
    read = Cursor(data, entry.start, entry.end)
    read.take(8)
    version = read.number(2)
    read.take(6)
    channels, bits, _, rate = read.take(2), read.take(2), read.take(4), read.take(4)
    if version not in _LATER_FIELDS:
        raise unknown("a description of sound of another version")
    later = read.take(_LATER_FIELDS[version])
    within = Box(entry.kind, read.place, entry.end)
    if entry.kind in _PLAIN_SOUND:
        fields = number(version, 2) + b"\0" * 6 + channels + bits + b"\0" * 4 + rate + later
        content = box(entry.kind, b"\0" * 6 + b"\0\1", fields, _endian(data, within))
        return Entry(content, None, _unit(channels, bits, later))
    coded = _coded(data, within, _OF_SOUND)
    if version:
        rate = number(timescale << 16, 4) if timescale < 1 << 16 else b"\0" * 4
        channels = _channels(version, channels, later)
    fields = b"\0" * 8 + channels + b"\0\x10" + b"\0" * 4 + rate
    return Entry(box(entry.kind, b"\0" * 6 + b"\0\1", fields, coded.settings), coded.bare)


def _unit(channels: bytes, bits: bytes, later: bytes) -> tuple[int, int] | None:
    """Give (bytes, samples) of plain sound, which old QuickTime counts as samples of one byte."""
    if len(later) == _LATER_FIELDS[1]:
        samples, _, size = (int.from_bytes(later[at : at + 4], "big") for at in (0, 4, 8))
    else:
        width = (int.from_bytes(bits, "big") + 7) // 8
        samples, size = 1, int.from_bytes(channels, "big") * width
    return (size, samples) if size and samples and not len(later) > _LATER_FIELDS[1] else None


def _channels(version: int, channels: bytes, later: bytes) -> bytes:
    return channels if version == 1 else number(min(int.from_bytes(later[12:16], "big"), 255), 2)


def _endian(data: bytes, within: Box) -> bytes:
    """Give which end comes first in plain sound of QuickTime, where it says so."""
    wave = find(data, within, b"wave")
    held = find(data, wave, b"enda") if wave else None
    if held is None:
        return b""
    form, end = box(b"frma", within.kind), box(b"enda", b"\0", data[held.end - 1 : held.end])
    return box(b"wave", form, end, box(b"\0\0\0\0"))


def _coded(data: bytes, within: Box, known: Mapping[bytes, tuple[bytes, _Read]]) -> Coded:
    """Read the box of settings that belongs to a codec, one deeper where QuickTime puts it."""
    if within.kind not in known:
        raise unknown(f"a codec {within.kind!r}")
    kind, read = known[within.kind]
    held = find(data, within, kind)
    if held is None:
        wave = find(data, within, b"wave")
        held = find(data, wave, kind) if wave else None
    if held is None:
        raise damaged(f"no settings {kind!r}")
    return read(data, held)


def _boxed(read: Callable[[bytes], Coded]) -> _Read:
    def one(data: bytes, held: Box) -> Coded:
        coded = read(data[held.start : held.end])
        return Coded(box(held.kind, coded.settings), coded.bare)

    return one


def _numbers(data: bytes, held: Box) -> Coded:
    return Coded(box(held.kind, short_setup(data[held.start : held.end])))


def _descriptor(data: bytes, held: Box) -> Coded:
    return stream_descriptor(fields_of(data, held)[2].rest())


def _phone(data: bytes, held: Box) -> Coded:
    """Read the settings of a phone's codec (3GPP TS 26.244): a vendor, then numbers."""
    content = data[held.start : held.end]
    return Coded(box(held.kind, b"\0" * 4, content[4 : _PHONE_NUMBERS[held.kind]]))


def _flac(data: bytes, held: Box) -> Coded:
    return Coded(full_box(held.kind, flac_info(fields_of(data, held)[2].rest())))


_PHONE_NUMBERS: Final = {b"damr": 9, b"d263": 7}
_OF_PICTURES: Final = {
    b"avc1": (b"avcC", _boxed(avc)),
    b"avc3": (b"avcC", _boxed(avc)),
    b"hvc1": (b"hvcC", _boxed(hevc)),
    b"hev1": (b"hvcC", _boxed(hevc)),
    b"av01": (b"av1C", _boxed(av1)),
    b"vp08": (b"vpcC", _numbers),
    b"vp09": (b"vpcC", _numbers),
    b"mp4v": (b"esds", _descriptor),
    b"s263": (b"d263", _phone),
}
_OF_SOUND: Final = {
    b"mp4a": (b"esds", _descriptor),
    b"samr": (b"damr", _phone),
    b"sawb": (b"damr", _phone),
    b"Opus": (b"dOps", _numbers),
    b"fLaC": (b"dfLa", _flac),
    b"alac": (b"alac", _numbers),
    b"ac-3": (b"dac3", _numbers),
    b"ec-3": (b"dec3", _numbers),
}

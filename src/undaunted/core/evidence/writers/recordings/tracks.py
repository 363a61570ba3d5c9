"""The tracks of a film: pictures and sound are read field by field, every other kind left out."""

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
    require,
)
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged, unknown
from undaunted.core.evidence.writers.recordings.entries import PICTURES, SOUND, Entry, read_entry
from undaunted.core.evidence.writers.recordings.samples import Samples, read_samples, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Track", "header", "read_track", "tells_times", "times", "write_track"]

MOST_EDITS: Final = 1_000
MOST_ENTRIES: Final = 16
_ENABLED, _HERE = 1, 1
_NO_LANGUAGE: Final = b"\x55\xc4"
_WIDE: Final = {0: 4, 1: 8}


@dataclass(slots=True)
class Track:
    """One track of pictures or sound."""

    number: int
    handler: bytes
    enabled: bool
    duration: int
    shape: bytes
    timescale: int
    length: int
    edits: tuple[tuple[int, int, int], ...]
    entries: tuple[Entry, ...]
    samples: Samples
    told: frozenset[str]


def times(read: Cursor, version: int) -> tuple[int, ...]:
    """Read when something was made and changed. Raises `Uncleanable` for another version."""
    if version not in _WIDE:
        raise damaged("a head of another version")
    return tuple(read.number(_WIDE[version]) for _ in range(2))


def tells_times(data: bytes, held: Box) -> bool:
    """Tell whether a head says when something was made or changed."""
    version, _, read = fields_of(data, held)
    return any(times(read, version))


def read_track(data: bytes, held: Box) -> Track | None:
    """Read one track (`trak`); None where it holds neither pictures nor sound.

    Raises `Uncleanable`, also for a codec that is not known in a track that is played.
    """
    head = require(data, held, b"tkhd")
    version, flags, read = fields_of(data, head)
    times(read, version)
    track_number, _, duration = read.number(4), read.take(4), read.number(_WIDE[version])
    read.take(8)
    layer, volume, _, shape = read.take(4), read.take(2), read.take(2), read.take(44)
    media = require(data, held, b"mdia")
    handler = fields_of(data, require(data, media, b"hdlr"))[2]
    handler.take(4)
    kind, enabled = handler.take(4), bool(flags & _ENABLED)
    if kind not in {PICTURES, SOUND}:
        return None
    timescale, length = _clock(data, media)
    table = require(data, media, b"minf", b"stbl")
    try:
        entries = _entries(data, table, kind, timescale)
    except Uncleanable as refusal:
        if enabled or refusal.reason is not WhyUncleanable.UNKNOWN_KIND:
            raise
        return None
    _require_here(data, media)
    return Track(
        number=track_number,
        handler=kind,
        enabled=enabled,
        duration=duration,
        shape=layer + volume + b"\0\0" + shape,
        timescale=timescale,
        length=length,
        edits=_edits(data, held),
        entries=entries,
        samples=read_samples(data, table),
        told=_told(data, held, media, handler),
    )


def _clock(data: bytes, media: Box) -> tuple[int, int]:
    version, _, read = fields_of(data, require(data, media, b"mdhd"))
    times(read, version)
    timescale, length = read.number(4), read.number(_WIDE[version])
    if not timescale:
        raise damaged("a track without a clock")
    return timescale, length


def _entries(data: bytes, table: Box, kind: bytes, timescale: int) -> tuple[Entry, ...]:
    held = require(data, table, b"stsd")
    version, _, read = fields_of(data, held)
    count = read.number(4)
    if version or not 0 < count <= MOST_ENTRIES:
        raise damaged("descriptions of samples of another kind")
    found = list(boxes_in(data, read.place, held.end))
    if len(found) != count:
        raise damaged("a description of samples is missing")
    return tuple(read_entry(data, one, kind, timescale) for one in found)


def _require_here(data: bytes, media: Box) -> None:
    """Refuse a track whose samples lie in another file."""
    references = find(data, require(data, media, b"minf"), b"dinf")
    held = find(data, references, b"dref") if references else None
    if held is None:
        return
    read = fields_of(data, held)[2]
    read.take(4)
    for one in boxes_in(data, read.place, held.end):
        if not fields_of(data, one)[1] & _HERE:
            raise unknown("a film whose pictures lie in another file")


def _edits(data: bytes, held: Box) -> tuple[tuple[int, int, int], ...]:
    outer = find(data, held, b"edts")
    inner = find(data, outer, b"elst") if outer else None
    if inner is None:
        return ()
    version, _, read = fields_of(data, inner)
    if version not in _WIDE:
        raise damaged("edits of another version")
    width = _WIDE[version]
    count = read.number(4)
    if count > MOST_EDITS:
        raise damaged("too many edits")
    return tuple((read.number(width), read.signed(width), read.number(4)) for _ in range(count))


def _told(data: bytes, held: Box, media: Box, handler: Cursor) -> frozenset[str]:
    told = set()
    if tells_times(data, require(data, held, b"tkhd")):
        told.add("recording_times")
    if tells_times(data, require(data, media, b"mdhd")):
        told.add("recording_times")
    if any(find(data, held, kind) for kind in (b"udta", b"meta", b"tref", b"uuid")):
        told.add("recording_notes")
    handler.take(12)
    if any(handler.rest().strip(b"\0")):
        told.add("recording_notes")
    return frozenset(told)


def header(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    """Write a head without times."""
    return full_box(kind, b"\0" * 16, *parts, version=1, flags=flags)


def write_track(track: Track, order: int, places: Iterable[int]) -> bytes:
    """Write a track anew, as number `order`, whose chunks lie at `places`."""
    entries = [one.content for one in track.entries]
    sound = track.handler == SOUND
    shown = full_box(b"smhd", b"\0" * 4) if sound else full_box(b"vmhd", b"\0" * 8, flags=1)
    here = full_box(b"dref", number(1, 4), full_box(b"url ", flags=_HERE))
    inside = box(b"stbl", tables(track.samples, entries, places))
    clock = number(track.timescale, 4) + number(track.length, 8) + _NO_LANGUAGE + b"\0\0"
    media = box(
        b"mdia",
        header(b"mdhd", clock),
        full_box(b"hdlr", b"\0" * 4 + track.handler + b"\0" * 13),
        box(b"minf", shown, box(b"dinf", here), inside),
    )
    lines = [
        number(one, 8) + number(begin, 8) + number(rate, 4) for one, begin, rate in track.edits
    ]
    edits = full_box(b"elst", number(len(lines), 4), *lines, version=1)
    numbers = number(order, 4) + b"\0" * 4 + number(track.duration, 8) + b"\0" * 8
    head = header(b"tkhd", numbers, track.shape, flags=6 | track.enabled)
    return box(b"trak", head, box(b"edts", edits) if lines else b"", media)

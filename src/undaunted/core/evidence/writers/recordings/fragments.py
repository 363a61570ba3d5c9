"""Films that were written while they were taken: samples in fragments (ISO/IEC 14496-12, 8.8)."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.recordings.boxes import (
    Box,
    boxes_in,
    fields_of,
    find,
    require,
)
from undaunted.core.evidence.writers.recordings.cursor import damaged
from undaunted.core.evidence.writers.recordings.samples import MOST_SAMPLES, Chunk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.evidence.writers.recordings.cursor import Cursor
    from undaunted.core.evidence.writers.recordings.tracks import Track

__all__ = ["add_fragments"]

_NOT_WHOLE: Final = 0x10000
_RATE: Final = 0x10000
_HEAD: Final = 8
_BASE, _ENTRY, _LASTS, _SIZE, _FLAGS = 0x1, 0x2, 0x8, 0x10, 0x20
_RUN_PLACE, _RUN_FIRST = 0x1, 0x4
_RUN_LASTS, _RUN_SIZE, _RUN_FLAGS, _RUN_SHIFT = 0x100, 0x200, 0x400, 0x800


@dataclass(slots=True)
class _Usual:
    """What holds for a sample that says nothing itself."""

    entry: int
    lasts: int
    size: int
    flags: int


@dataclass(slots=True)
class _Growing:
    """A track to which fragments are added."""

    track: Track
    usual: _Usual
    until: int = 0
    first: int | None = None


def add_fragments(
    data: bytes, movie: Box, fragments: Iterable[Box], tracks: list[Track], *, timescale: int
) -> None:
    """Give each track the samples of its fragments; `timescale` is the film's.

    Raises `Uncleanable`.
    """
    extends = require(data, movie, b"mvex")
    growing = {track.number: _Growing(track, _Usual(1, 0, 0, 0)) for track in tracks}
    for held in boxes_in(data, extends.start, extends.end):
        if held.kind == b"trex":
            read = fields_of(data, held)[2]
            one = growing.get(read.number(4))
            if one is not None:
                one.usual = _Usual(*(read.number(4) for _ in range(4)))
    for each in growing.values():
        if each.track.samples.count:
            raise damaged("samples both in a table and in fragments")
        each.track.samples.size, each.track.samples.whole = 0, array("I")
        each.track.samples.lasting.clear()
    for fragment in fragments:
        for held in boxes_in(data, fragment.start, fragment.end):
            if held.kind == b"traf":
                _add(data, held, fragment.start - _HEAD, growing)
    _settle([one for one in growing.values() if one.track.samples.count], timescale)


def _add(data: bytes, held: Box, begin: int, growing: dict[int, _Growing]) -> None:
    _, flags, read = fields_of(data, require(data, held, b"tfhd"))
    one = growing.get(read.number(4))
    if one is None:
        return
    place = read.number(8) if flags & _BASE else begin
    usual = _Usual(
        read.number(4) if flags & _ENTRY else one.usual.entry,
        read.number(4) if flags & _LASTS else one.usual.lasts,
        read.number(4) if flags & _SIZE else one.usual.size,
        read.number(4) if flags & _FLAGS else one.usual.flags,
    )
    decoded = find(data, held, b"tfdt")
    if decoded is not None:
        version, _, clock = fields_of(data, decoded)
        _catch_up(one, clock.number(8 if version else 4))
    following = place
    for run in boxes_in(data, held.start, held.end):
        if run.kind == b"trun":
            following = _add_run(data, run, (place, following), usual, one)


def _catch_up(one: _Growing, at: int) -> None:
    """Let the last sample last until the next fragment begins, where something is missing."""
    if one.first is None:
        one.first = one.until = at
    lasting = one.track.samples.lasting
    if at > one.until and lasting:
        count, lasts = lasting.pop()
        if count > 1:
            lasting.append((count - 1, lasts))
        lasting.append((1, lasts + at - one.until))
        one.until = at


def _add_run(data: bytes, run: Box, places: tuple[int, int], usual: _Usual, one: _Growing) -> int:
    """Add the samples of one run; gives where the next begins if it does not say."""
    _, flags, read = fields_of(data, run)
    count = read.number(4)
    place = places[0] + read.signed(4) if flags & _RUN_PLACE else places[1]
    first = read.number(4) if flags & _RUN_FIRST else None
    samples = one.track.samples
    if len(samples.sizes) + count > MOST_SAMPLES:
        raise Uncleanable(WhyUncleanable.TOO_LARGE, "too many samples")
    if count:
        samples.chunks.append(Chunk(place, count, usual.entry))
    for at in range(count):
        held = _sample(read, flags, usual)
        if at == 0 and first is not None:
            held.flags = first
        place += held.size
        samples.sizes.append(held.size)
        _append(samples.lasting, held.lasts)
        _append(samples.shifted, read.signed(4) if flags & _RUN_SHIFT else 0)
        one.until += held.lasts
        if not held.flags & _NOT_WHOLE and samples.whole is not None:
            samples.whole.append(len(samples.sizes))
    return place


def _sample(read: Cursor, flags: int, usual: _Usual) -> _Usual:
    return _Usual(
        usual.entry,
        read.number(4) if flags & _RUN_LASTS else usual.lasts,
        read.number(4) if flags & _RUN_SIZE else usual.size,
        read.number(4) if flags & _RUN_FLAGS else usual.flags,
    )


def _append(runs: list[tuple[int, int]], value: int) -> None:
    if runs and runs[-1][1] == value:
        runs[-1] = (runs[-1][0] + 1, value)
    else:
        runs.append((1, value))


def _settle(growing: list[_Growing], timescale: int) -> None:
    """Say how long each track is, and let one that begins later begin later."""
    begun = min(((one.first or 0) / one.track.timescale for one in growing), default=0.0)
    for one in growing:
        track, samples, first = one.track, one.track.samples, one.first or 0
        track.length = one.until - first
        track.duration = round(track.length / track.timescale * timescale)
        if samples.whole is not None and len(samples.whole) == samples.count:
            samples.whole = None
        if not any(value for _, value in samples.shifted):
            samples.shifted = []
        late = round((first / track.timescale - begun) * timescale)
        if late > 0 and not track.edits:
            track.edits = ((late, -1, _RATE), (track.duration, 0, _RATE))
            track.duration += late

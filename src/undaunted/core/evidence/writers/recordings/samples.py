"""Where the samples of a track lie, how long and how late each is (ISO/IEC 14496-12, 8.6 and 8.7).

A track is read from its tables, or from fragments, into one form, and written as tables.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.recordings.boxes import (
    Box,
    fields_of,
    find,
    full_box,
    number,
    require,
)
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Chunk", "Samples", "read_samples", "tables"]

MOST_SAMPLES: Final = 4_000_000
_LONG: Final = {b"stco": 4, b"co64": 8}


@dataclass(slots=True)
class Chunk:
    """Samples that lie together: where, how many, and which description is theirs."""

    place: int
    count: int
    entry: int


@dataclass(slots=True)
class Samples:
    """The samples of one track. `size` is that of all of them; where it is 0, `sizes` has each."""

    size: int = 0
    sizes: array[int] = field(default_factory=lambda: array("I"))
    lasting: list[tuple[int, int]] = field(default_factory=list)
    shifted: list[tuple[int, int]] = field(default_factory=list)
    whole: array[int] | None = None
    chunks: list[Chunk] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Give how many samples there are."""
        return sum(chunk.count for chunk in self.chunks)


def read_samples(data: bytes, table: Box) -> Samples:
    """Read the tables of a track (`stbl`). Raises `Uncleanable`."""
    made = Samples()
    count = _read_sizes(data, table, made)
    made.chunks = _chunks(data, table, count)
    if made.count != count:
        raise damaged("tables of samples that differ in length")
    made.lasting = _runs(data, require(data, table, b"stts"), count)
    shifts = find(data, table, b"ctts")
    made.shifted = _runs(data, shifts, count, signed=True) if shifts else []
    whole = find(data, table, b"stss")
    if whole is not None:
        read = fields_of(data, whole)[2]
        made.whole = array("I", (read.number(4) for _ in range(_counted(read, 4))))
        if any(not 0 < each <= count for each in made.whole):
            raise damaged("a sample that is not there")
    return made


def _counted(read: Cursor, each: int) -> int:
    """Read a number of lines that must be there. Raises `Uncleanable`."""
    count = read.number(4)
    if count > MOST_SAMPLES:
        raise Uncleanable(WhyUncleanable.TOO_LARGE, "too many samples")
    if count * each > read.left:
        raise damaged("a table is cut off")
    return count


def _read_sizes(data: bytes, table: Box, made: Samples) -> int:
    held = find(data, table, b"stsz")
    if held is None:
        return _read_small_sizes(data, table, made)
    read = fields_of(data, held)[2]
    made.size = read.number(4)
    if made.size:
        return read.number(4)
    made.sizes = array("I", (read.number(4) for _ in range(_counted(read, 4))))
    return len(made.sizes)


def _read_small_sizes(data: bytes, table: Box, made: Samples) -> int:
    read = fields_of(data, require(data, table, b"stz2"))[2]
    width = read.number(4)
    if width not in {8, 16}:
        raise damaged("sizes of samples of another width")
    made.sizes = array("I", (read.number(width // 8) for _ in range(_counted(read, width // 8))))
    return len(made.sizes)


def _runs(data: bytes, held: Box, count: int, *, signed: bool = False) -> list[tuple[int, int]]:
    _, _, read = fields_of(data, held)
    runs = []
    for _ in range(_counted(read, 8)):
        length = read.number(4)
        # Version 0 has no signs, but QuickTime and cameras write them all the same.
        runs.append((length, read.signed(4) if signed else read.number(4)))
    if sum(length for length, _ in runs) < count:
        raise damaged("times of samples are missing")
    return runs


def _chunks(data: bytes, table: Box, count: int) -> list[Chunk]:
    held = find(data, table, b"stco") or require(data, table, b"co64")
    read, width = fields_of(data, held)[2], _LONG[held.kind]
    places = [read.number(width) for _ in range(_counted(read, width))]
    steps = fields_of(data, require(data, table, b"stsc"))[2]
    lines = [tuple(steps.number(4) for _ in range(3)) for _ in range(_counted(steps, 12))]
    firsts = [first for first, _, _ in lines]
    if places and firsts[:1] != [1]:
        raise damaged("no samples in the first chunk")
    if firsts != sorted(set(firsts)):
        raise damaged("chunks out of order")
    chunks, left = [], count
    for (first, each, entry), following in zip(lines, [*firsts[1:], len(places) + 1], strict=False):
        for place in places[first - 1 : following - 1]:
            taken = min(each, left)  # some cameras state more in the last chunk than there is
            left -= taken
            if taken:
                chunks.append(Chunk(place, taken, entry))
    return chunks


def tables(samples: Samples, entries: Iterable[bytes], places: Iterable[int]) -> bytes:
    """Write the tables of a track whose chunks lie at `places`."""
    entries = list(entries)
    parts = [
        full_box(b"stsd", number(len(entries), 4), *entries),
        _table(b"stts", [_pair(*run) for run in samples.lasting]),
    ]
    if samples.shifted:
        lines = [_pair(*run) for run in samples.shifted]
        parts.append(_table(b"ctts", lines, version=1))
    if samples.whole is not None:
        parts.append(_table(b"stss", [number(each, 4) for each in samples.whole]))
    parts.append(_table(b"stsc", _steps(samples.chunks)))
    count = number(samples.count, 4)
    sizes = b"" if samples.size else b"".join(number(each, 4) for each in samples.sizes)
    parts.append(full_box(b"stsz", number(samples.size, 4), count, sizes))
    parts.append(_table(b"stco", [number(place, 4) for place in places]))
    return b"".join(parts)


def _table(kind: bytes, lines: list[bytes], version: int = 0) -> bytes:
    return full_box(kind, number(len(lines), 4), *lines, version=version)


def _pair(length: int, value: int) -> bytes:
    return number(length, 4) + number(value, 4)


def _steps(chunks: list[Chunk]) -> list[bytes]:
    lines: list[bytes] = []
    last = None
    for at, chunk in enumerate(chunks, start=1):
        if (chunk.count, chunk.entry) != last:
            last = (chunk.count, chunk.entry)
            lines.append(number(at, 4) + number(chunk.count, 4) + number(chunk.entry, 4))
    return lines

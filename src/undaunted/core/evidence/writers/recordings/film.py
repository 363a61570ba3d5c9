"""MP4, MOV, M4A and 3GP, written anew: a head without times, pictures and sound, nothing else.

Nothing is copied that is not read: only boxes, fields and samples named here reach the copy, so
places, devices, tags, names, tracks of positions, and bytes between samples stay behind.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Final

from undaunted.core.evidence.rules import Cleaned, MediaKind, Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.recordings.boxes import (
    Box,
    box,
    boxes_in,
    fields_of,
    find,
    number,
)
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged, unknown
from undaunted.core.evidence.writers.recordings.entries import PICTURES, Entry
from undaunted.core.evidence.writers.recordings.fragments import add_fragments
from undaunted.core.evidence.writers.recordings.samples import MOST_SAMPLES, Chunk
from undaunted.core.evidence.writers.recordings.tracks import (
    Track,
    header,
    read_track,
    tells_times,
    times,
    write_track,
)

__all__ = ["clean_film"]

MOST_TRACKS: Final = 64
_QUICKTIME: Final = b"qt  "
_NO_TURN: Final = b"".join(
    number(value, 4) for value in (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
)
_LOCKED: Final = frozenset({b"pssh"})
_NOTES: Final = frozenset({b"udta", b"meta", b"uuid"})
_LARGEST: Final = 1 << 32


@dataclass(slots=True)
class _Pieces:
    """The bare bytes of every chunk, track by track, and what was seen on the way."""

    of: list[list[bytes]]
    taken: int = 0
    noted: bool = False


@dataclass(slots=True)
class _Film:
    """What was read of a film."""

    brand: bytes
    timescale: int
    duration: int
    tracks: list[Track]
    told: set[str]


def clean_film(data: bytes) -> Cleaned:
    """Write a film or a sound file anew. Raises `Uncleanable`."""
    film = _read(data)
    pieces = _bare(data, film)
    if _spare(data) > pieces.taken and "further_tracks" not in film.told:
        film.told.add("hidden_data")
    if pieces.noted:
        film.told.add("encoder_notes")
    content = _written(film, pieces)
    shown = any(track.handler == PICTURES for track in film.tracks)
    kind = MediaKind.MP4 if shown else MediaKind.M4A
    return Cleaned(content, kind, tuple(sorted(film.told)))


def _read(data: bytes) -> _Film:
    held = list(boxes_in(data, 0, len(data)))
    movies = [one for one in held if one.kind == b"moov"]
    if len(movies) != 1:
        raise damaged("not one head of a film")
    film = _head(data, movies[0])
    film.brand = next((_brand(data, one) for one in held if one.kind == b"ftyp"), _QUICKTIME)
    fragments = [one for one in held if one.kind == b"moof"]
    if fragments:
        add_fragments(data, movies[0], fragments, film.tracks, timescale=film.timescale)
        film.duration = max(track.duration for track in film.tracks)
    film.tracks = [track for track in film.tracks if track.samples.count]
    if not film.tracks:
        raise damaged("neither pictures nor sound")
    if {one.kind for one in held} & _NOTES:
        film.told.add("recording_notes")
    film.told.update(*(track.told for track in film.tracks))
    return film


def _brand(data: bytes, held: Box) -> bytes:
    brand = Cursor(data, held.start, held.end).take(4)
    return _QUICKTIME if brand == _QUICKTIME else b"isom"


def _head(data: bytes, movie: Box) -> _Film:
    head = find(data, movie, b"mvhd")
    if head is None:
        raise damaged("a film without a clock")
    version, _, read = fields_of(data, head)
    times(read, version)
    timescale, duration = read.number(4), read.number(8 if version else 4)
    if not timescale:
        raise damaged("a film without a clock")
    told = {"recording_times"} if tells_times(data, head) else set()
    tracks = []
    for at, one in enumerate(boxes_in(data, movie.start, movie.end)):
        if one.kind in _LOCKED:
            raise Uncleanable(WhyUncleanable.LOCKED)
        if one.kind in _NOTES:
            told.add("recording_notes")
        if one.kind == b"trak":
            track = read_track(data, one)
            told |= set() if track else {"further_tracks"}
            tracks += [track] if track else []
        if at > MOST_TRACKS * 4:
            raise Uncleanable(WhyUncleanable.TOO_LARGE, "too many tracks")
    if not tracks:
        raise unknown("neither pictures nor sound")
    return _Film(b"", timescale, duration, tracks, told)


def _spare(data: bytes) -> int:
    """Give how much room a file has for pictures and sound."""
    return sum(one.end - one.start for one in boxes_in(data, 0, len(data)) if one.kind == b"mdat")


def _bare(data: bytes, film: _Film) -> _Pieces:
    """Take every chunk's samples out, without notes; their sizes become those of the copy."""
    pieces = _Pieces([])
    for track in film.tracks:
        samples, sizes, at, contents = track.samples, array("I"), 0, []
        noting = any(entry.bare for entry in track.entries)
        for chunk in samples.chunks:
            if not 0 < chunk.entry <= len(track.entries):
                raise damaged("samples without a description")
            entry = track.entries[chunk.entry - 1]
            lengths = _lengths(track, chunk, at, entry, each=noting)
            at += chunk.count
            pieces.taken += sum(lengths)
            if pieces.taken > len(data):
                raise damaged("samples that lie on each other")
            read = Cursor(data, min(chunk.place, len(data)))
            held = [read.take(length) for length in lengths]
            bare = [entry.bare(one) for one in held] if entry.bare else held
            pieces.noted = pieces.noted or bare != held
            sizes.extend(map(len, bare) if noting else ())
            contents.append(b"".join(bare))
        if noting:
            samples.size, samples.sizes = 0, sizes
        pieces.of.append(contents)
    return pieces


def _lengths(track: Track, chunk: Chunk, at: int, entry: Entry, *, each: bool) -> list[int]:
    """Give the lengths of a chunk's samples, or of all of them together where none is looked at."""
    samples = track.samples
    if not samples.size:
        sizes = samples.sizes[at : at + chunk.count]
        return list(sizes) if each else [sum(sizes)]
    if each and chunk.count > MOST_SAMPLES:
        raise Uncleanable(WhyUncleanable.TOO_LARGE, "too many samples")
    if each:
        return [samples.size] * chunk.count
    size, count = entry.unit if entry.unit and samples.size == 1 else (samples.size, 1)
    return [chunk.count * size // count]


def _written(film: _Film, pieces: _Pieces) -> bytes:
    places = [[0] * len(contents) for contents in pieces.of]
    head = _file_head(film, places)
    order = sorted(
        (chunk.place, of, at)
        for of, track in enumerate(film.tracks)
        for at, chunk in enumerate(track.samples.chunks)
    )
    place = len(head) + 8
    for _, of, at in order:
        places[of][at] = place
        place += len(pieces.of[of][at])
    if place >= _LARGEST:
        raise Uncleanable(WhyUncleanable.TOO_LARGE)
    contents = [pieces.of[of][at] for _, of, at in order]
    return _file_head(film, places) + box(b"mdat", *contents)


def _file_head(film: _Film, places: list[list[int]]) -> bytes:
    brands = _QUICKTIME if film.brand == _QUICKTIME else b"isomiso2mp41"
    count = len(film.tracks) + 1
    head = header(
        b"mvhd",
        number(film.timescale, 4) + number(film.duration, 8) + number(0x10000, 4),
        b"\x01" + b"\0" * 11 + _NO_TURN + b"\0" * 24 + number(count, 4),
    )
    tracks = [
        write_track(track, at, where)
        for at, (track, where) in enumerate(zip(film.tracks, places, strict=True), start=1)
    ]
    kind = box(b"ftyp", film.brand, number(0x200, 4), brands)
    return kind + box(b"moov", head, *tracks)

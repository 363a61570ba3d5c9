"""Matroska and WebM, written anew: tracks of pictures and sound, their blocks, and an index.

Chapters, tags, attached files, names, dates and ids are not read. A recording of a browser, which
has neither length nor index, gets both, so that it can be wound.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Cleaned, MediaKind, Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged, unknown
from undaunted.core.evidence.writers.recordings.elements import (
    Element,
    element,
    elements_in,
    float_of,
    number_element,
    number_of,
)
from undaunted.core.evidence.writers.recordings.matroska_tracks import VIDEO, read_web_track

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.evidence.writers.recordings.matroska_tracks import WebTrack

__all__ = ["clean_matroska"]

MOST_TRACKS: Final = 64
_HEAD, _DOC_TYPE, _SEGMENT = 0x1A45DFA3, 0x4282, 0x18538067
_INFO, _TRACKS, _TRACK, _CLUSTER, _CUES = 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675, 0x1C53BB6B
_SEEK, _TAGS, _ATTACHED, _CHAPTERS = 0x114D9B74, 0x1254C367, 0x1941A469, 0x1043A770
_OUTER: Final = frozenset({_INFO, _TRACKS, _CLUSTER, _CUES, _SEEK, _TAGS, _ATTACHED, _CHAPTERS})
_SCALE, _LENGTH, _MUXER, _WRITER, _DATE = 0x2AD7B1, 0x4489, 0x4D80, 0x5741, 0x4461
_INFO_NOTES: Final = frozenset(
    {0x7BA9, 0x73A4, 0x7384, 0x3CB923, 0x3EB923, 0x4444, _MUXER, _WRITER}
)
_CLOCK, _SIMPLE, _GROUP, _BLOCK, _LOCKED = 0xE7, 0xA3, 0xA0, 0xA1, 0xAF
_BLOCK_LASTS, _REFERS, _DISCARDS = 0x9B, 0xFB, 0x75A2
_MORE: Final = 0x75A1
_KEYFRAME, _LACED, _FLAGS_KEPT = 0x80, 0x06, 0x8F
_USUAL_SCALE: Final = 1_000_000
_TOLD: Final = {_TAGS: "recording_notes", _CHAPTERS: "recording_notes", _ATTACHED: "attached_files"}


@dataclass(slots=True)
class _Web:
    """What was read of a file so far."""

    scale: int = _USUAL_SCALE
    length: float = 0.0
    until: int = 0
    tracks: dict[int, WebTrack] = field(default_factory=dict)
    order: dict[int, int] = field(default_factory=dict)
    clusters: list[bytes] = field(default_factory=list)
    marks: list[tuple[int, int, int]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)


def clean_matroska(data: bytes) -> Cleaned:
    """Write a file anew. Raises `Uncleanable`."""
    outer = list(elements_in(data, 0, len(data)))
    if len(outer) < 2 or outer[0].kind != _HEAD or outer[1].kind != _SEGMENT:  # noqa: PLR2004
        raise damaged("no head, or nothing after it")
    types = [
        one for one in elements_in(data, outer[0].start, outer[0].end) if one.kind == _DOC_TYPE
    ]
    name = data[types[0].start : types[0].end].rstrip(b"\0") if types else b""
    if name not in {b"webm", b"matroska"}:
        raise unknown("EBML of another kind")
    web = _Web()
    for held in _flat(data, outer[1]):
        _read(data, held, web)
    if not web.clusters:
        raise damaged("neither pictures nor sound")
    seen = any(track.kind == VIDEO for track in web.tracks.values())
    kinds = (MediaKind.WEBM, MediaKind.WEBA) if name == b"webm" else (MediaKind.MKV, MediaKind.MKA)
    return Cleaned(_written(name, web), kinds[not seen], tuple(sorted(web.told)))


def _flat(data: bytes, segment: Element) -> Iterator[Element]:
    """Give the parts of a segment; a cluster of unknown size ends where the next part begins."""
    place = segment.start
    while place < segment.end:
        held = next(elements_in(data, place, segment.end))
        if held.sized:
            place = held.end
            yield held
            continue
        if held.kind != _CLUSTER:
            raise damaged("a part of unknown size")
        place = held.start
        while place < segment.end:
            inner = next(elements_in(data, place, segment.end))
            if inner.kind in _OUTER or not inner.sized:
                break
            place = inner.end
        yield Element(_CLUSTER, held.start, place)


def _read(data: bytes, held: Element, web: _Web) -> None:
    if held.kind in _TOLD:
        web.told.add(_TOLD[held.kind])
    elif held.kind == _INFO:
        _read_info(data, held, web)
    elif held.kind == _TRACKS:
        if web.tracks:
            raise damaged("tracks stand twice")
        _read_tracks(data, held, web)
    elif held.kind == _CLUSTER:
        _read_cluster(data, held, web)


def _read_info(data: bytes, held: Element, web: _Web) -> None:
    for one in elements_in(data, held.start, held.end):
        if one.kind == _SCALE:
            web.scale = number_of(data, one)
        elif one.kind == _LENGTH:
            web.length = float_of(data, one)
        elif one.kind == _DATE:
            web.told.add("recording_times")
        elif one.kind in _INFO_NOTES and one.end > one.start:
            web.told.add("recording_notes")
    if not web.scale:
        raise damaged("a film without a clock")


def _read_tracks(data: bytes, held: Element, web: _Web) -> None:
    for one in elements_in(data, held.start, held.end):
        if one.kind != _TRACK:
            continue
        if len(web.tracks) == MOST_TRACKS:
            raise Uncleanable(WhyUncleanable.TOO_LARGE, "too many tracks")
        track = read_web_track(data, one, len(web.tracks) + 1)
        if track is None:
            web.told.add("further_tracks")
        elif track.number in web.tracks:
            raise damaged("two tracks of one number")
        else:
            web.told |= track.told
            web.tracks[track.number] = track
            web.order[track.number] = len(web.tracks)
    if not web.tracks:
        raise unknown("neither pictures nor sound")


def _read_cluster(data: bytes, held: Element, web: _Web) -> None:
    clock, blocks, marked = 0, [], False
    seen = any(track.kind == VIDEO for track in web.tracks.values())
    for one in elements_in(data, held.start, held.end):
        if one.kind == _CLOCK:
            clock = number_of(data, one)
        elif one.kind == _LOCKED:
            raise Uncleanable(WhyUncleanable.LOCKED)
        elif one.kind in {_SIMPLE, _GROUP}:
            made = _block(data, one, clock, web)
            if made is None:
                continue
            content, number, at, begins = made
            blocks.append(content)
            if begins and not marked and (web.tracks[number].kind == VIDEO or not seen):
                marked = True
                web.marks.append((at, web.order[number], len(web.clusters)))
    if blocks:
        web.clusters.append(element(_CLUSTER, number_element(_CLOCK, clock), *blocks))


def _block(
    data: bytes, held: Element, clock: int, web: _Web
) -> tuple[bytes, int, int, bool] | None:
    """Write a block anew; with its track, its time, and whether decoding can begin there."""
    parts = {held.kind: held}
    if held.kind == _GROUP:
        parts = {one.kind: one for one in elements_in(data, held.start, held.end)}
        if _MORE in parts:
            web.told.add("hidden_data")
    inner = parts.get(_BLOCK) or parts.get(_SIMPLE)
    if inner is None:
        raise damaged("a group without a block")
    read = Cursor(data, inner.start, inner.end)
    number = _track_number(read)
    shift, flags, content = read.signed(2), read.number(1), read.rest()
    track = web.tracks.get(number)
    if track is None:
        return None
    if flags & _LACED and track.kind == VIDEO:
        raise unknown("pictures that are laced")
    if track.bare is not None and not flags & _LACED:
        bare = track.bare(content)
        web.told |= {"encoder_notes"} if bare != content else set()
        content = bare
    at = max(0, clock + shift)
    lasts = number_of(data, parts[_BLOCK_LASTS]) if _BLOCK_LASTS in parts else 0
    web.until = max(web.until, at + (lasts or track.lasts // web.scale))
    whole = bytes([0x80 | web.order[number]]) + shift.to_bytes(2, "big", signed=True)
    whole += bytes([flags & _FLAGS_KEPT]) + content
    if held.kind == _SIMPLE:
        return element(_SIMPLE, whole), number, at, bool(flags & _KEYFRAME)
    return _grouped(data, parts, whole), number, at, _REFERS not in parts


def _grouped(data: bytes, parts: dict[int, Element], whole: bytes) -> bytes:
    kept = [
        element(kind, data[parts[kind].start : parts[kind].end][:8])
        for kind in (_BLOCK_LASTS, _REFERS, _DISCARDS)
        if kind in parts
    ]
    return element(_GROUP, element(_BLOCK, whole), *kept)


def _track_number(read: Cursor) -> int:
    first = read.number(1)
    length = 9 - first.bit_length()
    if length > 4:  # noqa: PLR2004 - 2**28 tracks are no film
        raise damaged("a block without a track")
    return (first << 8 * (length - 1) | read.number(length - 1)) & (1 << 7 * length) - 1


def _written(name: bytes, web: _Web) -> bytes:
    length = web.length if 0 < web.length < float("inf") else float(web.until)
    info = element(
        _INFO,
        number_element(_SCALE, web.scale),
        element(_LENGTH, struct.pack(">d", length)),
        element(_MUXER),
        element(_WRITER),
    )
    tracks = element(_TRACKS, *(element(_TRACK, one.content) for one in web.tracks.values()))
    first = len(info) + len(tracks) + len(_index(web, [0] * len(web.clusters)))
    places = []
    for cluster in web.clusters:
        places.append(first)
        first += len(cluster)
    segment = element(_SEGMENT, info, tracks, _index(web, places), *web.clusters)
    numbers = ((0x4286, 1), (0x42F7, 1), (0x42F2, 4), (0x42F3, 8))
    head = [number_element(kind, value, 1) for kind, value in numbers]
    versions = [number_element(0x4287, 4, 1), number_element(0x4285, 2, 1)]
    return element(_HEAD, *head, element(_DOC_TYPE, name), *versions) + segment


def _index(web: _Web, places: list[int]) -> bytes:
    """Write where each cluster lies that begins with a whole picture."""
    if not web.marks:
        return b""
    points = []
    for at, order, cluster in web.marks:
        where = number_element(0xF7, order, 1) + number_element(0xF1, places[cluster])
        points.append(element(0xBB, number_element(0xB3, at), element(0xB7, where)))
    return element(_CUES, *points)

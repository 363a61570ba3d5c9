"""The tracks of Matroska and WebM (RFC 9559, 5.1.4): numbers and settings of known codecs, anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.recordings.codecs import (
    Coded,
    aac,
    av1,
    avc,
    flac_info,
    hevc,
    mpeg4,
    opus_head,
    short_setup,
)
from undaunted.core.evidence.writers.recordings.cursor import damaged, unknown
from undaunted.core.evidence.writers.recordings.elements import (
    Element,
    element,
    elements_in,
    number_element,
    number_of,
)
from undaunted.core.evidence.writers.recordings.vorbis import vorbis_setup

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.evidence.writers.recordings.codecs import Bare

__all__ = ["SOUND", "VIDEO", "WebTrack", "read_web_track"]

VIDEO, SOUND = 1, 2
_NUMBER, _UID, _TYPE, _CODEC, _PRIVATE = 0xD7, 0x73C5, 0x83, 0x86, 0x63A2
_ENCODINGS, _LANGUAGE, _OF_VIDEO, _OF_SOUND = 0x6D80, 0x22B59C, 0xE0, 0xE1
_LASTS: Final = 0x23E383
_NUMBERS: Final = {0xB9: 1, 0x88: 1, 0x55AA: 1, 0x9C: 1, _LASTS: 8, 0x56AA: 8, 0x56BB: 8}
"""Enabled, default, forced, laced; how long a frame lasts, how late the codec, its roll."""
_VIDEO_NUMBERS: Final = frozenset(
    {0x9A, 0x9D, 0x53B8, 0x53C0, 0xB0, 0xBA, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0x54B0, 0x54BA, 0x54B2}
)
_COLOUR: Final = 0x55B0
_COLOUR_NUMBERS: Final = frozenset(
    {0x55B1, 0x55B2, 0x55B3, 0x55B4, 0x55B5, 0x55B6, 0x55B7, 0x55B8, 0x55B9, 0x55BA, 0x55BB,
     0x55BC, 0x55BD}
)  # fmt: skip
_SOUND_NUMBERS: Final = frozenset({0x9F, 0x6264})
_SOUND_FRACTIONS: Final = frozenset({0xB5, 0x78B5})
_NOTES: Final = frozenset({0x536E, 0x258688, 0x447A, 0x66A4})
"""Name of the track, of the codec, a language as phones write it, another way to attach files."""
_LONGEST: Final = 8


@dataclass(frozen=True, slots=True)
class WebTrack:
    """A track: its number in the file, what it is, how it is written anew, what makes it bare."""

    number: int
    kind: int
    content: bytes
    bare: Bare | None
    lasts: int
    told: frozenset[str]


def read_web_track(data: bytes, held: Element, order: int) -> WebTrack | None:
    """Read a track, to be number `order`; None where it holds neither pictures nor sound."""
    parts = {one.kind: one for one in elements_in(data, held.start, held.end)}
    if _ENCODINGS in parts:
        raise Uncleanable(WhyUncleanable.LOCKED, "a track that is locked or packed")
    if not {_NUMBER, _TYPE, _CODEC} <= parts.keys():
        raise damaged("a track without its number, kind or codec")
    kind = number_of(data, parts[_TYPE])
    if kind not in {VIDEO, SOUND}:
        return None
    codec = data[parts[_CODEC].start : parts[_CODEC].end].rstrip(b"\0")
    private = parts.get(_PRIVATE)
    coded = _coded(codec, data[private.start : private.end] if private else b"")
    content = [
        number_element(_NUMBER, order, 1),
        number_element(_UID, order, 1),
        number_element(_TYPE, kind, 1),
        element(_LANGUAGE, b"und"),
        element(_CODEC, codec),
        element(_PRIVATE, coded.settings) if coded.settings else b"",
        *(_number(data, parts[one], size) for one, size in _NUMBERS.items() if one in parts),
        _shape(data, parts, kind),
    ]
    return WebTrack(
        number=number_of(data, parts[_NUMBER]),
        kind=kind,
        content=b"".join(content),
        bare=coded.bare,
        lasts=number_of(data, parts[_LASTS]) if _LASTS in parts else 0,
        told=frozenset({"recording_notes"} if parts.keys() & _NOTES else ()),
    )


def _number(data: bytes, held: Element, size: int) -> bytes:
    value = number_of(data, held)
    if value >> 8 * size:
        raise damaged("a number is too large")
    return number_element(held.kind, value, size)


def _shape(data: bytes, parts: dict[int, Element], kind: int) -> bytes:
    outer = _OF_VIDEO if kind == VIDEO else _OF_SOUND
    if outer not in parts:
        raise damaged("a track without its shape")
    known = _VIDEO_NUMBERS if kind == VIDEO else _SOUND_NUMBERS
    out = []
    for one in elements_in(data, parts[outer].start, parts[outer].end):
        if one.kind in known:
            out.append(_number(data, one, _LONGEST))
        elif kind == SOUND and one.kind in _SOUND_FRACTIONS:
            out.append(element(one.kind, data[one.start : one.end][:_LONGEST]))
        elif kind == VIDEO and one.kind == _COLOUR:
            out.append(_colour(data, one))
    return element(outer, *out)


def _colour(data: bytes, held: Element) -> bytes:
    inner = elements_in(data, held.start, held.end)
    return element(
        held.kind,
        *(_number(data, one, _LONGEST) for one in inner if one.kind in _COLOUR_NUMBERS),
    )


def _coded(codec: bytes, private: bytes) -> Coded:
    if codec not in _CODECS:
        raise unknown(f"a codec {codec!r}")
    return _CODECS[codec](private)


def _plain(private: bytes) -> Coded:
    return Coded(short_setup(private))


def _flac(private: bytes) -> Coded:
    if not private.startswith(b"fLaC"):
        raise damaged("no settings of FLAC")
    return Coded(b"fLaC" + flac_info(private[4:]))


_CODECS: dict[bytes, Callable[[bytes], Coded]] = {
    b"V_VP8": _plain,
    b"V_VP9": _plain,
    b"V_AV1": av1,
    b"V_MPEG4/ISO/AVC": avc,
    b"V_MPEGH/ISO/HEVC": hevc,
    b"V_MPEG4/ISO/ASP": mpeg4,
    b"A_OPUS": lambda private: Coded(opus_head(private)),
    b"A_VORBIS": lambda private: Coded(vorbis_setup(private)),
    b"A_AAC": aac,
    b"A_FLAC": _flac,
    b"A_MPEG/L3": _plain,
    b"A_AC3": _plain,
    b"A_PCM/INT/LIT": _plain,
    b"A_PCM/FLOAT/IEEE": _plain,
}

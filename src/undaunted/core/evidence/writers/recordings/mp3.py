"""MP3 (ISO/IEC 11172-3, 2.4.1): its frames, and nothing before, between and after them.

Tags of any kind lie outside the frames. The first frame may hold no sound but the count of frames,
an index and the name of the program; the name and what else the program measured go.
"""

from __future__ import annotations

from typing import Final

from undaunted.core.evidence.rules import Cleaned, MediaKind
from undaunted.core.evidence.writers.recordings.cursor import damaged

__all__ = ["after_tags", "begins_as_mp3", "clean_mp3"]

_BITRATES: Final = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LAYER, _FIRST_VERSION, _MONO = 1, 3, 3
_HEAD: Final = 4
_TAG, _TAG_HEAD, _TAG_FOOT = b"ID3", 10, 0x10
_COUNTED: Final = (b"Xing", b"Info")
_FRAMES, _BYTES, _INDEX, _QUALITY = 1, 2, 4, 8
_NAME: Final = b"LAME"
_DELAY: Final = slice(21, 24)
_PROGRAM: Final = 36
_SEARCH: Final = 65_536
"""How far the first frame may lie from the beginning."""


def begins_as_mp3(head: bytes) -> bool:
    """Tell whether the first bytes of a file are a tag or a frame of MP3."""
    return head.startswith(_TAG) or _length(head, 0) > 0


def clean_mp3(data: bytes) -> Cleaned:
    """Give the frames of a file one after another. Raises `Uncleanable`."""
    begin = place = after_tags(data)
    kept: list[bytes] = []
    spare, shape = begin > 0, b""
    while place < len(data):
        length = _length(data, place)
        fits = 0 < length <= len(data) - place
        if fits and (shape or _follows(data, place + length)):
            same = _shape(data, place)
            if not shape or same == shape:
                shape = same
                kept.append(data[place : place + length])
                place += length
                continue
        spare = True
        place = data.find(b"\xff", place + 1)
        if place < 0 or (not kept and place > begin + _SEARCH):
            break
    if not kept or 2 * sum(map(len, kept)) < len(data) - begin:
        raise damaged("no frames of sound")
    first = _unnamed(kept[0])
    told = {"recording_notes"} if spare else set()
    told |= {"encoder_notes"} if first != kept[0] else set()
    kept[0] = first
    return Cleaned(b"".join(kept), MediaKind.MP3, tuple(sorted(told)))


def after_tags(data: bytes) -> int:
    """Give where the tags at the beginning of a file end. Raises `Uncleanable`."""
    place = 0
    while data.startswith(_TAG, place):
        sizes = data[place + 6 : place + _TAG_HEAD]
        size = sum((byte & 0x7F) << 7 * step for step, byte in enumerate(reversed(sizes)))
        foot = _TAG_HEAD if data[place + 5 : place + 6] >= bytes([_TAG_FOOT]) else 0
        place += _TAG_HEAD + size + foot
    if place >= len(data):
        raise damaged("nothing after a tag")
    return place


def _length(data: bytes, place: int) -> int:
    """Give the length of the frame at a place; 0 where there is none that we know."""
    head = data[place : place + _HEAD]
    if len(head) < _HEAD or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004 - the sync
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, speed = head[2] >> 4, head[2] >> 2 & 3
    if layer != _LAYER or version not in _RATES or not 0 < rate < 0xF or speed == 3:  # noqa: PLR2004
        return 0
    first = version == _FIRST_VERSION
    bits = _BITRATES[first][rate - 1] * 1000
    return (144 if first else 72) * bits // _RATES[version][speed] + (head[2] >> 1 & 1)


def _follows(data: bytes, place: int) -> bool:
    """Tell whether a frame follows, or the end: one head alone may be chance."""
    return place == len(data) or _length(data, place) > 0


def _shape(data: bytes, place: int) -> bytes:
    """Give what is the same in all frames of a file: version, layer and sampling rate."""
    return bytes([data[place + 1] & 0xFE, data[place + 2] & 0x0C])


def _unnamed(frame: bytes) -> bytes:
    """Give a first frame that only counts the others without the name of the program.

    How many samples to skip at both ends stays, behind the name that makes players look for it.
    """
    first, mono = frame[1] >> 3 & 3 == _FIRST_VERSION, frame[3] >> 6 == _MONO
    side = (17 if mono else 32) if first else (9 if mono else 17)
    place = _HEAD + side + (0 if frame[1] & 1 else 2)
    if frame[place : place + 4] not in _COUNTED:
        return frame
    flags = int.from_bytes(frame[place + 4 : place + 8], "big")
    sizes = {_FRAMES: 4, _BYTES: 4, _INDEX: 100, _QUALITY: 4}
    end = place + 8 + sum(size for flag, size in sizes.items() if flags & flag)
    program = frame[end : end + _PROGRAM]
    told = b""
    if any(program) and len(program) == _PROGRAM:
        told = _NAME.ljust(_DELAY.start, b"\0") + program[_DELAY]
    silent = frame[: min(end, len(frame))]
    return (silent + told).ljust(len(frame), b"\0")[: len(frame)]

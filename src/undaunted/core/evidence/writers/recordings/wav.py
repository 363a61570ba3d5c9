"""WAV (RIFF): the format, the count of samples, the samples; notes and the rest are not read."""

from __future__ import annotations

from typing import Final

from undaunted.core.evidence.rules import Cleaned, MediaKind
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged, unknown

__all__ = ["clean_wav"]

_HEAD: Final = 12
_KNOWN: Final = {0x0001: 16, 0x0003: 18, 0x0006: 18, 0x0007: 18, 0x0002: 50, 0x0011: 20}
"""PCM, floating point, A-law, mu-law, two kinds of ADPCM; how much of their format is numbers."""
_EXTENSIBLE, _LONG = 0xFFFE, 40
_SUB_FORMAT: Final = bytes.fromhex("000000001000800000aa00389b71")
_OPEN: Final = frozenset({0, 0xFFFFFFFF})
"""What a program writes that did not know how long the recording would be."""
_EMPTY: Final = b"\0"


def clean_wav(data: bytes) -> Cleaned:
    """Write a recording anew. Raises `Uncleanable`."""
    form, fact, sound, spare = _chunks(data)
    kind = int.from_bytes(form[:2], "little")
    if kind == _EXTENSIBLE and len(form) >= _LONG and form[26:_LONG] == _SUB_FORMAT:
        form = form[:_LONG]
    elif kind in _KNOWN and len(form) >= min(16, _KNOWN[kind]):
        form = form[: _KNOWN[kind]]
    else:
        raise unknown(f"sound of kind {kind}")
    parts = [_chunk(b"fmt ", form), _chunk(b"fact", fact) if fact else b"", _chunk(b"data", sound)]
    content = b"WAVE" + b"".join(parts)
    whole = b"RIFF" + len(content).to_bytes(4, "little") + content
    return Cleaned(whole, MediaKind.WAV, ("recording_notes",) if spare else ())


def _chunks(data: bytes) -> tuple[bytes, bytes, bytes, bool]:
    """Give format, count and samples, and whether there was anything else."""
    held: dict[bytes, bytes] = {}
    read, spare = Cursor(data, _HEAD), False
    while read.left >= _HEAD - 4:
        kind, size = read.take(4), int.from_bytes(read.take(4), "little")
        if kind == b"data" and size in _OPEN and read.left:
            size = read.left
        content = read.take(size)
        if size % 2 and read.left and read.take(1) != _EMPTY:
            read.place -= 1  # some programs forget to fill up
        if kind in {b"fmt ", b"fact", b"data"} and kind not in held:
            held[kind] = content
        else:
            spare = True
    if not held.get(b"fmt ") or b"data" not in held:
        raise damaged("no format, or no samples")
    return held[b"fmt "], held.get(b"fact", b"")[:4], held[b"data"], spare or read.left > 0


def _chunk(kind: bytes, content: bytes) -> bytes:
    size = len(content).to_bytes(4, "little")
    return kind + size + content + _EMPTY * (len(content) % 2)

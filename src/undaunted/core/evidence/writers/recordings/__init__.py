"""Film and sound, written anew from what decoders need and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Cleaned, MediaKind, Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.recordings.film import clean_film
from undaunted.core.evidence.writers.recordings.flac import begins_as_flac, clean_flac
from undaunted.core.evidence.writers.recordings.matroska import clean_matroska
from undaunted.core.evidence.writers.recordings.mp3 import after_tags, clean_mp3
from undaunted.core.evidence.writers.recordings.ogg import clean_ogg
from undaunted.core.evidence.writers.recordings.wav import clean_wav

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

__all__ = ["RECORDINGS", "clean_recording"]


def _after_a_tag(data: bytes) -> Cleaned:
    """Clean what begins with a tag or a frame of MP3; some programs put such a tag before FLAC."""
    place = after_tags(data)
    if not begins_as_flac(data, place):
        return clean_mp3(data)
    return replace(clean_flac(data[place:]), removed=("recording_notes",))


RECORDINGS: Final[dict[MediaKind, Callable[[bytes], Cleaned]]] = {
    MediaKind.MP4: clean_film,
    MediaKind.WEBM: clean_matroska,
    MediaKind.MP3: _after_a_tag,
    MediaKind.WAV: clean_wav,
    MediaKind.OGG: clean_ogg,
    MediaKind.FLAC: clean_flac,
}
"""The kinds that a file may begin as; a copy may turn out to be sound alone."""


def clean_recording(content: BinaryIO, kind: MediaKind) -> Cleaned:
    """Write a recording anew. Raises `Uncleanable`."""
    try:
        return RECORDINGS[kind](content.read())
    except (ValueError, IndexError, OverflowError) as problem:
        if isinstance(problem, Uncleanable):
            raise
        raise Uncleanable(WhyUncleanable.DAMAGED) from problem

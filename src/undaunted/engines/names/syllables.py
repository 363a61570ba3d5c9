"""Names written a syllable a character, read against letters: syllable by syllable or not at all.

Each character has spellings. Letters match when they can be cut into one spelling of each
character, in order; a spelling that is merely near counts for its own syllable alone.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

__all__ = ["Spellings", "read_as"]

Spellings = tuple[tuple[str, ...], ...]
"""For each character, the ways to spell it, the standard one first."""

_MISREAD = 0.75
_LONGEST = 7


@lru_cache(maxsize=8192)
def read_as(spellings: Spellings, letters: str) -> float:
    """Give how well some letters spell the characters: 1 for all in order, the part that does."""
    if len(letters) > _LONGEST * len(spellings):
        return 0.0
    ends = {0: 0.0}
    for ways in spellings:
        further: dict[int, float] = {}
        for start, so_far in ends.items():
            for end, good in _readings(ways, letters, start):
                if so_far + good > further.get(end, -1.0):
                    further[end] = so_far + good
        ends = further
    size = len(letters)
    best = max(
        (good - 0.5 * (size - end) for end, good in ends.items()),
        default=0.0,
    )
    return max(0.0, best / len(spellings))


def _readings(ways: tuple[str, ...], letters: str, start: int) -> list[tuple[int, float]]:
    found = [
        (start + len(way), 1.0 if at == 0 else 0.985)
        for at, way in enumerate(ways)
        if letters.startswith(way, start)
    ]
    exact = {end for end, _ in found}
    for length in range(min(_LONGEST, len(letters) - start) + 1):
        if start + length not in exact:
            piece = letters[start : start + length]
            found.append((start + length, _MISREAD * _nearest(ways, piece)))
    return found


@lru_cache(maxsize=8192)
def _nearest(ways: tuple[str, ...], piece: str) -> float:
    if not piece:
        return 0.0
    near = max(Levenshtein.normalized_similarity(way, piece) for way in ways)
    return near if near > 0.5 else 0.0  # noqa: PLR2004 - half of its letters

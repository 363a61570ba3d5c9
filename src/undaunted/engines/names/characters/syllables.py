"""Names written a syllable a character, read against letters: syllable by syllable or not at all.

Each character has spellings. Letters match when they can be cut into one spelling of each
character, in order; a spelling that is merely near counts for its own syllable alone.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

__all__ = ["Spellings", "may_be_read_as", "read_as"]

Spellings = tuple[tuple[str, ...], ...]
"""For each character, the ways to spell it, the standard one first."""

_MISREAD, _OTHER_WAY = 0.75, 0.985
"""How good a syllable is that is spelt nearly so, and in another way than the usual one."""
_LEFT = 0.5
"""What each letter that no syllable spells takes."""
_LONGEST = 7
_ROUNDING = 1e-9


def may_be_read_as(spellings: Spellings, letters: str) -> bool:
    """Say whether the first or the last syllable is spelt there; none meets where both are not."""
    return letters.startswith(spellings[0]) or letters.endswith(spellings[-1])


def read_as(spellings: Spellings, letters: str, least: float = 0.0) -> float:
    """Give how well some letters spell the characters: 1 for all in order, the part that does.

    What is less than `least` is not worked out, and is 0.
    """
    count, size = len(spellings), len(letters)
    if size > _LONGEST * count:
        return 0.0
    # as `may_be_read_as`, which is asked so often that to call it is seen
    if not letters.startswith(spellings[0]) and not letters.endswith(spellings[-1]):
        return 0.0
    needed = least * count - _ROUNDING
    ends = {0: 0.0}
    for place, ways in enumerate(spellings, 1):
        further: dict[int, float] = {}
        for start, so_far in ends.items():
            lacking = needed - so_far - (count - place)
            for end, good in _readings(ways, letters, start, lacking):
                if so_far + good > further.get(end, -1.0):
                    further[end] = so_far + good
        ends = further
    best = max((good - _LEFT * (size - end) for end, good in ends.items()), default=0.0)
    return best / count if best >= needed and best > 0.0 else 0.0


def _readings(
    ways: tuple[str, ...], letters: str, start: int, lacking: float
) -> list[tuple[int, float]]:
    """Give where a syllable may end and how good it is, at least what is lacking."""
    found = [
        (start + len(way), 1.0 if at == 0 else _OTHER_WAY)
        for at, way in enumerate(ways)
        if letters.startswith(way, start)
    ]
    if lacking > _MISREAD:
        return found
    exact = {end for end, _ in found}
    for length in range(min(_LONGEST, len(letters) - start) + 1):
        if start + length not in exact:
            good = _MISREAD * _nearest(ways, letters[start : start + length])
            if good >= lacking:
                found.append((start + length, good))
    return found


@lru_cache(maxsize=8192)
def _nearest(ways: tuple[str, ...], piece: str) -> float:
    if not piece:
        return 0.0
    near = max(Levenshtein.normalized_similarity(way, piece) for way in ways)
    return near if near > 0.5 else 0.0  # noqa: PLR2004 - half of its letters

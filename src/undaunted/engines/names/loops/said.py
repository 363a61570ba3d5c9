"""Words of names as arrays: all that loops compare them by, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "AKIN", "BARE", "CLASSES", "COUNTED", "FIRST", "FLAGS", "FOLDS", "FORMS", "HEARD", "KEYS",
    "KIND", "KNOWN", "LASTS", "LATIN", "LETTERS", "LOOSE", "MIDDLES", "ODD", "PLAIN", "SERVANT",
    "SIGNS", "SKELETONS", "SOUNDED", "SPELT", "UNITS", "WAYS", "Said", "begun", "ended", "read",
    "size_of", "ways_of",
]  # fmt: skip

(
    FIRST, UNITS, FOLDS, SKELETONS, KEYS, WAYS, MIDDLES, LASTS, SOUNDED, KIND, FLAGS, KNOWN, SIGNS,
    FORMS,
) = range(14)  # fmt: skip
"""What is told of a word: its first text, which is its letters, and its first unit; how many texts
of each kind follow: folds, skeletons, keys, spellings of a first, a middle and a last syllable; how
many units; how it is written, what else is known, which name it is a form of, how many syllables it
has, and which of five letters forms of its name have."""
COUNTED = 14
LETTERS, HEARD, SPELT = 0, 1, 2
"""How a word is written: in letters, by what they may sound like, in syllables."""
ODD, LOOSE, BARE, SERVANT, LATIN, CLASSES, PLAIN, AKIN = 1, 2, 4, 8, 16, 32, 64, 128
"""Of a word: nothing is known; it meets by its role; no vowel is behind its first letter; it begins
as servants do; it is in Latin letters; it is a form of one name or several; it is in plain ones;
customs of writing leave it other forms."""
_LONGEST_WAY, _EXACT, _THREE = 7, 0.84, 3


class Said(NamedTuple):
    """Words, and all that they are compared by."""

    signs: NDArray[np.uint8]
    """Texts one after another."""
    ends: NDArray[np.int32]
    """Where each text begins, and behind the last."""
    words: NDArray[np.int32]
    """By word, what `FIRST` and the others say."""
    weights: NDArray[np.float64]
    sounds: NDArray[np.int64]
    """By unit, what a letter sounds like, as bits."""
    costs: NDArray[np.float64]
    """By unit, what a letter costs unheard."""
    needs: NDArray[np.int64]
    """By unit, as bits, letters of which a word has one, and those that none of its word hears."""
    strict: NDArray[np.float64]
    """By word, how strictly it is heard, and how alike keys of words as one are at least."""


@compiled
def size_of(said: Said, text: int) -> int:
    """Give how many signs a text has."""
    return int(said.ends[text + 1] - said.ends[text])


@compiled
def begun(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    asked: Said, first: int, behind: int, signs: NDArray[np.uint8], begin: int, end: int
) -> int:
    """Give with how many signs of any way a text begins, as bits."""
    found = 0
    for way in range(first, behind):
        size = size_of(asked, way)
        same = 0
        while same < min(size, end - begin):
            if asked.signs[asked.ends[way] + same] != signs[begin + same]:
                break
            same += 1
        if same == size:
            found |= 1 << size
    return found


@compiled
def ended(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    asked: Said, first: int, behind: int, signs: NDArray[np.uint8], begin: int, end: int
) -> int:
    """Give with how many signs of any way a text ends, as bits."""
    found = 0
    for way in range(first, behind):
        size = size_of(asked, way)
        if size <= end - begin and begun(asked, way, way + 1, signs, end - size, end):
            found |= 1 << size
    return found


@compiled
def ways_of(mine: NDArray[np.int32]) -> tuple[int, int, int, int]:
    """Give where spellings of the first, the middle and the last syllable begin, and behind."""
    first = mine[FIRST] + 1 + mine[FOLDS] + mine[SKELETONS] + mine[KEYS]
    middle = first + mine[WAYS]
    last = middle + mine[MIDDLES]
    return first, middle, last, last + mine[LASTS]


@compiled
def read(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    asked: Said, one: int, least: float, signs: NDArray[np.uint8], begin: int, end: int
) -> bool:
    """Say whether letters may spell a word in syllables so well."""
    mine = asked.words[one]
    size = end - begin
    first, middle, last, behind = ways_of(mine)
    starts = begun(asked, first, middle, signs, begin, end)
    stops = ended(asked, last, behind, signs, begin, end)
    if size > _LONGEST_WAY * mine[SIGNS]:
        return False
    if mine[SIGNS] == 1:
        return bool(starts >> size & 1) or (bool(starts | stops) and size >= _LONGEST_WAY)
    if max(least, asked.strict[one, 0]) < _EXACT or mine[SIGNS] > _THREE:
        return bool(starts | stops)
    if mine[SIGNS] < _THREE:
        return _in_two(starts, stops, size)
    for part in range(size + 1):
        # of three syllables one at most is misread
        near = starts >> part & 1 and (
            stops & ((2 << (size - part)) - 1)
            or begun(asked, middle, last, signs, begin + part, end)
        )
        if near or (
            stops >> (size - part) & 1 and ended(asked, middle, last, signs, begin, begin + part)
        ):
            return True
    return False


@compiled
def _in_two(starts: int, stops: int, size: int) -> bool:
    """Say whether a beginning and an end are a whole text."""
    both = 0
    for part in range(size + 1):
        both |= starts >> part & stops >> (size - part) & 1
    return bool(both)

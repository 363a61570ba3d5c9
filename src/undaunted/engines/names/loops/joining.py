"""Which neighbours of one name may be one word of another, together: compiled loops.

What `may_meet` asks, and by letters alone whether more could come of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.compiling import compiled
from undaunted.engines.names.loops.alike import alike
from undaunted.engines.names.loops.hearing import apart
from undaunted.engines.names.loops.said import (
    AKIN,
    CLASSES,
    FIRST,
    FLAGS,
    FOLDS,
    FORMS,
    HEARD,
    KEYS,
    KIND,
    LATIN,
    LETTERS,
    LOOSE,
    ODD,
    PLAIN,
    SERVANT,
    SIGNS,
    SKELETONS,
    SOUNDED,
    SPELT,
    UNITS,
    begun,
    ended,
    read,
    size_of,
    ways_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.names.loops.said import Said

__all__ = ["WORDS", "join"]

WORDS = 16
"""Before this bit are runs, by their places, and from it on words."""
_MOST_OF_RUN = 3
_LETTERS_APART, _OF_KEYS, _ROUNDING = 3, 0.5, 1e-6
_OF_FOLDS, _OF_SKELETONS = 0.6, 0.4
_JOINED, _JOINED_CONSONANTS = 0.85, 0.93
_LEFT_OUT = (46, 97, 101, 105, 111, 117)
"""A point and vowels."""
_X, _VOWELS = 120, (97, 101, 105, 111, 117)
_B, _D, _G, _L, _M, _N, _R = 1 << 1, 1 << 3, 1 << 6, 1 << 11, 1 << 12, 1 << 13, 1 << 17
_FIVE, _SEVEN = _B | _L | _M | _N | _R, _B | _L | _M | _N | _R | _G | _D
_AS_G, _AS_D = _G | 1 << 16, _D | 1 << 9 | 1 << 7 | 1 << 2
"""Letters, as bits, that are a sign of every fold; what else a g or a d is heard of."""
_BEFORE_SMALL, _MANY, _CUT = 96, 60, 3
_SERVANT = (97, 98, 100)


@compiled
def join(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    said: Said, words: NDArray[np.int32], near: NDArray[np.float64], runs: int,
    other: Said, singles: NDArray[np.int32], theirs: NDArray[np.float64],
    run: NDArray[np.uint8], letters: NDArray[np.uint8], silent: NDArray[np.float64],
    sums: NDArray[np.float64],
) -> int:  # fmt: skip
    """Let words meet one of the other name that they may be together; give which, as bits."""
    count = -1
    met = np.int64(0)
    for first in range(words.size - 1):
        key = _put(said, words[first], run, 0, letters, 0)
        for behind in range(first + 2, min(first + 1 + _MOST_OF_RUN, words.size + 1)):
            key = _put(said, words[behind - 1], run, key[0], letters, key[1])
            count += 1
            for at in range(singles.size):
                one = _are_initials(said, words[first:behind], other, singles[at])
                if runs >= 0 and not one and not alike(
                    said, runs + count, other, singles[at], _JOINED, silent, sums
                ):  # fmt: skip
                    continue
                if one or _are_one(
                    said, words, first, behind, other, singles[at], run, letters, key, sums
                ):
                    near[first:behind] = 1.0
                    theirs[at] = 1.0
                    met |= np.int64(1) << count | np.int64(1) << WORDS + at
    return int(met)


@compiled
def _are_initials(said: Said, words: NDArray[np.int32], other: Said, single: int) -> bool:
    """Say whether words of any writing may begin with the letters of a word: JC."""
    word = other.words[single]
    begin, size = other.ends[word[FIRST]], size_of(other, word[FIRST])
    if word[KIND] != LETTERS or not 0 < size <= words.size:
        return False
    for at in range(words.size):
        told = said.words[words[at]]
        if told[FLAGS] & ODD:
            return True
        if at == size or said.signs[said.ends[told[FIRST]]] != other.signs[begin + at]:
            return False
    return True


@compiled
def _put(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    said: Said, word: int, run: NDArray[np.uint8], size: int, letters: NDArray[np.uint8], count: int
) -> tuple[int, int]:
    """Write the key and the letters of a word behind those of others, as `joined` does."""
    told = said.words[word]
    for at in range(said.ends[told[FIRST]], said.ends[told[FIRST] + 1]):
        letters[count] = said.signs[at]
        count += 1
    text = told[FIRST] + 1 + told[FOLDS] + told[SKELETONS]
    begin, end = said.ends[text], said.ends[text + 1]
    while begin < end and said.signs[begin] in _LEFT_OUT:
        begin += 1
    if size and begin < end and run[size - 1] == said.signs[begin]:
        begin += 1
    for at in range(begin, end):
        run[size] = said.signs[at]
        size += 1
    return size, count


@compiled
def _are_one(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    said: Said, words: NDArray[np.int32], first: int, behind: int, other: Said, single: int,
    run: NDArray[np.uint8], letters: NDArray[np.uint8], sizes: tuple[int, int],
    sums: NDArray[np.float64],
) -> bool:  # fmt: skip
    """Say whether words may be one of another name; those of several scripts always may."""
    kind, every = said.words[words[first], KIND], said.words[words[first], FLAGS]
    word = other.words[single]
    any_of = every | word[FLAGS]
    for place in range(first + 1, behind):
        every &= said.words[words[place], FLAGS]
        any_of |= said.words[words[place], FLAGS]
        any_of |= ODD if said.words[words[place], KIND] != kind else 0
    if any_of & ODD:
        return True
    if word[KIND] == SPELT:
        return _are_spelt(other, single, letters, sizes[1], every)
    if word[KIND] == LETTERS and kind == SPELT:
        return _may_spell(said, words[first], words[behind - 1], other, word)
    if word[KIND] == LETTERS and kind == LETTERS:
        return _are_in_letters(run, letters, sizes, other, word, every, sums)
    if kind != HEARD and _are_unheard(other, word, letters, sizes[1], every):
        return False
    least = said.strict[words[first], 1] if kind == HEARD else other.strict[single, 1]
    return _share_a_key(run, sizes[0], other, word, word[KEYS], least, sums)


@compiled
def _are_spelt(other: Said, single: int, letters: NDArray[np.uint8], size: int, every: int) -> bool:
    """Say whether letters as one may spell a word in syllables."""
    if every & PLAIN:
        return read(other, single, _JOINED, letters, 0, size)
    word = other.words[single]
    first, middle, last, behind = ways_of(word)
    starts = begun(other, first, middle, letters, 0, size)
    stops = ended(other, last, behind, letters, 0, size)
    if every & LATIN and word[SIGNS] == 1:
        return bool(starts >> size & 1)
    return bool(starts | stops)


@compiled
def _may_spell(said: Said, one: int, another: int, other: Said, word: NDArray[np.int32]) -> bool:
    """Say whether a word of letters begins with the first or ends with the last syllable."""
    begin, end = other.ends[word[FIRST]], other.ends[word[FIRST] + 1]
    first, middle, _, _ = ways_of(said.words[one])
    _, _, last, behind = ways_of(said.words[another])
    starts = begun(said, first, middle, other.signs, begin, end)
    return bool(starts | ended(said, last, behind, other.signs, begin, end))


@compiled
def _are_in_letters(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    run: NDArray[np.uint8], letters: NDArray[np.uint8], sizes: tuple[int, int], other: Said,
    word: NDArray[np.int32], every: int, sums: NDArray[np.float64],
) -> bool:  # fmt: skip
    """Say whether words of letters may be one of letters."""
    begin, size = other.ends[word[FIRST]], size_of(other, word[FIRST])
    if abs(sizes[1] - size) > _LETTERS_APART:
        return False
    if every & word[FLAGS] & PLAIN and not word[FLAGS] & (AKIN | LOOSE):
        known = _is_a_form(word, letters, sizes[1])
        if not known and _unlike(letters, 0, sizes[1], other.signs, begin, begin + size):
            return False
    return _share_a_key(run, sizes[0], other, word, 1, _OF_KEYS, sums)


@compiled
def _kept(signs: NDArray[np.uint8], begin: int, end: int) -> tuple[int, int, int, int]:
    """Give of a word in plain letters what `are_unlike` asks."""
    bits = np.int64(0)
    size = bones = end - begin
    for at in range(begin, end):
        if signs[at] > _BEFORE_SMALL:
            bits |= np.int64(1) << (signs[at] - _BEFORE_SMALL - 1)
        size += signs[at] == _X
        bones += signs[at] == _X
        bones -= signs[at] in _VOWELS
    may = bits & _FIVE
    may |= _G if bits & _AS_G else 0
    may |= _D if bits & _AS_D else 0
    return int(bits & _SEVEN), int(may), size, bones + 1


@compiled
def _unlike(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    ones: NDArray[np.uint8], first: int, behind: int,
    others: NDArray[np.uint8], begin: int, end: int,
) -> bool:  # fmt: skip
    """Say whether two words are surely less alike than words as one are, as `are_unlike` does."""
    mine, theirs = _kept(ones, first, behind), _kept(others, begin, end)
    far = max(_bits(mine[0] & ~theirs[1]), _bits(theirs[0] & ~mine[1]))
    if far <= 1:
        return False
    same, short = 0, min(behind - first, end - begin)
    while same < short and ones[first + same] == others[begin + same]:
        same += 1
    if same == short:
        return False
    lost = _OF_FOLDS / max(mine[2], theirs[2]) + _OF_SKELETONS / max(mine[3], theirs[3])
    return 1.0 - far * lost < _JOINED - _ROUNDING


@compiled
def _is_a_form(word: NDArray[np.int32], letters: NDArray[np.uint8], size: int) -> bool:
    """Say whether letters may be a form of the given name that a word is."""
    if not word[FLAGS] & CLASSES:
        return False
    bits, _, _, _ = _kept(letters, 0, size)
    which = 0
    for at, bit in enumerate((_B, _L, _M, _N, _R)):
        which |= (1 << at) * int(bits & bit != 0)
    return bool(word[FORMS] >> which & 1)


@compiled
def _bits(bits: int) -> int:
    count = 0
    while bits:
        bits &= bits - 1
        count += 1
    return count


@compiled
def _are_unheard(
    asked: Said, word: NDArray[np.int32], letters: NDArray[np.uint8], size: int, every: int
) -> bool:
    """Say whether Latin words as one lack too many letters of another, as `may_be_heard` does."""
    if not every & PLAIN or size > _MANY or _is_a_form(word, letters, size):
        return False
    servants = True
    for at in range(_CUT):
        servants &= size > at and letters[at] == _SERVANT[at]
    if word[FLAGS] & SERVANT and servants:
        return False
    bits = np.int64(0)
    most = size
    for at in range(size):
        if letters[at] > _BEFORE_SMALL:
            bits |= np.int64(1) << (letters[at] - _BEFORE_SMALL - 1)
            most += letters[at] == _X
    allowed = (1.0 - _JOINED_CONSONANTS) * max(word[SOUNDED], most, 1) + _ROUNDING
    over = np.int64(0)
    lacking = 0.0
    for unit in range(word[UNITS], word[UNITS] + word[SOUNDED]):
        if asked.needs[unit, 0] and not asked.needs[unit, 0] & bits:
            lacking += asked.costs[unit]
        over |= asked.needs[unit, 1]
    return bool(max(lacking, float(_bits(int(over & bits)))) > allowed)


@compiled
def _share_a_key(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    run: NDArray[np.uint8], size: int, other: Said, word: NDArray[np.int32], count: int,
    least: float, sums: NDArray[np.float64],
) -> bool:  # fmt: skip
    """Say whether a key and any of some of another word are alike enough."""
    first = word[FIRST] + 1 + word[FOLDS] + word[SKELETONS]
    for text in range(first, first + count):
        begin, end = other.ends[text], other.ends[text + 1]
        longer = max(size, end - begin, 1)
        if 1.0 - abs(size - end + begin) / longer + _ROUNDING < least:
            continue
        far = apart(run, 0, size, other.signs, begin, end, sums)
        if 1.0 - far / longer + _ROUNDING >= least:
            return True
    return False

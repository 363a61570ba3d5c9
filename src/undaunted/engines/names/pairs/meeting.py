"""How alike two words sound: 0 to 1, whatever their scripts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.distance.OSA import distance

from undaunted.engines.names.characters.han_forms import simplified
from undaunted.engines.names.characters.hangul import revised
from undaunted.engines.names.characters.syllables import read_as
from undaunted.engines.names.letters.abjads import heard_as, one_form
from undaunted.engines.names.words.abbreviations import abbreviations_alike, are_abbreviations
from undaunted.engines.names.words.titles import HONORIFICS
from undaunted.engines.names.words.tokens import Role, System, Token
from undaunted.engines.names.words.unheard import may_be_heard

if TYPE_CHECKING:
    from undaunted.engines.names.letters.abjads import Units

__all__ = ["LEAST", "likeness", "strictness_of"]

LEAST = 0.63
"""Below this two words do not meet, and how unlike they are is not worked out."""

SAME = 1.0
SAME_SOUND = 0.985
SAME_NAME = 0.93
SHORT_FORM = 0.86
AKIN = 0.95
BEGINNING = 0.9
NO_VOWELS = 0.93
FEW_CONSONANTS = 0.85
INITIAL = 0.8
_EXACT = 0.84
"""How alike Han characters are at least that are read so: of two, none is read otherwise."""
_LEAST_OF_ABJAD = 0.76
"""How well Arabic or Hebrew letters sound like a word at least that ends otherwise."""
_FITTED = 1.35
_STRICT = {"arabic": 1.15, "hebrew": 1.0} | dict.fromkeys(("thai", "lao", "khmer", "myanmar"), 2.0)
_FAR = 0.34
_NO_KEY = 0.26
SERVANT = 0.77
_SERVANT = "abd"
_VOWELS = frozenset("aeiou")
_WRITTEN = frozenset("iou")
"""Last vowels that Arabic and Hebrew letters write."""
_NO_VOWEL = str.maketrans("", "", "aeiou")
SAME_READING = 0.75
_SHORT = 3
ONE_CONSONANT = 0.85
_HEARD = 0.8
"""What a letter costs at least that is sure to be heard."""
_FEWEST_CONSONANTS = 2
_SHORT_WORD = 5
_LEAST_OF_SHORT = 0.82
"""How alike short words are at least that are no forms of one name: Maria is not Mayra."""
_OF_UKRAINE = "enko"
_OFTEN_LEFT_OUT = frozenset("aeiouhyj")
"""Letters that romanisations leave out where a word begins."""
_MANY = 24
"""Likenesses that are sooner worked out all at once."""
_ONE_SLIP = (0.0, 0.0, 0.76, 0.83, 0.87, 0.88, 0.9)
"""By length of the longer word."""
_LETTERS, _SYLLABLES = System.LETTERS, System.SYLLABLES
_NUMBER, _INITIAL, _ABBREVIATION = Role.NUMBER, Role.INITIAL, Role.ABBREVIATION
"""By names of their own, since to look them up in their class takes as long as to compare."""


@lru_cache(maxsize=1 << 13)
def likeness(left: Token, right: Token, least: float = LEAST) -> float:
    """Give how alike two tokens are, the same whichever comes first; vaguely below `least`."""
    if left is right or left.text == right.text:
        return SAME
    mine, other = left.role, right.role
    if mine is _NUMBER or other is _NUMBER:
        return SAME if left.plain == right.plain else 0.0
    if mine is _INITIAL or other is _INITIAL:
        return _initial(left, right)
    if left.system is _LETTERS is right.system:
        short = mine is _ABBREVIATION or other is _ABBREVIATION
        if short and are_abbreviations(left, right):
            return abbreviations_alike(left, right)
        return _letters(left, right, least)
    in_syllables = left.system is _SYLLABLES or right.system is _SYLLABLES
    return (_syllables if in_syllables else _abjads)(left, right, least)


def _initial(left: Token, right: Token) -> float:
    one, other = (left, right) if left.role is Role.INITIAL else (right, left)
    starts = {fold[0] for fold in other.folds if fold}
    if one.plain == "y" and other.plain[:1] == "j":
        # a J may stand for a Y, but nobody writes John with one
        return 0.0
    if other.letters:
        starts |= set(other.letters[0][0])
    met = any(fold and fold[0] in starts for fold in one.folds)
    if one.plain[:1] and one.plain[:1] == other.plain[:1]:
        met = True
    if len(other.syllables) == 1 and one.plain in other.syllables[0]:
        return SAME_SOUND
    return (SAME_SOUND if other.role is Role.INITIAL else INITIAL) if met else 0.0


def _letters(left: Token, right: Token, least: float) -> float:
    if left.plain == right.plain and left.plain:
        return SAME
    folds = right.folds
    for fold in left.folds:
        if fold in folds:
            return SAME_SOUND
    if (left.akin or right.akin) and _akin(left, right):
        return AKIN
    known = 0.0
    if left.classes and right.classes:
        if left.classes.isdisjoint(right.classes):
            return 0.0
        known = SHORT_FORM if left.short or right.short else SAME_NAME
    elif _far(left, right):
        return _bare(left.plain, right.plain)
    like = max(known, _sounds(left, right, least), _shortened(left, right), _servant(left, right))
    enough = like >= _least_of(left, right) or known
    return like if enough and not _descend(left.plain, right.plain) else 0.0


def _least_of(left: Token, right: Token) -> float:
    """Give how alike words are at least that are no forms of one name; more of two short ones."""
    return _LEAST_OF_SHORT if max(len(left.plain), len(right.plain)) <= _SHORT_WORD else 0.0


def _is_an_honour(word: Token, beside: Token) -> bool:
    """Say whether a word is an honour and the letters beside it spell none: Shaya is no Shaykh."""
    return word.plain in HONORIFICS and beside.text not in HONORIFICS


def _descend(one: str, other: str) -> bool:
    """Say whether one family is named for the other: Karpenkov is not Karpenko."""
    short, long = sorted((one, other), key=len)
    return long == short + "v" and short.endswith(_OF_UKRAINE)


def _akin(left: Token, right: Token) -> bool:
    """Say whether a custom of writing makes two words one."""
    return not {*left.akin, *left.folds}.isdisjoint({*right.akin, *right.folds})


def _far(left: Token, right: Token) -> bool:
    """Say whether usual spellings are so unlike that the others need not be tried."""
    one, other = left.skeletons[0], right.skeletons[0]
    # as OSA.normalized_similarity, which is asked for so often that its own work is seen
    if 1.0 - distance(one, other) / (max(len(one), len(other)) or 1) >= _FAR:
        return False
    one, other = left.folds[0], right.folds[0]
    return 1.0 - distance(one, other) / (max(len(one), len(other)) or 1) < _FAR


def _sounds(left: Token, right: Token, least: float) -> float:
    """Weigh sounds against consonants; what all servants of God share is no likeness."""
    cut = len(_SERVANT) if left.plain[:3] == right.plain[:3] == _SERVANT else 0
    slip = _slip(left.plain[cut:], right.plain[cut:])
    if slip and _begins_otherwise(left.plain, right.plain):
        slip = 0.0
    coarse = _nearest(left.skeletons, right.skeletons, cut)
    if 0.6 + 0.4 * coarse < least:
        return slip
    return max(0.6 * _nearest(left.folds, right.folds, cut) + 0.4 * coarse, slip)


def _nearest(ones: tuple[str, ...], others: tuple[str, ...], cut: int) -> float:
    """Give the likeness of the two most alike, letters that all have cut off."""
    if cut:
        ones = tuple(one[cut:] for one in ones)
        others = tuple(other[cut:] for other in others)
    if len(ones) * len(others) < _MANY:
        return max(OSA.normalized_similarity(one, other) for one in ones for other in others)
    every = process.cdist(ones, others, scorer=OSA.normalized_similarity, dtype=np.float64)
    return float(every.max())


def _slip(one: str, other: str) -> float:
    """Forgive one wrong, missing, doubled or swapped letter, the more of a longer word."""
    longer = max(len(one), len(other))
    if longer < _SHORT or OSA.distance(one, other, score_cutoff=1) > 1:
        return 0.0
    return _ONE_SLIP[min(longer, len(_ONE_SLIP)) - 1]


def _begins_otherwise(one: str, other: str) -> bool:
    """Say whether one of two short words has a consonant before the other: Ryan is not Bryan.

    A first h or y is often not written.
    """
    short, long = sorted((one, other), key=len)
    if len(short) == len(long) or len(long) > _SHORT_WORD or long[0] in _OFTEN_LEFT_OUT:
        return False
    return long[1:] == short and long[0] != short[0]


def _servant(left: Token, right: Token) -> float:
    """Let Abdul Hanif meet Hanif."""
    for one, other in ((left, right), (right, left)):
        if one.plain[:3] == "abd" != other.plain[:3] and one.plain[3:] == other.plain:
            return SERVANT
    return 0.0


def _bare(one: str, other: str) -> float:
    """See whether one word is the other without its vowels, letter by letter."""
    if one[:1] != other[:1] or min(len(one), len(other)) < _SHORT - 1:
        return 0.0
    short, long = (other, one) if len(other) < len(one) else (one, other)
    if short[1:] != long[1:].translate(_NO_VOWEL):
        return 0.0
    return NO_VOWELS if len(short) >= _SHORT else FEW_CONSONANTS


def _shortened(left: Token, right: Token) -> float:
    """See whether one is the beginning of the other, or the other without its vowels."""
    one, other = sorted((left.plain, right.plain), key=len)
    if len(one) >= _SHORT and len(one) * 20 > len(other) * 11 and other.startswith(one):
        return BEGINNING
    bare = not _VOWELS.intersection(one[1:]) or not _VOWELS.intersection(other[1:])
    if not bare or len(one) < _SHORT - 1 or _SERVANT in (one, other):
        return 0.0
    if like := _bare(left.plain, right.plain):
        return like
    bones = {skeleton.removeprefix("a") for skeleton in left.skeletons}
    if max(map(len, bones)) < _FEWEST_CONSONANTS or _has_a_vowel_more(one, other):
        return 0.0
    apart = bones.isdisjoint(skeleton.removeprefix("a") for skeleton in right.skeletons)
    if apart and one.translate(_NO_VOWEL) != other.translate(_NO_VOWEL):
        return 0.0
    return NO_VOWELS if len(one) >= _SHORT else FEW_CONSONANTS


def _has_a_vowel_more(one: str, other: str) -> bool:
    """Say whether a word without its vowels begins with one that the other has not: Urs, Rios."""
    bare, whole = (other, one) if _VOWELS.intersection(one[1:]) else (one, other)
    return bare[0] in _VOWELS and whole[0] not in _OFTEN_LEFT_OUT


def _syllables(left: Token, right: Token, least: float) -> float:
    if left.system is right.system:
        if left.script == right.script:
            return _characters(left, right)
        if "cyrillic" in (left.script, right.script):
            return _as_heard(left, right)
        return SAME_SOUND if left.plain == right.plain else 0.0
    one, other = (left, right) if left.system is System.SYLLABLES else (right, left)
    if other.system is not System.LETTERS:
        return 0.0
    least = max(least, _EXACT) if one.script == "han" else least
    like = read_as(one.syllables, other.plain, least)
    if other.script != "latin":
        like = max([like, *(read_as(one.syllables, fold, least) for fold in other.folds)])
    elif one.heard and like < SAME_SOUND:
        like = max(like, SAME_SOUND * read_as(one.heard, other.plain, least))
    return like


def _as_heard(left: Token, right: Token) -> float:
    """See whether Korean syllables in Cyrillic letters may be those in Hangul, one by one."""
    one, other = (left, right) if left.script == "cyrillic" else (right, left)
    if other.script != "hangul" or len(one.syllables) != len(other.text):
        return 0.0
    met = all(revised(sign) in ways for sign, ways in zip(other.text, one.syllables, strict=True))
    return SAME_SOUND if met else 0.0


def _characters(left: Token, right: Token) -> float:
    one, other = simplified(left.text), simplified(right.text)
    if left.script == "cyrillic":  # whose letters are no syllables
        return 1.0 if one.casefold() == other.casefold() else 0.0
    if len(one) != len(other):
        return 0.0
    score = 1.0
    for a, b, x, y in zip(one, other, left.syllables, right.syllables, strict=True):
        if a != b:
            score *= SAME_READING if _same_reading(x, y) else 0.0
    return score


def _same_reading(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return left[0] == right[0] != ""


def _abjads(left: Token, right: Token, least: float) -> float:
    if left.script == right.script:
        same = simplified(one_form(left.text)), simplified(one_form(right.text))
        return max(float(OSA.normalized_similarity(*same)), _slip(*same))
    if left.classes and right.classes:
        return 0.0 if left.classes.isdisjoint(right.classes) else SAME_SOUND
    if left.letters and right.letters:
        return float(OSA.normalized_similarity(left.folds[0], right.folds[0]))
    one, other = (left, right) if left.letters else (right, left)
    strict = strictness_of(one)
    cut = len(_SERVANT) if one.text.startswith("عبد") and other.plain.startswith(_SERVANT) else 0
    # most words lack letters of the other; of few are keys looked at, and of fewer all letters
    lacking = not cut and _lacks_letters(one, other, 1.0 - (1.0 - least) / strict)
    # letters that nobody reads here, as Yiddish ones, sound like nothing
    if lacking or not one.letters or not _share_keys(left.keys, right.keys):
        return 0.0
    letters = one.letters[cut:]
    if one.system is System.ABJAD and _ends_otherwise(one.letters, other.folds):
        least = max(least, _LEAST_OF_ABJAD)
    enough = 1.0 - (1.0 - least) / strict
    folds = _without_slavic_j(other)
    if one.system is System.ABJAD and other.plain.endswith("s"):
        # whoever writes Baltic endings does so in no abjad: Nawras is not Nuri
        folds = tuple(fold for fold in folds if fold.endswith("s")) or folds
    heard = 0.0
    # the vowel of a servant's case is no word's first: Abdur Rahman
    silent = cut > 0 and bool(letters) and _VOWELS.isdisjoint(letters[0][0])
    for fold in (*folds, *other.akin):
        rest = fold[cut:].lstrip("aeiou") if silent else fold[cut:]
        heard = max(heard, heard_as(letters, rest, max(enough, heard)))
    like = max(0.0, 1.0 - strict * (1.0 - heard))
    if like < least or (like < SAME_NAME and _is_an_honour(other, one)):
        return 0.0
    most = 0.0 if _is_an_honour(other, one) else ONE_CONSONANT
    return like if _tells(one.letters) else min(like, most)


def strictness_of(heard: Token) -> float:
    """Give how much a letter of a word counts that is not heard, or for one that is syllables."""
    if heard.system is _SYLLABLES:
        return _EXACT if heard.script == "han" else LEAST
    return _STRICT.get(heard.script, _FITTED)


def _lacks_letters(one: Token, other: Token, enough: float) -> bool:
    """Say whether a Latin word lacks so many letters that it is surely not heard as another."""
    if other.akin or other.script != "latin" or not other.text.isascii():
        # folds are not those of these letters alone
        return False
    return not may_be_heard(one, other.plain, enough)


def _share_keys(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Say whether any keys of two words are a little alike; worked out as in `_far`."""
    for one in ones:
        size = len(one)
        for other in others:
            if 1.0 - distance(one, other) / (max(size, len(other)) or 1) >= _NO_KEY:
                return True
    return False


def _ends_otherwise(letters: Units, folds: tuple[str, ...]) -> bool:
    """Say whether one ends in a vowel and the other does not: Kamali is not Kamel.

    A last a or e is often not written in letters.
    """
    sounds = _VOWELS.intersection(letters[-1][0])
    if len(sounds) == len(letters[-1][0]):
        return all(fold[-1:] not in _VOWELS for fold in folds)
    return not sounds and all(fold[-1:] in _WRITTEN for fold in folds)


def _without_slavic_j(word: Token) -> tuple[str, ...]:
    """Give folds but those in which a j is a vowel."""
    if "j" not in word.plain:
        return word.folds
    heard = word.plain.count("j")
    return tuple(f for f in word.folds if sum(map(f.count, "JZC")) >= heard) or word.folds


def _tells(letters: Units) -> bool:
    """Say whether more than one letter is sure to be heard; all else is vowels, and these vary."""
    return sum(cost >= _HEARD for _, cost in letters) > 1

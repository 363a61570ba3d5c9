"""Ways in which two names met that are seldom those of one bearer, where their words are not rare.

What is told here is asked of a search alone, beside what `chance` and `nearly` ask. Words count as
they met: two that were read as one are one, and a father's Abu is none, so that a single other word
that is merely near is not told as the third of three. Numbers were set by invented people held
against real lists, and by names of one bearer that must be told.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from undaunted.engines.names.letters.latin import folds_of, plain
from undaunted.engines.names.pairs.nearly import (
    is_spelt_unlike,
    is_unsure,
    is_western,
    letters_of,
    of_fathers,
    worth,
)
from undaunted.engines.names.words.given import ARABIC_NAMES, classes_of
from undaunted.engines.names.words.romanised import BY_FORMS, BY_INITIAL
from undaunted.engines.names.words.titles import ARTICLES, PARTICLES
from undaunted.engines.names.words.tokens import Role, System

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undaunted.engines.names.pairs.comparing import Reason
    from undaunted.engines.names.words.prepared import Prepared
    from undaunted.engines.names.words.tokens import Token

__all__ = ["is_seldom_one"]

_MOSTLY, _COMMON, _RATHER, _OF_THREE = 0.6, 0.64, 0.675, 0.7
_RARE, _RARER, _FORMS, _RAREST = 0.75, 0.8, 0.85, 0.9
_TWO, _THREE = 2, 3
_FAR, _FARTHER, _FARTHEST, _FAR_OF_WESTERN = 0.9, 0.85, 0.76, 0.7
"""Below this likeness a word was far; so beside an initial, beside one other word alone, and beside
two of which one is a given name of Western Europe."""
_CUT, _CUT_OF_FORM = 3, 2
"""Letters that a word lacks at least to be another that begins so, and not one cut short."""
_FEW_LETTERS = 0.6
"""Up to this likeness of letters no slip of the pen makes one word the other."""
_BY_CUSTOM = 0.95
"""How alike words are that a custom of writing makes one."""
_PARTICLES = PARTICLES - ARTICLES - frozenset({"and", "et", "the", "und", "y"})
"""What stands before families' names alone."""
_FATHERS = frozenset({"abu", "abou", "abo", "ابو", "أبو"})
_PATRONYMICS = ("ovich", "evich", "ovych", "evych", "ovna", "evna", "ivna")
_OF_MEN = (("ov", "ev"), ("in", "yn"))
"""How families' names of Slavs end, to which a woman's has an a besides."""
_ENDINGS = (
    *("enko", "skaya", "skiy", "sky", "ski", "ovich", "evich", "ovic", "evic", "ova", "eva", "ov"),
    *("ev", "ina", "ich", "ic", "ko", "adze", "shvili", "nen", "son", "sen", "mann", "berg"),
)
"""How families' names end in many languages, the longer ones first."""
_FEW_OF_STEM = 0.67
"""Up to this likeness of letters words before such an ending are others."""
_SHORT_FORM = 0.86
"""How alike a given name and a short form of it are."""
_OF_SONS = ("ic", "ich")
_OF_FAMILIES = ("ov", "ova", "ev", "eva", "in", "ina")
_OF_SPAIN = ("rez", "lez", "dez", "nez", "pez", "guez", "quez")
_LONG = 5
"""Letters of a family's name in -ez at least."""
_VOWELS = frozenset("aeiou")
_is_vowel = _VOWELS.__contains__
_FIRST_SIGN = "\u05d0"
"""The first letter of Hebrew, behind which those of Arabic stand."""
_OF_WOMEN, _BEHIND_IT = frozenset("הة"), frozenset("aeiouhty")
"""Last letters of women's names, and Latin ones that they are written by."""
_NEVER_SO = {"w": "فڤ", "s": "زژ"}
"""By first letters of Latin words those of others that they are not written for."""
_END_IN_A = frozenset("اىةهآأإعئءیيےھہوאהעיו")
"""Last letters of an Arabic or Hebrew word that a Latin one in -a may end in."""


def is_seldom_one(
    met: list[Reason],
    over: list[Reason],
    name: Prepared,
    other: Prepared,
    telling: Callable[[Sequence[Token]], float],
) -> bool:
    """Say whether words that met so tell too little, where those `over` are left over.

    ``telling`` gives how telling words are on the list, 0 to 1, 1 where nobody else has them.
    """
    systems = {token.system for token in (*name.tokens, *other.tokens)}
    if System.SYLLABLES in systems or name.squashed == other.squashed:
        return False
    if _by_their_initial(met, name, other, telling):
        return True
    unsure, words = [one for one in met if is_unsure(one)], _words(met, over)
    if System.ABJAD in systems:
        least = _by_consonants(unsure, over, words, {name.script, other.script})
    elif words == _TWO:
        least = _by_two(met, unsure, over, name, other)
    elif words == _THREE:
        least = _by_three(met, unsure, name, other)
    else:
        return False
    return least > 0 and worth(met, name, other, telling) < least


def _by_their_initial(
    met: list[Reason],
    name: Prepared,
    other: Prepared,
    telling: Callable[[Sequence[Token]], float],
) -> bool:
    """Say whether a listed initial met a whole word, beside one other word that many bear.

    Whoever asks by an initial wants all whom it may mean; a list that has but one means somebody
    else by it, mostly.
    """
    rest = [one for one in met if one.by != BY_INITIAL]
    if len(rest) != 1 or len(met) == 1 or any(t.role is Role.INITIAL for t in name.tokens):
        return False
    return worth(rest, name, other, telling) < _RARE


def _words(met: list[Reason], over: list[Reason]) -> int:
    """Count words of the shorter name, as they met."""
    told = sum(one.left.lower() not in _FATHERS for one in met)
    left = sum(bool(one.left) for one in over)
    return told + min(left, len(over) - left)


def _by_consonants(
    unsure: list[Reason], over: list[Reason], words: int, scripts: set[str]
) -> float:
    """Ask more where letters leave vowels out: of two words, and where both names have others.

    In one script a far word is a slip of the pen.
    """
    if words != _TWO:
        return _COMMON if len({one.ground for one in over}) > 1 else 0.0
    far = len(scripts) > 1 and any(one.likeness < _FAR for one in unsure)
    if far or (unsure and "devanagari" in scripts):
        return _RAREST
    as_one = any((" " in one.left) != (" " in one.right) for one in unsure)
    return _RARE if as_one or any(map(_ends_otherwise, unsure)) else 0.0


def _ends_otherwise(one: Reason) -> bool:
    """Say whether one word alone ends in an a, or as a woman's does: Wisam is not Usama.

    Or whether one begins with an F or a Z, which nobody writes as a W or an S.
    """
    latin, letters = (one.left, one.right) if one.left.isascii() else (one.right, one.left)
    last, sign = latin[-1:].lower(), letters[-1:]
    if sign < _FIRST_SIGN:
        return False
    if letters.removeprefix("ال")[:1] in _NEVER_SO.get(latin[:1].lower(), ""):
        return True
    return sign not in _END_IN_A if last == "a" else sign in _OF_WOMEN and last not in _BEHIND_IT


def _by_two(
    met: list[Reason], unsure: list[Reason], over: list[Reason], name: Prepared, other: Prepared
) -> float:
    """Ask more of two words in letters that write each sound, the most that any way asks."""
    if any(map(_is_after_a_particle, met, repeat(name), repeat(other))):
        return _RAREST
    called = name.script == other.script and any(map(_is_called_so, met))
    if not unsure:
        return _RARE if called else 0.0
    besides = bool(over) and not of_fathers(over, name, other)
    if _are_others(unsure, name, other, besides=besides):
        return _RAREST
    by_families = _by_families(met, unsure, name, other, besides=besides)
    return max(by_families, _by_forms(unsure, name, other, besides=besides))


def _is_called_so(one: Reason) -> bool:
    """Say whether a given name met what its bearers are called for short, as all of many do."""
    return one.by == BY_FORMS and one.likeness == _SHORT_FORM


def _by_families(
    met: list[Reason], unsure: list[Reason], name: Prepared, other: Prepared, *, besides: bool
) -> float:
    """Ask more where a word is likely another family's, or stands beside one that is spelt once."""
    otherwise = any(map(_is_spelt_otherwise, unsure)) and not any(map(_is_arabic, met))
    if otherwise or any(_of_spain(one) and plain(one.right).endswith(_OF_SPAIN) for one in unsure):
        return _FORMS
    sure = [one for one in met if one not in unsure]
    women = len(unsure) == 1 and all(letters_of(name, one.left).endswith("a") for one in sure)
    if not women and any(map(_is_a_womans, unsure, repeat(name), repeat(other))):
        return _FORMS
    if (name.script != other.script and besides) or any(map(_of_spain, sure)):
        return _RARER
    written = any(map(_is_in_cyrillic, unsure, repeat(name), repeat(other)))
    return _RARE if written or _has_a_particle(name) != _has_a_particle(other) else 0.0


def _are_others(unsure: list[Reason], name: Prepared, other: Prepared, *, besides: bool) -> bool:
    """Say whether words that are near are other words, though they sound alike."""
    as_one = any(" " in one.left + one.right for one in unsure)
    if as_one and "devanagari" in {name.script, other.script}:
        # each word is read in several ways, and two as one in more
        return True
    if any(map(_is_a_mothers, unsure, repeat(name), repeat(other))):
        return True
    if any(map(_is_of_another_stem, unsure, repeat(name), repeat(other))):
        return True
    begun = len(unsure) > 1 and any(_lacks(one, name, other) >= _CUT for one in unsure)
    if begun or any(map(_is_farthest, unsure)):
        return True
    return besides and any(map(_is_a_fathers, unsure, repeat(name), repeat(other)))


def _by_forms(unsure: list[Reason], name: Prepared, other: Prepared, *, besides: bool) -> float:
    """Ask more of forms of a name that are spelt otherwise, and of two in another script."""
    across = name.script != other.script
    forms = [one for one in unsure if across or one.by == BY_FORMS]
    unlike = not across and any(map(is_spelt_unlike, forms))
    if (across and len(unsure) > 1) or (besides and unlike):
        return _RATHER
    short = any(_lacks(one, name, other) >= _CUT_OF_FORM for one in forms)
    if short and across:
        return _RARE
    return _MOSTLY if unlike or short else 0.0


def _by_three(met: list[Reason], unsure: list[Reason], name: Prepared, other: Prepared) -> float:
    """Ask more of three words, where several are near or one is and another an initial."""
    initial = any(one.by == BY_INITIAL and one.likeness < _FAR for one in met)
    if initial and any(one.likeness < _FARTHER for one in unsure):
        return _RAREST
    if is_western(met) and any(one.likeness < _FAR_OF_WESTERN for one in unsure):
        return _OF_THREE
    if any(map(_of_spain, met)) and any(one.likeness < _FARTHER for one in unsure):
        return _OF_THREE
    across = name.script != other.script
    if across and len(unsure) > 1 and any(_is_of_family(one, name, other) for one in unsure):
        return _FORMS
    return 0.0


def _is_after_a_particle(one: Reason, name: Prepared, other: Prepared) -> bool:
    """Say whether an initial is no initial, but a family's name behind a particle: de la O."""
    if one.by != BY_INITIAL or one.likeness >= _FAR:
        return False
    short = name if len(one.left) == 1 else other
    return short.tokens[-1].role is Role.INITIAL and _has_a_particle(short)


def _is_farthest(one: Reason) -> bool:
    return one.likeness < _FARTHEST and " " not in one.left + one.right


def _is_a_fathers(one: Reason, name: Prepared, other: Prepared) -> bool:
    """Say whether a word met a patronymic: the family's name is another's, then."""
    words = [word for word in (one.left, one.right) if _is_patronymic(word, (name, other))]
    return bool(words)


def _is_patronymic(word: str, names: tuple[Prepared, ...]) -> bool:
    told = {
        shown: token
        for name in names
        for shown, token in zip(name.shown, name.tokens, strict=True)
        if token.role is Role.PATRONYMIC
    }
    return word in told and told[word].plain.endswith(_PATRONYMICS)


def _of_spain(one: Reason) -> bool:
    """Say whether a word is a family's name in -ez, beside which a near word is another's."""
    word = plain(one.left)
    return len(word) >= _LONG and word.endswith(_OF_SPAIN)


def _is_in_cyrillic(one: Reason, name: Prepared, other: Prepared) -> bool:
    """Say whether words are near in one Cyrillic script, which spells neither by the ear."""
    written_so = name.script == other.script == "cyrillic"
    return written_so and one.by != BY_FORMS and one.likeness < _BY_CUSTOM


def _has_a_particle(name: Prepared) -> bool:
    return any(word.lower() in _PARTICLES for word in name.asides)


def _is_a_womans(one: Reason, name: Prepared, other: Prepared) -> bool:
    """Say whether one word is a woman's family's name and the other the men's of her family.

    Women are called by theirs abroad, but no man by a woman's.
    """
    words = letters_of(name, one.left), letters_of(other, one.right)
    return any(
        man.endswith(ends) and woman.endswith(tuple(f"{end}a" for end in ends))
        for ends in _OF_MEN
        for man, woman in (words, words[::-1])
    )


def _is_a_mothers(one: Reason, name: Prepared, other: Prepared) -> bool:
    """Say whether one word is a woman's family's name and the other a son's of another family."""
    words = letters_of(name, one.left), letters_of(other, one.right)
    return any(
        son.endswith(_OF_SONS) and woman.endswith(("ova", "eva"))
        for son, woman in (words, words[::-1])
    )


def _is_of_another_stem(one: Reason, name: Prepared, other: Prepared) -> bool:
    """Say whether words end alike as families' names do, behind other vowels: Titova, Tutova.

    What many families' names end in makes them near, but tells none.
    """
    words = letters_of(name, one.left), letters_of(other, one.right)
    end = next((end for end in _ENDINGS if words[0].endswith(end)), "")
    if one.by == BY_FORMS or not end or not words[1].endswith(end):
        return False
    left, right = (word.removesuffix(end).replace("y", "i") for word in words)
    if OSA.normalized_similarity(left, right) > _FEW_OF_STEM:
        return False
    return "".join(filter(_is_vowel, left)) != "".join(filter(_is_vowel, right))


def _is_of_family(one: Reason, name: Prepared, other: Prepared) -> bool:
    """Say whether a family's name was made of the other word: Martin is not Martinov."""
    short, long = sorted((letters_of(name, one.left), letters_of(other, one.right)), key=len)
    return bool(short) and long.startswith(short) and long[len(short) :] in _OF_FAMILIES


def _lacks(one: Reason, name: Prepared, other: Prepared) -> int:
    """Give how many letters a word goes on that begins with all of the other; 0 where none does.

    Marko is not Markovic, and Alex may be Aleksei.
    """
    words = letters_of(name, one.left), letters_of(other, one.right)
    short, long = sorted((word.replace("x", "ks") for word in words), key=len)
    return len(long) - len(short) if short and long.startswith(short) else 0


def _is_spelt_otherwise(one: Reason) -> bool:
    """Say whether words with all their vowels share few letters, however they sound."""
    left, right = plain(one.left), plain(one.right)
    if one.likeness >= _FAR or " " in left + right:
        return False
    if _VOWELS.isdisjoint(left[1:]) or _VOWELS.isdisjoint(right[1:]):
        return False
    return float(OSA.normalized_similarity(left, right)) <= _FEW_LETTERS


def _is_arabic(one: Reason) -> bool:
    words = (one.left, one.right)
    return any(not ARABIC_NAMES.isdisjoint(classes_of(folds_of(plain(word)))) for word in words)

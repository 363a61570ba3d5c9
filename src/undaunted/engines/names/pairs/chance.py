"""How telling words must be by the way they met: which meetings are mostly those of other people.

What is told here is asked of a search alone, beside what a search asks itself (`lists.searching`):
many invented people were held against real lists, and what let another person's name through was
looked at by kind. A name that is rare enough on the list is told all the same, and whatever is
known besides counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.engines.names.letters.latin import folds_of, plain
from undaunted.engines.names.words.given import ARABIC_NAMES, classes_of
from undaunted.engines.names.words.romanised import BY_FORMS, BY_INITIAL
from undaunted.engines.names.words.tokens import Role, System
from undaunted.engines.names.words.western import WESTERN

if TYPE_CHECKING:
    from undaunted.engines.names.pairs.comparing import Reason
    from undaunted.engines.names.words.prepared import Prepared

__all__ = ["ALPHABETS", "least_by_kind"]

_SURE = 0.96
"""From here on a word is the other, spelt otherwise."""
_NEVER = 2.0
_RARE, _RARER, _RAREST = 0.75, 0.8, 0.9
_IF_FORM, _OF_COMMON = 0.85, 0.62
_FORM = 0.935
"""Up to this likeness a given name is not spelt alike but another form."""
_SHORT_FORM = 0.86
"""How alike a given name and a short form of it are."""
_NEAR, _NEAR_BESIDE_A_FORM = 0.905, 0.88
_AS_ONE = 0.95
"""How alike words read as one are at least to a name of one word."""
_BARE, _OF_THREE = 2, 3
ALPHABETS = frozenset({"latin", "cyrillic", "greek", "armenian", "georgian"})
"""Scripts that write each sound of their languages, or nearly."""
_CUT = 3
"""Letters that a word lacks at least to be the beginning of another, and not one cut short."""


def least_by_kind(met: list[Reason], over: list[Reason], name: Prepared, other: Prepared) -> float:
    """Give how telling words must be by how they met, where those `over` are left over.

    0 where nothing is asked by the way of meeting; beyond 1 where no word tells enough. Nothing is
    asked of names that are the same but for where their words are parted.
    """
    tokens = (*name.tokens, *other.tokens)
    sizes = len(name.tokens), len(other.tokens)
    unsure = [one for one in met if one.likeness < _SURE and one.by != BY_INITIAL]
    consonants = any(token.system is System.ABJAD for token in tokens)
    if not consonants and _in_one_word(unsure, name, other):
        return _NEVER
    if name.squashed == other.squashed:
        return 0.0
    least = _RARE if any(map(_by_first_letters, unsure)) else 0.0
    if not all(token.script in ALPHABETS for token in tokens):
        least = max(least, _across_writing(met, unsure, over, name, other))
    if min(sizes) == _BARE:
        least = max(least, _of_two_words(met, unsure, over))
    if unsure and _is_western(met) and not _by_short_forms(met):
        beside = _RAREST if over else _RARER
        least = max(least, beside if min(sizes) == _BARE else _RARE if over else 0.0)
    return least


def _in_one_word(unsure: list[Reason], name: Prepared, other: Prepared) -> bool:
    """Say whether words of one name, read as one, are merely near the only word of the other.

    Abdul Haq is read as one, but is two words as written.
    """
    short, long = sorted((name, other), key=lambda one: len(one.tokens))
    if not len(short.tokens) == 1 < len(long.tokens) or " " in short.shown[0]:
        return False
    return any(one.likeness < _AS_ONE for one in unsure)


def _by_first_letters(one: Reason) -> bool:
    """Say whether a word met the first letters of some: Sá is hardly Sanchez Arellano."""
    short, long = sorted((one.left, one.right), key=len)
    words = long.split()
    return len(words) == len(short) > 1 and " " not in short


def _across_writing(
    met: list[Reason], unsure: list[Reason], over: list[Reason], name: Prepared, other: Prepared
) -> float:
    """Ask more where signs leave vowels out, are fitted to sounds, or are syllables."""
    tokens = (*name.tokens, *other.tokens)
    initial = any(one.by == BY_INITIAL for one in met)
    if initial and len(other.tokens) <= _OF_THREE and _has_initial(other):
        return _RARE
    several = len(unsure) > 1
    far = any(one.likeness < _NEAR for one in unsure)
    if any(token.system is System.SYLLABLES for token in tokens):
        return _RARER if several or far else 0.0
    if min(len(name.tokens), len(other.tokens)) != _BARE or not unsure:
        return 0.0
    far &= any(token.system is System.ABJAD for token in tokens)
    return _RARE if over or several or far else 0.0


def _has_initial(name: Prepared) -> bool:
    return any(token.role is Role.INITIAL for token in name.tokens)


def _of_two_words(met: list[Reason], unsure: list[Reason], over: list[Reason]) -> float:
    """Ask more of a name of two words, where one is another form or begins the other's alone."""
    begun = [one for one in unsure if _begins(one, over)]
    if begun and len(met) > len(begun):
        return _IF_FORM
    forms = [one for one in unsure if one.by == BY_FORMS and one.likeness <= _FORM]
    beside = min((one.likeness for one in met if one not in forms), default=1.0)
    if over or not forms or beside >= _NEAR:
        return 0.0
    if not all(_is_arabic(one.left) for one in forms):
        return _IF_FORM
    return _OF_COMMON if beside < _NEAR_BESIDE_A_FORM else 0.0


def _begins(one: Reason, over: list[Reason]) -> bool:
    """Say whether one word is the beginning of a longer one and no more: Barr is not Barrera.

    What it lacks may be a word of its own: Gholam Reza is Gholamreza.
    """
    short, long = sorted((plain(one.left), plain(one.right)), key=len)
    if not short or len(long) - len(short) < _CUT or not long.startswith(short):
        return False
    return all(long[len(short) :] != plain(rest.left or rest.right) for rest in over)


def _is_arabic(word: str) -> bool:
    return not ARABIC_NAMES.isdisjoint(classes_of(folds_of(plain(word))))


def _is_western(met: list[Reason]) -> bool:
    return any(plain(word) in WESTERN for one in met for word in (one.left, one.right))


def _by_short_forms(met: list[Reason]) -> bool:
    """Say whether all that is unsure is what a name is called for short: Tony is an Antoine."""
    return all(
        one.likeness == 1.0 or (one.by == BY_FORMS and one.likeness == _SHORT_FORM) for one in met
    )

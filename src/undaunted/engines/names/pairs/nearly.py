"""How telling words must be that are merely near the other name's: chance meets many of those.

What is told here is asked of a search alone, beside what `chance` asks. A name is as rare as its
words, but a meeting that is merely near is worth what the commoner of both sides is: whoever is
asked for by a rare word that is spelt nearly as a common one meets all who bear that. Numbers were
set by invented people held against real lists, and by names of one bearer that must be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from undaunted.engines.names.letters.latin import plain
from undaunted.engines.names.pairs.chance import ALPHABETS
from undaunted.engines.names.words.romanised import BY_FORMS, BY_INITIAL
from undaunted.engines.names.words.tokens import Role, System
from undaunted.engines.names.words.western import WESTERN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undaunted.engines.names.pairs.comparing import Reason
    from undaunted.engines.names.words.prepared import Prepared
    from undaunted.engines.names.words.tokens import Token

__all__ = [
    "is_spelt_unlike",
    "is_unsure",
    "is_western",
    "letters_of",
    "nearly_by_chance",
    "of_fathers",
    "worth",
]

_SURE = 0.96
"""From here on a word is the other, spelt otherwise."""
_SHORT_FORM = 0.86
"""How alike a given name and a short form of it are."""
_NOT_MOST, _COMMON, _RATHER = 0.615, 0.645, 0.7
_RARE, _RARER, _FORMS, _RAREST = 0.75, 0.8, 0.85, 0.9
_BARE, _OF_THREE = 2, 3
_BY_VOWELS = 0.93
"""Below this likeness words without short vowels differ by a sound that is written."""
_FAR, _FAR_OF_THREE = 0.9, 0.8
_SLIP = 0.875
"""Below this likeness letters of a word are not one wrong letter of a long one."""
_SHORT = 5
_UNLIKE = 0.6
"""Below this likeness of letters two forms of a name are no spellings of each other."""
_MADE_OF = ("ov", "ova", "ev", "eva", "in", "ina", "es", "ez", "ky", "ski", "sky")
"""What makes a family's name of another's, or of a given name."""
_SON = ("ic", "ich")
_OFTEN_LEFT_OUT = frozenset({Role.PATRONYMIC, Role.INITIAL})
_VOWELS = frozenset("aeiou")
_HEARD_AS_VOWELS = frozenset("اآأإئعهحويیھ")
"""First letters of an Arabic word that a Latin one with a first vowel may begin with."""
_HELD_TOGETHER = ALPHABETS | {"arabic", "hebrew", "devanagari"}
"""Scripts whose words are held to those of another by more than their rough sound."""
_LOOSE = frozenset({"thai", "lao", "khmer", "myanmar"})
"""Scripts that tell other languages' sounds roughly."""
_ALIKE = tuple(map(frozenset, ("kqcg", "jyg", "vwbf", "szc", "dtj", "pbf")))
"""First consonants that are written for each other."""


def nearly_by_chance(
    met: list[Reason],
    over: list[Reason],
    name: Prepared,
    other: Prepared,
    telling: Callable[[Sequence[Token]], float],
) -> bool:
    """Say whether words that are merely near tell too little, where those `over` are left over.

    ``telling`` gives how telling words are on the list, 0 to 1, 1 where nobody else has them.
    """
    if name.squashed == other.squashed:
        return False
    unsure = [one for one in met if is_unsure(one)]
    if _by_initials(met, unsure, over, name, other, telling):
        return True
    tokens = (*name.tokens, *other.tokens)
    systems = {token.system for token in tokens}
    if not unsure or System.SYLLABLES in systems:
        return False
    size = min(len(name.tokens), len(other.tokens))
    elsewhere = any(token.script not in _HELD_TOGETHER for token in tokens)
    if System.ABJAD in systems:
        least = _RAREST if elsewhere else _by_consonants(unsure, over, size)
    elif size <= _BARE and any(token.script in _LOOSE for token in tokens):
        least = _RAREST
    elif size == _BARE:
        least = _by_letters(unsure, over, name, other, elsewhere=elsewhere)
        if over and not of_fathers(over, name, other):
            least = max(least, _COMMON)
        if is_western(met) and worth(unsure, name, other, telling) < _RARER:
            return True
    else:
        return False
    return worth(met, name, other, telling) < least


def _by_initials(  # noqa: PLR0913, PLR0917 - as `nearly_by_chance`
    met: list[Reason],
    unsure: list[Reason],
    over: list[Reason],
    name: Prepared,
    other: Prepared,
    telling: Callable[[Sequence[Token]], float],
) -> bool:
    """Say whether an initial met beside a near word, or of a name that has another word besides."""
    initials = [one for one in met if one.by == BY_INITIAL]
    rest = [one for one in met if one.by != BY_INITIAL]
    if not initials or not rest or min(len(name.tokens), len(other.tokens)) > _OF_THREE:
        return False
    if unsure and len(met) == _BARE:
        return worth(rest, name, other, telling) < _RAREST
    more = [one.left if len(one.left) == 1 else one.right for one in initials]
    sides = {bool(one.left) for one in over if not of_fathers([one], name, other)}
    held = {word in name.shown for word in more}
    return (
        len(rest) == 1
        and not sides.isdisjoint(held)
        and (worth(rest, name, other, telling) < _RARER)
    )


def is_unsure(one: Reason) -> bool:
    """Say whether a word is merely near; an initial and a short form are neither near nor far."""
    return one.likeness < _SURE and one.by != BY_INITIAL and one.likeness != _SHORT_FORM


def worth(
    met: list[Reason],
    name: Prepared,
    other: Prepared,
    telling: Callable[[Sequence[Token]], float],
) -> float:
    """Give how telling the words that met are, of the side that tells less."""
    left = [token for one in met for token in _said(name, one.left)]
    right = [token for one in met for token in _said(other, one.right)]
    return min(telling(left or name.tokens), telling(right or other.tokens))


def _said(name: Prepared, words: str) -> tuple[Token, ...]:
    """Give the tokens that a reason shows; none where another reading of the name met."""
    shown = name.shown
    for first in range(len(shown)):
        said = shown[first]
        behind = first + 1
        while len(said) < len(words) and behind < len(shown):
            said += f" {shown[behind]}"
            behind += 1
        if said == words:
            return name.tokens[first:behind]
    return ()


def of_fathers(over: list[Reason], name: Prepared, other: Prepared) -> bool:
    """Say whether words left over are patronymics and initials, which lists often leave out."""
    roles = {
        shown: token.role
        for one in (name, other)
        for shown, token in zip(one.shown, one.tokens, strict=True)
    }
    return all(roles.get(reason.left or reason.right) in _OFTEN_LEFT_OUT for reason in over)


def _by_consonants(unsure: list[Reason], over: list[Reason], size: int) -> float:
    """Ask more where letters leave vowels out, and so many words are near."""
    worst = min(one.likeness for one in unsure)
    if size == _BARE:
        return _by_two_in_consonants(unsure, over, worst)
    if size != _OF_THREE:
        return 0.0
    if over and worst < _FAR:
        return _RARER
    if len(unsure) > 1:
        return _RARE
    # words read as one are long: one slip in them is none in a word
    alone = " " not in unsure[0].left + unsure[0].right
    return _RATHER if alone and worst < _FAR_OF_THREE else 0.0


def _by_two_in_consonants(unsure: list[Reason], over: list[Reason], worst: float) -> float:
    if over or len(unsure) > 1:
        return _RAREST
    if any(map(_begins_with_a_vowel, unsure)):
        return _RARE
    return _NOT_MOST if worst < _BY_VOWELS else 0.0


def _begins_with_a_vowel(one: Reason) -> bool:
    """Say whether one word begins with a vowel that the other has no letter for: Usama, Sami."""
    latin, letters = (one.left, one.right) if one.left.isascii() else (one.right, one.left)
    first = letters.removeprefix("ال")[:1]
    return latin[:1].lower() in _VOWELS and first >= "\u0621" and first not in _HEARD_AS_VOWELS


def _by_letters(
    unsure: list[Reason], over: list[Reason], name: Prepared, other: Prepared, *, elsewhere: bool
) -> float:
    """Ask more of two words in letters that write each sound, by how they are near."""
    worst = min(one.likeness for one in unsure)
    another = any(_is_another_family(one, name, other) for one in unsure)
    if over:
        return _RAREST if elsewhere or another or worst < _SLIP else 0.0
    if elsewhere and any(" " in one.left + one.right for one in unsure):
        return _RAREST
    if worst < _SLIP and (elsewhere or _across(unsure, name, other)):
        return _RARER
    forms = [one for one in unsure if one.by == BY_FORMS]
    several = len(forms) > 1 and any(map(is_spelt_unlike, forms))
    if several or another:
        return _FORMS
    return _RARE if any(map(_begins_otherwise, unsure)) else 0.0


def _across(unsure: list[Reason], name: Prepared, other: Prepared) -> bool:
    """Say whether one word alone is near, and is in another script."""
    return len(unsure) == 1 and name.script != other.script


def is_western(met: list[Reason]) -> bool:
    """Say whether a word that met is a given name of Western Europe or the Americas."""
    return any(plain(word) in WESTERN for one in met for word in (one.left, one.right))


def is_spelt_unlike(one: Reason) -> bool:
    """Say whether two forms of a name share so few letters that neither is a spelling of it."""
    left, right = plain(one.left), plain(one.right)
    return float(OSA.normalized_similarity(left, right)) < _UNLIKE


def _is_another_family(one: Reason, name: Prepared, other: Prepared) -> bool:
    """Say whether one word was made of the other, or both are sons' names: Rasic is not Rosic."""
    left, right = letters_of(name, one.left), letters_of(other, one.right)
    short, long = sorted((left, right), key=len)
    if not short:
        return False
    if long.startswith(short) and long[len(short) :] in _MADE_OF:
        return True
    sons = short.endswith(_SON) and long.endswith(_SON) and one.likeness < _FAR
    return sons and _vowels_of(short) != _vowels_of(long)


def letters_of(name: Prepared, words: str) -> str:
    """Give the plain letters of words that a reason shows."""
    return "".join(token.plain for token in _said(name, words))


def _vowels_of(word: str) -> str:
    return "".join(filter(_VOWELS.__contains__, word))


def _begins_otherwise(one: Reason) -> bool:
    """Say whether one of two short words begins with another consonant: Hahn is not Khan."""
    left, right = plain(one.left), plain(one.right)
    if not left or not right or left[0] == right[0] or max(len(left), len(right)) > _SHORT:
        return False
    first = {left[0], right[0]}
    return first.isdisjoint(_VOWELS) and not any(first <= signs for signs in _ALIKE)

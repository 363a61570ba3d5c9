"""From a word in any script to a token: its romanisations, folds, skeletons and weight."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import product
from sys import intern
from typing import TYPE_CHECKING

from anyascii import anyascii

from undaunted.engines.names.characters import cantonese, han, hangul
from undaunted.engines.names.characters.kana import hepburn
from undaunted.engines.names.letters import abjads
from undaunted.engines.names.letters.akin import akin_to, sounded
from undaunted.engines.names.letters.cyrillic import romanisations
from undaunted.engines.names.letters.devanagari import romanised
from undaunted.engines.names.letters.keys import coarse, coarse_of_abjad
from undaunted.engines.names.letters.latin import bare, folds_of, plain, skeleton_of
from undaunted.engines.names.words.given import COMMON_NAMES, classes_of, is_short, stems_of
from undaunted.engines.names.words.titles import HONORIFICS
from undaunted.engines.names.words.tokens import Role, System, Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.engines.names.characters.syllables import Spellings

__all__ = ["letters_of", "token_heard", "token_of"]

_PATRONYMIC = re.compile(
    "(?:[oae]v|i|e)[iy]?C$|(?:[oaei][vu]n|iCn|inichn|i[SC]n)a$|(?:ogli|oglu|kizi|kyzy)$"
)
_STEM = re.compile("(?:[ioae]{0,4}[oae]v|[ie]{1,4})iC$|(?:[ioae]{0,4}[oaei][vu]n|iCn)a$")
_MOST_FORMS = 9
_MOST_KEYS = 24
_FITTED = frozenset({"han", "hangul", "kana", "thai", "lao", "khmer", "myanmar"})
"""Scripts into which another language's sounds are fitted, or that anyascii spells loosely."""
_STEMS = 10_000
"""Added to the number of a name for the patronymic from it."""


def letters_of(word: str, script: str) -> tuple[str, ...]:
    """Give Latin spellings of a word, the usual one first."""
    return _SPELT.get(script, _by_anyascii)(word)


def _by_anyascii(word: str) -> tuple[str, ...]:
    return (plain(anyascii(word)),)


def _latin(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (plain(word),)
    spelt = [plain(word), bare(word)]
    if "ə" in word.lower():
        # only Azeri has this letter, and c, q and x of its own
        spelt.insert(0, plain(word.lower().translate(_AZERI)))
    return tuple(dict.fromkeys(spelt))


_AZERI = str.maketrans({"c": "j", "q": "g", "x": "kh"})


def _cyrillic(word: str) -> tuple[str, ...]:
    return tuple(spelt for spelt, _ in romanisations(word))


def _greek(word: str) -> tuple[str, ...]:
    low = word.lower()
    sounded = low
    for signs, letters in _GREEK:
        sounded = sounded.replace(signs, letters)
    return tuple(dict.fromkeys((plain(anyascii(sounded)), plain(anyascii(low)))))


_GREEK = (
    ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "ng"), ("ου", "ou"), ("ού", "ou"), ("αυ", "av"),
    ("ευ", "ev"), ("εύ", "ev"), ("αύ", "av"), ("ει", "i"), ("οι", "i"), ("αι", "e"), ("τζ", "tz"),
    ("η", "i"), ("ή", "i"), ("υ", "y"), ("ύ", "y"), ("χ", "h"), ("β", "v"), ("ξ", "x"),
)  # fmt: skip
_SPELT: dict[str, Callable[[str], tuple[str, ...]]] = {
    "latin": _latin,
    "cyrillic": _cyrillic,
    "greek": _greek,
    "devanagari": romanised,
    "hangul": lambda word: (hangul.revised(word),),
    "han": lambda word: (han.pinyin(word),),
    "kana": lambda word: (hepburn(word),),
}


@lru_cache(maxsize=131072)
def token_of(
    word: str,
    script: str,
    role: Role = Role.NAME,
    *,
    syllabic: bool = False,
    scale: float = 1.0,
) -> Token:
    """Make the token of a word; the same arguments give the same object."""
    spelt = letters_of(word, script) if script not in ("arabic", "hebrew") else ()
    if spelt and not any(spelt):
        spelt = (word.casefold(),)
    folds = _folds(spelt) if spelt else _abjad_folds(word)
    system = _system(word, script, syllabic=syllabic)
    akin = akin_to(spelt[0], latin=script == "latin") if role is Role.NAME and spelt else ()
    classes = _classes(word, folds, role)
    sounds = (*folds, *map(sounded, akin))
    named = _classes(word, sounds, role) if akin else classes
    return Token(
        text=word,
        script=script,
        system=system,
        plain=spelt[0] if spelt else anyascii(word).lower(),
        folds=folds,
        skeletons=tuple(dict.fromkeys(intern(skeleton_of(fold)) for fold in folds)),
        role=role,
        weight=scale * _weight(word, folds, role, script),
        letters=_letters(word, spelt, system),
        syllables=_syllables(word, script) if system is System.SYLLABLES else (),
        heard=_heard(word, script) if system is System.SYLLABLES else (),
        classes=classes,
        short=is_short(folds),
        akin=akin,
        keys=(
            *_ways(word, script, sounds, syllabic=syllabic),
            *(intern(f"={number}") for number in sorted(named)),
        ),
    )


@lru_cache(maxsize=8192)
def token_heard(word: str, heard: tuple[tuple[str, ...], ...]) -> Token:
    """Make the token of a word of Korean syllables in other letters, each one of some in Hangul."""
    usual = token_of("".join(signs[0] for signs in heard), "hangul", syllabic=True)
    spelt = [tuple(dict.fromkeys(_of_signs(signs))) for signs in heard]
    if len(heard) == 1:
        ways = spelt[0]
    else:
        ways = tuple(hangul.revised("".join(signs)) for signs in product(*heard))
    keys = dict.fromkeys(key for way in ways for fold in folds_of(way) for key in coarse(fold))
    return replace(
        usual, text=word, script="cyrillic", syllables=tuple(spelt), classes=frozenset(), akin=(),
        keys=tuple(map(intern, keys))[:_MOST_KEYS],
    )  # fmt: skip


def _of_signs(signs: tuple[str, ...]) -> Iterator[str]:
    for sign in signs:
        yield from hangul.spellings(sign)[0]


def _system(word: str, script: str, *, syllabic: bool) -> System:
    if syllabic:
        return System.SYLLABLES
    if script == "kana" and any("\u3041" <= sign <= "\u3096" for sign in word):
        # hiragana writes names of its own language, katakana those of others
        return System.LETTERS
    if script in ("arabic", "hebrew"):
        return System.ABJAD
    return System.FITTED if script in _FITTED else System.LETTERS


def _ways(word: str, script: str, folds: tuple[str, ...], *, syllabic: bool) -> tuple[str, ...]:
    """Give the keys of a word by its sounds."""
    if script in ("arabic", "hebrew"):
        return coarse_of_abjad(abjads.one_form(word), abjads.FIRST_SOUNDS)
    heard = _heard(word, script)
    if syllabic and len(word) == 1:
        spelt = (*_syllables(word, script)[0], *(heard[0] if heard else ()))
        ways = tuple(fold for way in spelt for fold in folds_of(way))
    elif script == "han":
        spelt = (han.wade_giles(word), "".join(ways[0] for ways in heard))
        ways = (*folds, *(fold for way in spelt if way for fold in folds_of(way)))
    else:
        ways = folds
    return tuple(dict.fromkeys(intern(key) for fold in ways for key in coarse(fold)))


def _letters(word: str, spelt: tuple[str, ...], system: System) -> abjads.Units:
    if system is System.ABJAD:
        return abjads.units(abjads.one_form(word))
    return abjads.loosely(folds_of(spelt[0])[0]) if system is System.FITTED else ()


def _syllables(word: str, script: str) -> Spellings:
    return hangul.spellings(word) if script == "hangul" else han.spellings(word)


def _heard(word: str, script: str) -> Spellings:
    return cantonese.spellings(word) if script == "han" else ()


def _folds(spelt: tuple[str, ...]) -> tuple[str, ...]:
    found = dict.fromkeys(fold for letters in spelt for fold in folds_of(letters) if fold)
    # one object for a word that is said as it is spelt: a list has thirty thousand
    said = (spelt[0] if fold == spelt[0] else fold for fold in found)
    return tuple(said)[:_MOST_FORMS] or (spelt[0],)


def _abjad_folds(word: str) -> tuple[str, ...]:
    return (abjads.consonants(abjads.one_form(word)),)


def _classes(word: str, folds: tuple[str, ...], role: Role) -> frozenset[int]:
    if role is not Role.PATRONYMIC:
        return classes_of((*folds, abjads.one_form(word)))
    stems = dict.fromkeys(_STEM.sub("", fold) for fold in folds)
    found = stems_of(stems)
    return frozenset(_STEMS + number for number in found) if found else found


def is_patronymic(folds: tuple[str, ...]) -> bool:
    """Say whether a word ends as East Slavic and Turkic patronymics do."""
    return any(_PATRONYMIC.search(fold) for fold in folds)


def _weight(word: str, folds: tuple[str, ...], role: Role, script: str) -> float:
    if role is Role.INITIAL:
        return 0.3
    if word.lower() in HONORIFICS:
        return 0.3
    if role is Role.PATRONYMIC:
        return 0.75
    if role is Role.GENERIC:
        return 0.4
    if script in ("han", "hangul") and len(word) == 1:
        return 0.6
    common = 0.7 if any(fold in COMMON_NAMES for fold in folds) else 1.0
    return common * min(1.2, 0.5 + 0.1 * max(map(len, folds)))

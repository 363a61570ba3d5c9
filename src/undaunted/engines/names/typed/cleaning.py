"""From whatever was typed to words: invisible signs, lookalikes and digits for letters undone.

What was undone is said, since whoever hides a name behind a Cyrillic letter had a reason.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from undaunted.engines.names.errors import NameRefused
from undaunted.engines.names.typed.scripts import script_of, script_of_word

__all__ = ["LONGEST", "Disguise", "as_displayed", "as_latin", "cleaned", "undisguised"]

LONGEST = 1_000
"""Characters beyond which no text is a name."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OVERRIDDEN = re.compile("([\u202d\u202e])([^\u202a-\u202e]{1,1000})")
_DROPPED = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670]"
)
"""Vowel points of Hebrew and Arabic, and the stroke that stretches a word: names do without."""
_APOSTROPHES = re.compile(
    "['\u2018\u2019\u02bb\u02bc\u02be\u02bf\u02b9\u02ba\u02c8`\u00b4\u2032\u05f3\u05f4\ua78c]"
)
_LIKE_LATIN = dict(
    zip(
        "аеорсухіјѕһԁԛԝкмтвнАЕОРСУХІЈЅКМТВНαοενιρτυκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijshdqwkmtbhAEOPCYXIJSKMTBHaoeviptukABEZHIKMNOPTYX",
        strict=True,
    )
)
_LIKE_CYRILLIC = dict(
    zip(
        "aeopcyxijskmtbhĸAEOPCYXIJSKMTBHëïáéóËÏÁÉÓ",
        "аеорсухіјѕкмтвнкАЕОРСУХІЈЅКМТВНёїаеоЁЇАЕО",
        strict=True,
    )
)
_LETTER_FOR_DIGIT = str.maketrans("01345789$@!", "oieastbgsai")


class Disguise(StrEnum):
    """What hid a name from a plain comparison."""

    INVISIBLE = "invisible"
    """Signs that take no place, such as a zero-width joiner."""
    DIRECTION = "direction"
    """Controls that turn the direction of writing."""
    LOOKALIKE = "lookalike"
    """A letter of another script that looks the same."""
    DIGIT = "digit"
    """A digit that stands for a letter."""
    SPACED = "spaced"
    """Letters of a word written apart."""


def cleaned(text: str) -> tuple[str, frozenset[Disguise]]:
    """Give the text without what nobody sees, and what that was; refuse what is no name."""
    if len(text) > LONGEST:
        raise NameRefused(f"a name has at most {LONGEST:,} characters, this has {len(text):,}")
    if text.isascii() and text.isprintable():
        kept, found = text.replace("'", "").replace("`", ""), frozenset[Disguise]()
    else:
        kept, found = _visible(text)
    if not any(map(str.isalnum, kept)):
        raise NameRefused("a name has at least one letter or digit; this has none")
    return kept, found


def _visible(text: str) -> tuple[str, frozenset[Disguise]]:
    found, kept = set(), []
    for character in unicodedata.normalize("NFKC", text):
        if character in _BIDI:
            found.add(Disguise.DIRECTION)
        elif character in "\t\n\r\x0b\x0c\x85":
            kept.append(" ")
        elif unicodedata.category(character) in _DROPPED:
            found.add(Disguise.INVISIBLE)
        else:
            kept.append(character)
    return _POINTS.sub("", _APOSTROPHES.sub("", "".join(kept))), frozenset(found)


def as_displayed(text: str) -> str:
    """Give a text with what stands behind an override of direction as a reader sees it."""
    return _OVERRIDDEN.sub(_turned, text)


def _turned(found: re.Match[str]) -> str:
    """Give a run in the direction to which its sign turns letters of the other."""
    sign, run = found[1], found[2]
    against = {"L"} if sign == "\u202e" else {"R", "AL"}
    return run[::-1] if any(unicodedata.bidirectional(c) in against for c in run) else run


def undisguised(word: str, *, a_person: bool = False) -> tuple[str, frozenset[Disguise]]:
    """Give a word in one script, lookalikes and digits among letters turned back.

    In a person's name any letter makes a digit one; organisations have codes such as B2B.
    """
    found: set[Disguise] = set()
    if not word.isascii():
        word = _in_one_script(word, found)
    if not word.isalpha() and any(map(str.isalpha, word)):
        turned = word.translate(_LETTER_FOR_DIGIT)
        if turned != word and (a_person or sum(map(str.isalpha, word)) * 2 > len(word)):
            word = turned
            found.add(Disguise.DIGIT)
    return word, frozenset(found)


def _main_script(word: str) -> str:
    """Give Latin where every other letter of a mixed word may pass for a Latin one."""
    others = [c for c in word if c.isalpha() and script_of(c) != "latin"]
    if len(others) < sum(map(str.isalpha, word)) and all(c in _LIKE_LATIN for c in others):
        return "latin"
    return script_of_word(word)


def as_latin(word: str) -> str:
    """Give a word whose letters all may pass for Latin ones in Latin; any other is left."""
    alike = all(c in _LIKE_LATIN or not c.isalpha() for c in word)
    return "".join(_LIKE_LATIN.get(c, c) for c in word) if alike else word


def _in_one_script(word: str, found: set[Disguise]) -> str:
    main = _main_script(word)
    alike = {"latin": _LIKE_LATIN, "cyrillic": _LIKE_CYRILLIC}.get(main)
    if alike is None:
        return word
    turned = "".join(alike.get(c, c) if script_of(c) != main or c == "ĸ" else c for c in word)
    if turned != word:
        found.add(Disguise.LOOKALIKE)
    return turned

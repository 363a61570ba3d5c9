"""By which romanisation, or by what else, two words met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from undaunted.engines.names.letters.cyrillic import romanisations
from undaunted.engines.names.words.tokens import Role, System

if TYPE_CHECKING:
    from undaunted.engines.names.words.tokens import Token

__all__ = ["BY_FORMS", "BY_INITIAL", "written_by"]

BY_INITIAL = "initial"
"""What a reason says of a word that met its first letter alone."""
BY_FORMS = "forms of one name"
"""What a reason says of two given names that neighbours have in languages of their own."""

_BY_SCRIPT = {
    "arabic": "consonants and long vowels",
    "hebrew": "consonants and long vowels",
    "hangul": "Hangul syllables",
    "han": "readings of characters",
    "kana": "Hepburn",
}


def written_by(left: Token, right: Token) -> str:
    """Name the standard by which two words met, or the likeness that let them."""
    if Role.INITIAL in (left.role, right.role):
        return BY_INITIAL
    return _within(left, right) if left.script == right.script else _across(left, right)


def _within(left: Token, right: Token) -> str:
    if left.text.casefold() == right.text.casefold():
        return "as written"
    if not left.classes.isdisjoint(right.classes):
        return BY_FORMS
    return "near spelling" if set(left.folds).isdisjoint(right.folds) else "same sounds"


def _across(left: Token, right: Token) -> str:
    for one, other in ((left, right), (right, left)):
        if one.script == "cyrillic":
            return _standard(one, other)
        if one.system is not System.LETTERS:
            return _BY_SCRIPT.get(one.script, "sounds")
    return "sounds"


def _standard(one: Token, other: Token) -> str:
    spelt = romanisations(one.text)
    return max(spelt, key=lambda way: OSA.normalized_similarity(way[0], other.plain))[1]

"""Other readings of a person's name: Wade-Giles, Asian names in Cyrillic, words turned about.

A reading is compared as the name is, and the best of all counts. It is given where the whole name
may be read so; a word alone tells too little.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from undaunted.engines.names.characters.kontsevich import read_kontsevich
from undaunted.engines.names.characters.palladius import read_palladius
from undaunted.engines.names.characters.polivanov import read_polivanov
from undaunted.engines.names.characters.wade_giles import in_pinyin
from undaunted.engines.names.words.spelling import letters_of, token_heard
from undaunted.engines.names.words.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.engines.names.characters.kontsevich import Syllable
    from undaunted.engines.names.words.prepared import Prepared
    from undaunted.engines.names.words.tokens import Token

__all__ = ["readings_of"]

_UMLAUT, _FOR_IT = "ü", ("yu", "v")
"""How passports and keyboards of China write an ü: Люй is Lü, Lyu and Lv (unverified)."""


_COMMAS = frozenset("،,")
_NEVER_FIRST = frozenset(["الدين", "الدین", "نیا", "نيا", "زاده", "پور", "آباد", "نژاد"])
"""What ends names of Arabs and Persians and begins none."""


def readings_of(name: Prepared, build: Callable[[str], Prepared]) -> list[Prepared]:
    """Give other readings of a name; `build` makes one of Latin words."""
    if name.kind is not Kind.PERSON or any(token.script != name.script for token in name.tokens):
        return []
    if name.script == "latin":
        spelt = in_pinyin(tuple(token.plain for token in name.tokens))
        return [_spelt(name, spelt, "Wade-Giles", build)] if spelt else []
    if name.script == "arabic":
        return _turned_back(name, build)
    return _of_cyrillic(name, build) if name.script == "cyrillic" else []


def _turned_back(name: Prepared, build: Callable[[str], Prepared]) -> list[Prepared]:
    """Give the words in the order they were meant in, where what begins can begin no name.

    Pages set from right to left are often copied with their words from left to right.
    """
    words = name.text.replace("،", " ").replace(",", " ").split()
    turned = name.text[:1] in _COMMAS or words[0] in _NEVER_FIRST
    return [build(" ".join(reversed(words)))] if turned and len(words) > 1 else []


def _of_cyrillic(name: Prepared, build: Callable[[str], Prepared]) -> list[Prepared]:
    words = tuple(token.text for token in name.tokens)
    found = [_heard(name, each) for each in read_kontsevich(words)]
    if spelt := read_palladius(words):
        found.append(_spelt(name, spelt, "Palladius", build))
        if _UMLAUT in "".join(spelt):
            found += [_without_umlaut(found[-1], letters) for letters in _FOR_IT]
    spelt = read_polivanov(words)
    if spelt and any(s not in letters_of(w, "cyrillic") for w, s in zip(words, spelt, strict=True)):
        found.append(_spelt(name, spelt, "Polivanov", build))
    return found


def _spelt(
    name: Prepared, words: tuple[str, ...], by: str, build: Callable[[str], Prepared]
) -> Prepared:
    made = build(" ".join(words))
    shown = name.shown if len(name.shown) == len(made.shown) else made.shown
    return replace(made, by=by, written=shown, asides=name.asides, disguises=name.disguises)


def _without_umlaut(name: Prepared, letters: str) -> Prepared:
    return replace(name, tokens=tuple(_in_other_letters(word, letters) for word in name.tokens))


@lru_cache(maxsize=1024)
def _in_other_letters(word: Token, letters: str) -> Token:
    """Write an ü otherwise, and hear it as before: Lyu is not Liu."""
    if _UMLAUT not in word.text.lower():
        return word
    text = word.text.lower().replace(_UMLAUT, letters)
    return replace(word, text=text, plain=text)


def _heard(name: Prepared, syllables: tuple[Syllable, ...]) -> Prepared:
    """Give a name in Korean syllables, those of the given name as one word."""
    first, *others = (token.text for token in name.tokens)
    tokens = token_heard(first, syllables[:1]), token_heard("".join(others), syllables[1:])
    return replace(
        name, tokens=tokens, by="Kontsevich", family=frozenset(), fathers=frozenset(),
        written=(name.shown[0], " ".join(name.shown[1:])),
    )  # fmt: skip

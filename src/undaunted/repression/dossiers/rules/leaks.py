"""Names of people who suffered something must not stand in what is written about it.

Victims appear as "Person 1" in every paper; who they are lies in the sealed annex alone. What
people type may name them all the same, so that every text is held against every name first: word by
word to its end, in any order and script, with an initial or an ending, written together or apart.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from undaunted.core.actors.rules.names import search_form

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

__all__ = ["Word", "fields_naming", "names_in", "plain_text", "runs_of", "word_of"]

_SHORT: Final = 3
"""Letters from which on a word of a name tells something far from the others."""
_NEAR: Final = 2
"""How far two words of a name may stand apart where one of them is short or has an ending."""
_ENDING: Final = 3
_TOGETHER: Final = 7
"""Letters from which on a name that is written as one word is looked for within others."""
_MOST_JOINED: Final = 4
_VOWELS: Final = frozenset("aeiouyаеёиіїоуыэюяє")  # noqa: RUF001 - two scripts
_APOSTROPHES: Final = str.maketrans("", "", "'’ʼ`´")  # noqa: RUF001 - what people type
_PREFIXES: Final = frozenset("وفبلك")
"""And, so, in, to, as: written together with an Arabic word."""
_UNPARTED: Final = (
    "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN",
)  # fmt: skip
"""Scripts that set no blank, or none before a particle, so that no word has an end."""
_PARTICLES: Final = frozenset(
    {"al", "el", "bin", "ben", "bint", "ibn", "abu", "abou", "van", "von", "de", "del", "la", "da"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: the spellings under which it is compared, and the letter it abbreviates."""

    forms: frozenset[str]
    initial: str = ""


@dataclass(slots=True)
class _Reading:
    """A text as words: at which places each spelling stands, by itself and by how it begins."""

    words: list[Word] = field(default_factory=list)
    places: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    begins: defaultdict[str, list[tuple[str, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def names_in(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text names somebody: the whole name, or two of its words."""
    plain = plain_text(text)
    unparted = "".join(plain.split())
    readings = [_read(each) for each in dict.fromkeys(_readings(plain))]
    return any(
        _unparted_in(name, unparted) or any(_is_in(name, each) for each in readings)
        for written in map(plain_text, names)
        for name in dict.fromkeys((written, written.translate(_APOSTROPHES)))
    )


def fields_naming(texts: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    """Give the fields, of those given with their texts, that name somebody."""
    held = tuple(names)
    return tuple(each for each, text in texts.items() if names_in(text, held))


def plain_text(text: str) -> str:
    """Give a text in plain letters, with nothing that is not seen and no sign of an address."""
    seen = unicodedata.normalize("NFKC", unquote(text))
    return "".join(
        " " if sign == "_" else sign for sign in seen if unicodedata.category(sign) != "Cf"
    )


def _readings(text: str) -> Iterator[str]:
    """Give a text as it stands, and as who reads carelessly written names would understand it."""
    yield text
    yield text.translate(_APOSTROPHES)
    yield "".join(
        f" {sign}" if before.islower() and sign.isupper() else sign
        for before, sign in zip(f" {text}", text, strict=False)
    )


def _read(text: str) -> _Reading:
    read = _Reading()
    for place, run in enumerate(runs_of(text)):
        word = word_of(run)
        read.words.append(word)
        for form in word.forms:
            read.places[form].append(place)
            read.begins[form[:2]].append((form, place))
    return read


def runs_of(text: str) -> Iterator[str]:
    """Give runs of letters with their marks."""
    told = (sign if unicodedata.category(sign)[0] in "LM" else " " for sign in text)
    yield from "".join(told).split()


@lru_cache(maxsize=16_384)
def word_of(run: str) -> Word:
    """Give one word with every spelling under which it is compared."""
    parts = [run]
    if len(run) > _SHORT and run[0] in _PREFIXES:
        parts.append(run[1:])
    forms = {form for part in parts for form in (*search_form(part).split(), part.casefold())}
    alone = len(run) == 1 and run != run.lower()
    return Word(frozenset(forms), run if alone else "")


def _is_in(name: str, read: _Reading) -> bool:
    """Tell whether one reading holds the words of a name."""
    words = [word_of(each) for each in runs_of(name)]
    telling = list({each.forms: each for each in words if not each.forms & _PARTICLES}.values())
    if len(telling) < 2:  # noqa: PLR2004 - a name of one word, and what stands before it
        return _stands_in(words, read)
    if _joined_in(telling[:_MOST_JOINED], read):
        return True
    return any(_two_in(one, other, read) for one, other in permutations(telling, 2))


def _two_in(one: Word, other: Word, read: _Reading) -> bool:
    """Tell whether two words of a name stand in a text: anywhere as written, near if bent."""
    here, there = _exact(one, read), _exact(other, read)
    if _near(here, there) or (_long(one) and _long(other) and _apart(here, there)):
        return True
    bent = there | _ending(other, read) | _initials(other, read)
    return _long(one) and _near(here | _ending(one, read), bent)


def _stands_in(words: Collection[Word], read: _Reading) -> bool:
    """Tell whether all words of a short name follow each other as they are written."""
    held = list(words)
    if not held or max(len(form) for each in held for form in each.forms) < _SHORT:
        return False
    return any(
        all(
            place + step < len(read.words) and each.forms & read.words[place + step].forms
            for step, each in enumerate(held)
        )
        for place in sorted(_exact(held[0], read))
    )


def _joined_in(telling: Collection[Word], read: _Reading) -> bool:
    """Tell whether two words of a name are written as one."""
    joined = {
        one + two
        for first, second in permutations(telling, 2)
        for one in first.forms
        for two in second.forms
        if one != two and len(one + two) >= _TOGETHER
    }
    return any(each in form for form in read.places for each in joined if len(form) >= _TOGETHER)


def _unparted_in(name: str, text: str) -> bool:
    """Tell whether a name in a script without blanks stands somewhere, whatever is beside it."""
    signs = "".join(sign for sign in name if unicodedata.category(sign)[0] in "LM")
    if len(signs) < 2 or not _is_unparted(signs):  # noqa: PLR2004 - one sign is a word of its own
        return False
    return signs in "".join(sign for sign in text if unicodedata.category(sign)[0] in "LM")


def _is_unparted(signs: str) -> bool:
    return all(
        unicodedata.name(sign, "").startswith(_UNPARTED)
        for sign in signs
        if unicodedata.category(sign)[0] == "L"
    )


def _exact(word: Word, read: _Reading) -> set[int]:
    return {place for form in word.forms for place in read.places.get(form, ())}


def _ending(word: Word, read: _Reading) -> set[int]:
    """Give where a word stands with another ending."""
    return {
        place
        for form in word.forms
        if len(form) >= _SHORT
        for held, place in read.begins.get(form[:2], ())
        if _is_bent(form, held)
    }


def _is_bent(form: str, held: str) -> bool:
    """Tell whether a word could be a name with the ending of a case."""
    stem = form[:-1] if form[-1] in _VOWELS else form
    if not held.startswith(stem) or len(held) > len(form) + _ENDING:
        return False
    return len(stem) >= _SHORT or (len(held) <= len(form) + 1 and held[len(stem)] in _VOWELS)


def _initials(word: Word, read: _Reading) -> set[int]:
    """Give where a single capital stands for a word."""
    firsts = {form[0] for form in word.forms}
    return {
        place
        for place, each in enumerate(read.words)
        if each.initial and firsts & {form[0] for form in each.forms}
    }


def _long(word: Word) -> bool:
    return max(map(len, word.forms)) >= _SHORT


def _apart(one: set[int], other: set[int]) -> bool:
    return any(each != two for each in one for two in other)


def _near(one: set[int], other: set[int]) -> bool:
    return any(place + step in other for place in one for step in range(-_NEAR, _NEAR + 1) if step)

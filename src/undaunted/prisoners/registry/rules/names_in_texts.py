"""What of a text could name somebody: pairs of words, single names, references, ids.

A text is looked up by its own words, so that nobody has to go through all names. Two words of one
name that stand near each other name a person, in any order and any script that can be spelled in
Latin letters; so does a name of one word, written as it is recorded. Chinese and Japanese names are
found where they are recorded in those signs.
"""

# ruff: noqa: RUF001 - letters of many scripts are the matter here

from __future__ import annotations

import hmac
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from uuid import UUID

from undaunted.core.actors.rules.names import script_of, search_form
from undaunted.prisoners.registry.rules.name_endings import without_ending

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["AskedNames", "asked_names", "naming_mac"]

NEAR: Final = 2
"""How far two words of a name may stand apart: one other word may stand between them."""
SHORT: Final = 4
"""Words with fewer letters name somebody only with a capital, where the script has capitals."""
COMPOUND: Final = 10
"""Letters from which on one word may be two that were written together."""
LONGEST_SIGNS: Final = 6
_REFERENCE: Final = re.compile(r"(?i)\b[A-Z]{2,4}-[0-9A-Z]{3,20}\b")
_ID: Final = re.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_BEHIND: Final = re.compile("['’ʼ][^'’ʼ]*$")
_SIGNS: Final = frozenset({"Hani", "Jpan", "Hang"})
_APOSTROPHES: Final = "'’ʼ"
_DOTS: Final = "·・‧"
_INSIDE: Final = defaultdict(
    lambda: _APOSTROPHES,
    {
        "Arab": f"{_APOSTROPHES}\u200c\u200d",
        "Hani": _DOTS,
        "Jpan": _DOTS,
        "Zyyy": f"{_APOSTROPHES}{_DOTS}",
    },
)
"""Signs that part no word, after a letter of a script."""
_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0"
    "\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
"""Default_Ignorable_Code_Point without category Cf: DerivedCoreProperties.txt of Unicode 16.0.0."""
_FRAMED: Final = {
    first + at: letter
    for first in (0x1F150, 0x1F170, 0x1F1E6)
    for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}
"""Letters in dark circles and squares, and of flags, which NFKC leaves as they are."""
_HYPHENS: Final = re.compile(r"(?<=[^\W\d_])[-\u2010-\u2015\u2212]\s*(?=[^\W\d_])")
_LETTERS: Final = re.compile(r"(?<!\w)(?:[^\W\d_][\W_]{1,3}){3,}[^\W\d_](?!\w)")
_GAPS: Final = re.compile(r"[\W_]+")
_WRITTEN_TOGETHER: Final = frozenset({"Latn", "Cyrl"})
_PARTICLES: Final = frozenset(
    {"al", "el", "bin", "ben", "bint", "ibn", "abu", "abou", "van", "von", "de", "del", "la", "da"}
)


@dataclass(slots=True)
class AskedNames:
    """What is looked up; each value says in which texts it stands, and as which words."""

    pairs: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=dict)
    """Spellings of one word and of another, parted by blanks."""
    wholes: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    references: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    ids: dict[UUID, list[tuple[int, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Word:
    """One word as it stands in the text, and the spellings that names may be stored under."""

    text: str
    forms: frozenset[str]
    wholes: tuple[str, ...] = ()
    within: tuple[str, str] | None = None
    """How it could begin and end with two words of a name."""

    @property
    def begins(self) -> bool:
        """Tell whether it could be the beginning of a name that a gap has parted."""
        return self.text != self.text.lower()


def asked_names(texts: Sequence[tuple[str, str]]) -> AskedNames:
    """Give what texts, each with its language, could name; places count the texts from 0."""
    asked = AskedNames()
    for number, (text, language) in enumerate(texts):
        seen = _UNSEEN.sub("", unquote(text)).translate(_FRAMED)
        plain = unicodedata.normalize("NFKC", seen)
        for found in _REFERENCE.finditer(plain):
            asked.references.setdefault(found[0].upper(), []).append((number, found[0]))
        for found in _ID.finditer(plain):
            asked.ids.setdefault(UUID(found[0]), []).append((number, found[0]))
        for reading in _readings(_ID.sub(" ", plain)):
            _add_words(asked, number, reading, language)
    return asked


def naming_mac(
    binding_key: bytes,
    pairs: Sequence[tuple[str, str]],
    wholes: Sequence[str],
    ids: Sequence[UUID],
) -> bytes:
    """Give the code without which the database looks no text up: SQL alone cannot ask."""
    columns = ([one for one, _other in pairs], [other for _one, other in pairs], wholes, ids)
    told = ("naming", *(",".join(map(str, column)) for column in columns))
    return hmac.digest(binding_key, "|".join(map(str, told)).encode(), "sha256")


def _readings(text: str) -> Iterator[str]:
    """Give a text as it stands, and as who reads carelessly written names would understand it."""
    told = {
        part: None
        for whole in (
            text,
            _camels_apart(text),
            _HYPHENS.sub("", text),
            _LETTERS.sub(lambda found: _GAPS.sub("", found[0]), text),
        )
        for part in whole.split("\f")
    }
    yield from told


def _camels_apart(text: str) -> str:
    """Part words at a capital behind a small letter."""
    return "".join(
        f" {letter}" if before.islower() and letter.isupper() else letter
        for before, letter in zip(f" {text}", text, strict=False)
    )


def _add_words(asked: AskedNames, number: int, text: str, language: str) -> None:
    before: list[_Word] = []
    for run in _runs(text):
        if script_of(run) in _SIGNS:
            for part in _parts(run):
                asked.wholes.setdefault(part.lower(), []).append((number, part))
        word = _word(run, language)
        if word is None:
            continue
        for whole in word.wholes:
            asked.wholes.setdefault(whole, []).append((number, run))
        if word.within is not None:
            asked.pairs.setdefault(word.within, []).append((number, run))
        for other in before[-NEAR:]:
            _add_pair(asked, number, other, word)
        _add_parted(asked, number, before, word, language)
        before.append(word)


def _add_pair(asked: AskedNames, number: int, first: _Word, second: _Word) -> None:
    if first.forms and second.forms and first.forms.isdisjoint(second.forms):
        key = (" ".join(sorted(first.forms)), " ".join(sorted(second.forms)))
        asked.pairs.setdefault(key, []).append((number, f"{first.text} {second.text}"))


def _add_parted(
    asked: AskedNames, number: int, before: Sequence[_Word], word: _Word, language: str
) -> None:
    """Look a word up that a gap may have parted in two, beside the word before or behind it."""
    if len(before) < NEAR:
        return
    one, two = before[-2:]
    if two.begins and (joined := _word(two.text + word.text, language)):
        _add_pair(asked, number, one, replace(joined, text=f"{two.text} {word.text}"))
    if one.begins and (joined := _word(one.text + two.text, language)):
        _add_pair(asked, number, replace(joined, text=f"{one.text} {two.text}"), word)


def _runs(text: str) -> Iterator[str]:
    """Give runs of letters; what cannot be seen is no gap between them."""
    run: list[str] = []
    for letter in f"{text} ":
        kind = unicodedata.category(letter)
        if kind[0] in "LM" or (run and letter in _INSIDE[script_of(run[-1])]):
            run.append(letter)
        elif kind != "Cf" and run:
            yield "".join(run).rstrip(_APOSTROPHES)
            run = []


@lru_cache(maxsize=16_384)
def _word(run: str, language: str) -> _Word | None:
    """Give a word that could be of a name, without spellings if it cannot; None for a particle."""
    if script_of(run) in _SIGNS:
        return _Word(run, frozenset({run.lower()}))
    stems = dict.fromkeys(
        stem.lower()
        for part in (run, _BEHIND.sub("", run))
        for stem in (part, *without_ending(part, language), *_without_s(part))
    )
    forms = {
        form
        for stem in stems
        for form in search_form(stem).split()
        if len(form) > 1 and form not in _PARTICLES
    }
    if not forms:
        return None
    small = run == run.lower() != run.upper()
    if small and len(run) < SHORT:
        return _Word(run, frozenset())
    wholes = () if small else tuple(stem for stem in stems if len(stem) >= SHORT)
    return _Word(run, frozenset(forms), wholes, _within(run, forms))


def _without_s(word: str) -> Iterator[str]:
    """Give a word without the s of a plural or a genitive."""
    if len(word) > SHORT and word[-1] in "sS":
        yield word[:-1]


def _within(run: str, forms: set[str]) -> tuple[str, str] | None:
    """Give how a long word could begin, and how it could end, were it two words of a name."""
    long = sorted(each for each in forms if len(each) >= COMPOUND)
    if not long or script_of(run) not in _WRITTEN_TOGETHER:
        return None
    heads = {each[:at] for each in long for at in range(SHORT, len(each) - SHORT + 1)}
    tails = {each[at:] for each in long for at in range(SHORT, len(each) - SHORT + 1)}
    return " ".join(sorted(heads)), " ".join(sorted(tails - heads))


def _parts(run: str) -> Iterator[str]:
    """Give what could be a whole name within signs that are written without blanks."""
    places = range(len(run))
    for start, size in product(places, range(2, LONGEST_SIGNS + 1)):
        if start + size <= len(run):
            yield run[start : start + size]
    for dot in (at for at in places if run[at] in _DOTS):
        sizes = range(1, LONGEST_SIGNS + 1)
        for left, right in product(sizes, sizes):
            if left <= dot and dot + right < len(run):
                yield run[dot - left : dot + right + 1]

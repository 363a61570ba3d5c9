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
from dataclasses import dataclass, field
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


def asked_names(texts: Sequence[tuple[str, str]]) -> AskedNames:
    """Give what texts, each with its language, could name; places count the texts from 0."""
    asked = AskedNames()
    for number, (text, language) in enumerate(texts):
        plain = unicodedata.normalize("NFKC", unquote(text))
        for found in _REFERENCE.finditer(plain):
            asked.references.setdefault(found[0].upper(), []).append((number, found[0]))
        for found in _ID.finditer(plain):
            asked.ids.setdefault(UUID(found[0]), []).append((number, found[0]))
        _add_words(asked, number, _ID.sub(" ", plain), language)
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
        for other in before[-NEAR:]:
            if word.forms and other.forms and word.forms.isdisjoint(other.forms):
                key = (" ".join(sorted(other.forms)), " ".join(sorted(word.forms)))
                told = f"{other.text} {word.text}"
                asked.pairs.setdefault(key, []).append((number, told))
        before.append(word)


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
        for stem in (part, *without_ending(part, language))
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
    return _Word(run, frozenset(forms), wholes)


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

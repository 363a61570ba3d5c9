"""Does a summary tell what it must not? Names, numbers, days, in every part that people read.

What is looked for comes from the request itself: words of the answers that tell who asks, of
`also`, and figures and days of what is confidential. A word that half of all firms bear tells
nobody; `packs/generic.toml` names those. Nor does the name of a country, except in the name of a
person. Names in another script than they were given in are not found.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules.completeness import hidden
from undaunted.coercion.instruments.rules.fields import request_fields
from undaunted.coercion.instruments.rules.figures import (
    days_in,
    days_of_no_year,
    figures_in,
    is_rare,
)
from undaunted.coercion.instruments.rules.folding import (
    folded,
    spelled_plainly,
    squeezed,
    words_of,
)
from undaunted.coercion.instruments.rules.refusals import SummaryLeaks
from undaunted.coercion.instruments.rules.request import FieldKind
from undaunted.core.places.rules import countries, country_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from undaunted.coercion.instruments.rules.request import Request

__all__ = ["Leak", "Secret", "Secrets", "check_leaks", "leaks", "secrets_of", "secrets_with"]

SHORTEST_WORD, SHORTEST_NAME, SHORTEST_NUMBER, SHORTEST_STEM = 3, 8, 5, 5
LONG, ENDING = 8, 2
"""A word so long is looked for without so many last letters, which languages change."""
CLOSE: Final = Decimal("0.01")
"""A figure that misses the confidential one by so little tells it."""
_NAMED: Final = frozenset({"requester", "contact", "also"})
"""Where even two letters are a name; in an address they are of a street or a district."""
_ENDINGS: Final = ("", "s", "n", "an", "ian", "i", "ese", "ish")
_WORD: Final = re.compile(r"[^\W_]+")
_RUN: Final = re.compile(r"\d(?:[\s().\-/]{0,2}\d)+")
"""Figures as they stand in telephone numbers and registers, parted by little."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One answer that must not be told: where it stands, and its words."""

    place: str
    text: str
    person: bool = False


@dataclass(frozen=True, slots=True)
class Secrets:
    """Everything that a summary must not tell."""

    names: tuple[Secret, ...]
    figures: tuple[tuple[str, Decimal], ...]
    days: tuple[tuple[str, date], ...]
    days_of_no_year: tuple[tuple[str, tuple[int, int]], ...] = ()


@dataclass(frozen=True, slots=True)
class Leak:
    """One place that tells: `found` is what it says, `of` the answer where that stands."""

    place: str
    found: str
    of: str


def secrets_of(request: Request) -> Secrets:
    """Give what a complete request keeps from everybody but the Commission."""
    told = {each.key: request.answers[each.key] for each in request_fields()
            if each.key in request.answers and hidden(each, request)}  # fmt: skip
    kinds = {each.key: each for each in request_fields()}
    people = {"contact"} | ({"requester"} if _is_person(request) else set())
    names = [Secret(key, each.value, key in people) for key, each in told.items()
             if kinds[key].identifies]  # fmt: skip
    names += [Secret("also", each, person=True) for each in request.also]
    figures: list[tuple[str, Decimal]] = []
    texts: list[tuple[str, str]] = []
    for key, answer in told.items():
        kind = kinds[key].kind
        if kind in {FieldKind.AMOUNT, FieldKind.SHARE, FieldKind.COUNT}:
            figures.append((key, Decimal(answer.value)))
        elif not kinds[key].identifies:
            texts.append((key, answer.value))
    texts += [(each.key, f"{each.title} {each.date}") for each in request.evidence
              if each.confidential]  # fmt: skip
    return secrets_with(names, texts, figures)


def secrets_with(
    names: Iterable[Secret],
    texts: Iterable[tuple[str, str]],
    figures: Iterable[tuple[str, Decimal]] = (),
) -> Secrets:
    """Give names and figures with what texts that are confidential tell: rare figures and days."""
    held = tuple(texts)
    rare = [(of, each) for of, text in held for each in figures_in(text) if is_rare(each)]
    return Secrets(
        tuple(names),
        (*figures, *rare),
        tuple((of, each) for of, text in held for each in days_in(text)),
        tuple((of, each) for of, text in held for each in days_of_no_year(text)),
    )


def leaks(secrets: Secrets, parts: Iterable[tuple[str, str]], *, ranges: bool = False
          ) -> tuple[Leak, ...]:  # fmt: skip
    """Look through parts of a text, each with its place; `ranges` are our own, and told exactly."""
    return tuple(leak for place, text in parts for leak in _looked(secrets, place, text, ranges))


def check_leaks(found: Iterable[Leak]) -> None:
    """Raise `SummaryLeaks` with every place that tells, and what to do."""
    problems = [
        f"{each.place}: tells {each.found!r} from {each.of}; leave it out or tell it more broadly"
        for each in dict.fromkeys(found)
    ]
    if problems:
        raise SummaryLeaks(*problems)


def _looked(secrets: Secrets, place: str, text: str, ranges: bool) -> Iterator[Leak]:  # noqa: FBT001 - as above
    looked = _Looked(text)
    for name in secrets.names:
        for found in _told_of(name, looked):
            yield Leak(place, found, name.place)
    if not ranges:
        yield from _told_figures(secrets, place, figures_in(text, apart=True))
    yield from _told_days(secrets, place, text)


def _told_figures(secrets: Secrets, place: str, told: frozenset[Decimal]) -> Iterator[Leak]:
    for of, number in secrets.figures:
        for each in told:
            if number and abs(each - number) <= CLOSE * number:
                yield Leak(place, f"{each.normalize():f}", of)


def _told_days(secrets: Secrets, place: str, text: str) -> Iterator[Leak]:
    whole, part = days_in(text), days_of_no_year(text)
    for of, day in secrets.days:
        if day in whole or (day.month, day.day) in part:
            yield Leak(place, day.isoformat(), of)
    part |= {(each.month, each.day) for each in whole}
    for of, (month, number) in secrets.days_of_no_year:
        if (month, number) in part:
            yield Leak(place, f"{month:02}-{number:02}", of)


class _Looked:
    """A text that is looked through, read once for all names."""

    def __init__(self, text: str) -> None:
        self.whole = _WORD.findall(unicodedata.normalize("NFKC", text))
        self.words = tuple(spelled_plainly(each) for each in words_of(text))
        self.tight = spelled_plainly(squeezed(text))
        self.capitals = {squeezed(each) for each in (*text.split(), *self.whole) if each.isupper()}
        self.runs = _runs(text)


def _told_of(name: Secret, looked: _Looked) -> Iterator[str]:
    whole = squeezed(name.text)
    if len(whole) >= SHORTEST_NAME and spelled_plainly(whole) in looked.tight:
        yield name.text.strip()
        return
    for word in dict.fromkeys(words_of(_without_countries(name))):
        plain = spelled_plainly(word)
        if _joined(word) and len(word) > 1:
            yield from (word,) if plain in looked.tight else ()
        elif _telling(word) and _stands(plain, looked.words):
            yield word
    for word in _WORD.findall(unicodedata.normalize("NFKC", name.text)):
        if _short(word) and name.place in _NAMED and word in looked.whole:
            yield word
    yield from (each for each in _initials(name.text) if folded(each) in looked.capitals)
    yield from (mine for mine in _runs(name.text) if any(mine in each for each in looked.runs))


def _initials(name: str) -> Iterator[str]:
    """Give the initials of a name, with and without the legal form and other common last words."""
    words = name.split()
    while words:
        initials = "".join(word[0] for word in words if word[0].isupper())
        if len(initials) >= SHORTEST_WORD:
            yield initials
        if squeezed(words[-1]) not in _generic():
            return
        words.pop()


def _runs(text: str) -> tuple[str, ...]:
    found = (
        "".join(str(unicodedata.decimal(sign)) for sign in each if sign.isdecimal())
        for each in _RUN.findall(unicodedata.normalize("NFKC", text))
    )
    return tuple(each for each in found if len(each) >= SHORTEST_NUMBER)


def _telling(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and word not in _generic() and not word.isdigit()


def _short(word: str) -> bool:
    """Tell whether two signs are a name, as BP, 3M and Ng; small letters and figures are none."""
    short = len(word) == SHORTEST_WORD - 1 and folded(word) not in _generic()
    return short and not word.islower() and not word.isdigit() and not _joined(word)


def _is_person(request: Request) -> bool:
    kind = request.answers.get("requester_kind")
    return kind is not None and "person" in words_of(kind.value)


def _without_countries(name: Secret) -> str:
    """Leave countries out, for that a Member State is coerced is no secret; of a person as places.

    Where a person is named, a country is what stands alone between two commas.
    """
    if name.place == "also":
        return name.text
    if name.person:
        parts = name.text.split(",")
        return ",".join(each for each in parts if folded(each).strip() not in _countries())
    text = f" {' '.join(_WORD.findall(folded(name.text)))} "
    for country in _countries():
        for ending in _ENDINGS:
            text = text.replace(f" {country}{ending} ", " ")
    return text


@cache
def _generic() -> frozenset[str]:
    held = files("undaunted.coercion.instruments").joinpath("packs", "generic.toml")
    return frozenset(tomllib.loads(held.read_text("utf-8"))["words"].split())


@cache
def _countries() -> tuple[str, ...]:
    """Names of countries, the longest first."""
    names = {" ".join(_WORD.findall(folded(country_name(each.code)))) for each in countries()}
    return tuple(sorted(names, key=lambda each: (-len(each), each)))


def _stands(word: str, words: tuple[str, ...]) -> bool:
    """Tell whether a word stands there, also with another ending where it is long."""
    if len(word) < SHORTEST_STEM:
        return word in words
    stem = word[:-ENDING] if len(word) >= LONG else word
    return any(each.startswith(stem) for each in words)


def _joined(word: str) -> bool:
    """Tell whether the script joins words, or particles to them: Arabic, Chinese, Thai, Hebrew."""
    return any(unicodedata.category(each) == "Lo" for each in word)

"""Does a summary tell what it must not? Names, numbers, days, in every part that people read.

What is looked for comes from the request itself: words of the answers that tell who asks, of
`also`, and figures and days of what is confidential. A word that half of all firms bear tells
nobody; `packs/generic.toml` names those. Names in another script than they were given in are not
found.
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
from undaunted.coercion.instruments.rules.figures import days_in, figures_in, is_rare
from undaunted.coercion.instruments.rules.folding import folded, squeezed, words_of
from undaunted.coercion.instruments.rules.refusals import SummaryLeaks
from undaunted.coercion.instruments.rules.request import FieldKind
from undaunted.core.places.rules import countries, country_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from undaunted.coercion.instruments.rules.request import Request

__all__ = ["Leak", "Secret", "Secrets", "check_leaks", "leaks", "secrets_of"]

SHORTEST_WORD, SHORTEST_NAME, SHORTEST_NUMBER, SHORTEST_STEM = 3, 8, 5, 5
LONG, ENDING = 8, 2
"""A word so long is looked for without so many last letters, which languages change."""
CLOSE: Final = Decimal("0.01")
"""A figure that misses the confidential one by so little tells it."""
_RUN: Final = re.compile(r"\d(?:[\s().\-/]{0,2}\d)+")
"""Figures as they stand in telephone numbers and registers, parted by little."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One answer that must not be told: where it stands, and its words."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Secrets:
    """Everything that a summary must not tell."""

    names: tuple[Secret, ...]
    figures: tuple[tuple[str, Decimal], ...]
    days: tuple[tuple[str, date], ...]


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
    names = [Secret(key, each.value) for key, each in told.items() if kinds[key].identifies]
    names += [Secret("also", each) for each in request.also]
    figures: list[tuple[str, Decimal]] = []
    days: list[tuple[str, date]] = []
    for key, answer in told.items():
        kind = kinds[key].kind
        if kind in {FieldKind.AMOUNT, FieldKind.SHARE, FieldKind.COUNT}:
            figures.append((key, Decimal(answer.value)))
        elif not kinds[key].identifies:
            figures += [(key, each) for each in figures_in(answer.value) if is_rare(each)]
            days += [(key, each) for each in days_in(answer.value)]
    for document in request.evidence:
        if document.confidential:
            of, text = document.key, f"{document.title} {document.date}"
            figures += [(of, each) for each in figures_in(text) if is_rare(each)]
            days += [(of, each) for each in days_in(text)]
    return Secrets(tuple(names), tuple(figures), tuple(days))


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
    words, tight = words_of(text), squeezed(text)
    for name in secrets.names:
        for found in _told_of(name.text, text, words, tight):
            yield Leak(place, found, name.place)
    if not ranges:
        told = figures_in(text)
        for of, number in secrets.figures:
            for each in told:
                if number and abs(each - number) <= CLOSE * number:
                    yield Leak(place, f"{each.normalize():f}", of)
    for of, day in secrets.days:
        if day in days_in(text):
            yield Leak(place, day.isoformat(), of)


def _told_of(name: str, text: str, words: tuple[str, ...], tight: str) -> Iterator[str]:
    whole = squeezed(name)
    if len(whole) >= SHORTEST_NAME and whole in tight:
        yield name.strip()
        return
    mine = words_of(name)
    for word in dict.fromkeys(mine):
        if _joined(word) and len(word) > 1:
            yield from (word,) if word in tight else ()
        elif _telling(word) and _stands(word, words):
            yield word
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    if len(initials) >= SHORTEST_WORD:
        capitals = (each for each in text.split() if each.isupper())
        yield from (each for each in capitals if squeezed(each) == folded(initials))
    runs = _runs(text)
    yield from (mine for mine in _runs(name) if any(mine in each for each in runs))


def _runs(text: str) -> tuple[str, ...]:
    found = ("".join(filter(str.isdigit, each)) for each in _RUN.findall(text))
    return tuple(each for each in found if len(each) >= SHORTEST_NUMBER)


def _telling(word: str) -> bool:
    if len(word) < SHORTEST_WORD or word in _generic() or word.isdigit():
        return False
    return not any(word.startswith(each) for each in _countries())


@cache
def _generic() -> frozenset[str]:
    held = files("undaunted.coercion.instruments").joinpath("packs", "generic.toml")
    return frozenset(tomllib.loads(held.read_text("utf-8"))["words"].split())


@cache
def _countries() -> tuple[str, ...]:
    """Words of countries' names: that a Member State is coerced is no secret."""
    names = [country_name(each.code) for each in countries()]
    return tuple({word for name in names for word in words_of(name) if len(word) >= SHORTEST_STEM})


def _stands(word: str, words: tuple[str, ...]) -> bool:
    """Tell whether a word stands there, also with another ending where it is long."""
    if len(word) < SHORTEST_STEM:
        return word in words
    stem = word[:-ENDING] if len(word) >= LONG else word
    return any(each.startswith(stem) for each in words)


def _joined(word: str) -> bool:
    """Tell whether the script joins words, or particles to them: Arabic, Chinese, Thai, Hebrew."""
    return any(unicodedata.category(each) == "Lo" for each in word)

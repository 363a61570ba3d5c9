"""Names, countries, births and texts as every reader makes them of cells."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from undaunted.core.actors.rules.names.cleaning import clean_name
from undaunted.core.actors.rules.names.scripts import script_of
from undaunted.core.listings.readers.dates import (
    DateUnknown,
    day_of,
    from_parts,
    is_serial,
    several_days,
)
from undaunted.core.listings.readers.demonyms import demonyms, more_countries
from undaunted.core.listings.readers.lettering import is_garbled, is_mixed
from undaunted.core.listings.rules import (
    LIMITS,
    Birth,
    Event,
    FaultRule,
    Name,
    Quality,
)
from undaunted.core.places.rules import find_country

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.listings.readers.reading import Reading
    from undaunted.core.listings.rules import EventKind

__all__ = [
    "births_of",
    "country_of",
    "event_on",
    "lettered",
    "name_of",
    "named_parts",
    "nationalities_of",
    "text_cell",
    "unique",
]

Item = TypeVar("Item")

_EMPTY: Final = frozenset({"", "na", "n/a", "none", "unknown", "-", "-0-", "not applicable"})
_LETTERED = re.compile(r"(?:^|(?<=\s))\(?([a-z]|\d{1,2})\)\s+", re.IGNORECASE)
_SEVERAL = re.compile(r"[,/;]|\band\b|\(\w\)")
_DOUBT = re.compile(
    r"^(?:possibly|probably|former|formerly)\s{1,40}|\s{0,40}\([^()]{0,400}\)", re.IGNORECASE
)
_HIDDEN: Final = frozenset({"Cf", "Cc", "Co", "Cs"})
_JOINERS: Final = frozenset("‌‍")


def name_of(  # noqa: PLR0913 - what a name is, and where it stood
    text: object,
    quality: Quality,
    row: int,
    told: Reading,
    *,
    language: str = "",
    family: str = "",
    given: str = "",
) -> Name | None:
    """Give a name without invisible signs, with its script; None where no letter is left."""
    raw = str(text or "")
    clean = clean_name(raw)
    if not any(sign.isalnum() for sign in clean):
        return None
    if _hides(raw):
        told.find(row, "name", FaultRule.HIDDEN, _seen(raw))
    if is_mixed(clean):
        told.find(row, "name", FaultRule.MIXED, clean)
    told.weigh(raw, garbled=is_garbled(raw))
    if len(clean) > LIMITS["name"]:
        told.find(row, "name", FaultRule.TOO_LONG, clean)
        clean = clean[: LIMITS["name"]]
    return Name(
        clean, quality, script_of(clean), language.lower(), clean_name(family), clean_name(given)
    )


def _seen(text: str) -> str:
    """Give a text with each sign that nobody sees as its number, from shortly before the first.

    What a fault shows is cut, and never within such a number.
    """
    first = next((at for at, sign in enumerate(text) if not sign.isprintable()), 0)
    start = max(0, first - LIMITS["value_shown"] // 4)
    shown, left = ("…" if start else ""), LIMITS["value_shown"] - 1
    for sign in text[start:]:
        piece = sign if sign.isprintable() else f"\\u{ord(sign):04x}"
        left -= len(piece)
        if left < 0:
            break
        shown += piece
    return shown


def _hides(text: str) -> bool:
    return not text.isprintable() and any(
        unicodedata.category(sign) in _HIDDEN
        and sign not in _JOINERS
        and sign not in "\t\n\r\ufeff"
        for sign in text
    )


def named_parts(*parts: object) -> str:
    """Join the parts of a name that are there."""
    return " ".join(filter(None, (text_cell(part) for part in parts)))


def text_cell(value: object) -> str:
    """Give a cell as text with single blanks; "" for the words that mean nothing."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value if value is not None else "").replace("\x00", "").split())
    return "" if text.lower() in _EMPTY else text[: LIMITS["text"]]


@lru_cache(maxsize=16_384)
def country_of(text: str) -> str:
    """Give the code of a country that the words name; the words themselves where none is known."""
    plain = text_cell(text)
    if not plain:
        return ""
    return (
        more_countries().get(plain.lower())
        or find_country(plain)
        or find_country(plain.partition("/")[0])
        or plain
    )


@lru_cache(maxsize=16_384)
def nationalities_of(text: str) -> tuple[str, ...]:
    """Give the codes of the states that words name, "a) German b) Moroccan"; else the words."""
    found: list[str] = []
    for part in lettered(text):
        whole = _nationality(part)
        parts = [_nationality(each) for each in _SEVERAL.split(part) if each.strip()]
        found += [whole] if _is_code(whole) or not all(map(_is_code, parts)) else parts
    return unique(filter(None, found))


def _nationality(words: str) -> str:
    plain = _DOUBT.sub("", words).strip(" .;,")
    return demonyms().get(plain.lower()) or country_of(plain)


def _is_code(words: str) -> bool:
    return len(words) in {2, 4} and words.isupper()


def lettered(text: object) -> list[str]:
    """Give the parts of a cell that counts them: "a) Kabul b) Herat", "(1) one (2) two"."""
    plain = text_cell(text)
    parts = _LETTERED.split(plain)
    if len(parts) < 3:  # noqa: PLR2004 - text, sign, text
        return [plain] if plain else []
    return [each for each in (text_cell(part.strip(" ;,.")) for part in parts[0::2]) if each]


def births_of(
    value: object, row: int, told: Reading, *, place: str = "", country: str = ""
) -> tuple[Birth, ...]:
    """Give each day of a cell as a birth; what cannot be read stays as written and is told."""
    place, country = text_cell(place), country_of(country)
    try:
        if is_serial(value):
            told.find(row, "birth", FaultRule.SERIAL, value)
        found = several_days(value) if value not in (None, "") else []
    except DateUnknown:
        found = [("", str(value))]
    for day, text in found:
        if not day:
            told.find(row, "birth", FaultRule.DATE, text)
    births = tuple(Birth(day, place, country, text.replace("\x00", "")) for day, text in found)
    return births or ((Birth("", place, country),) if place or country else ())


def event_on(
    kind: EventKind, value: object, row: int, told: Reading, *, basis: str = ""
) -> tuple[Event, ...]:
    """Give the event of a day; none for an empty cell, and a fault for one that is no day."""
    try:
        day = from_parts(*value) if isinstance(value, tuple) else day_of(value)
    except DateUnknown:
        told.find(row, kind.value, FaultRule.DATE, value)
        return ()
    return (Event(kind, day, basis),) if day else ()


def unique(items: Iterable[Item]) -> tuple[Item, ...]:
    """Give each once, in order."""
    return tuple(dict.fromkeys(items))

"""Entries as the engine of names reads them: a name each, with what is known besides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.listings.rules import Quality
from undaunted.engines.names import Facts, Verdict, is_heard
from undaunted.engines.names.known.facts import weighed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.listings.rules import Entry

__all__ = ["births_compared", "born_of", "facts_of", "gender_of", "names_of", "unheard"]

_MOST_YEARS = 12
"""A span of birth years that is longer tells nobody apart."""
_LETTERS = 6
"""A paper or register without a digit has so many letters at least, as the code of a bank has."""
_GENDERS = {"f": "female", "female": "female", "m": "male", "male": "male", "other": "other"}
"""How issuers write a gender, in small letters and without a full stop, and the engine's word."""
_BIRTHS = {
    Verdict.SAME_BIRTH: "same",
    Verdict.NEAR_BIRTH: "close",
    Verdict.SWAPPED_BIRTH: "close",
    Verdict.OTHER_BIRTH: "different",
}
_STATE = re.compile("[A-Z]{2}")
_TOLD_BESIDE = re.compile(
    r"\s{0,9}[(,.;]\s{0,9}(?:date of birth|place of birth|dob|pob|nationality|passport|"
    r"born\s{1,3}(?:in|on|\d{1,4})|national identification|original script|false identity|"
    r"(?:previously|formerly) listed)\b",
    re.IGNORECASE,
)
"""Where an issuer goes on, in the cell of a name, with what is no name."""
_IN_LETTERS = re.compile(
    r"\b(?:in arabic|original script):\s{0,9}([^\W\d_][^();,.:\d]{2,120})", re.IGNORECASE
)


def names_of(entry: Entry) -> tuple[str, ...]:
    """Give the names by which an entry is looked for: weak ones only where it has no other.

    Facts that an issuer wrote behind a name, "Mostefa Djamel (Date of birth: 26.9.1973)", are none.
    """
    good = [each.text for each in entry.names if each.quality is not Quality.WEAK]
    told = good or [each.text for each in entry.names]
    return tuple(dict.fromkeys(name for text in told for name in _without_facts(text)))


def _without_facts(text: str) -> tuple[str, ...]:
    """Give the name of a cell, and the one in other letters that stands among the facts."""
    beside = _TOLD_BESIDE.search(text)
    if beside is None or not text[: beside.start()].strip():
        return (text,)
    others = (each.strip() for each in _IN_LETTERS.findall(text, beside.start()))
    return (text[: beside.start()].strip(), *others)


def unheard(names: Iterable[str]) -> bool:
    """Whether none of somebody's names is in letters that are heard: silence then says nothing."""
    return not any(map(is_heard, names))


def facts_of(
    *,
    births: Iterable[str],
    countries: Iterable[str],
    gender: str,
    identifiers: Iterable[tuple[str, str]],
) -> Facts:
    """Give what is known besides the name; what means nothing to the engine is left out."""
    return Facts(
        born=tuple(dict.fromkeys(day for each in births for day in born_of(each))),
        countries=frozenset(each for each in countries if _STATE.fullmatch(each)),
        gender=gender_of(gender),
        identifiers=frozenset(
            (kind, number) for kind, number in identifiers if _tells_apart(number)
        ),
    )


def _tells_apart(number: str) -> bool:
    """Whether a number is one: of some, an issuer's remark leaves the letters before it alone."""
    return any(map(str.isdigit, number)) or sum(map(str.isalnum, number)) >= _LETTERS


def gender_of(text: str) -> str:
    """Give a gender as the engine calls it; empty where it means nothing to the engine."""
    return _GENDERS.get(text.strip(" .").casefold(), "")


def births_compared(left: Iterable[str], right: Iterable[str]) -> str:
    """Give same, close or different as two sides' births compare; missing where none do."""
    one, other = (
        facts_of(births=each, countries=(), gender="", identifiers=()) for each in (left, right)
    )
    return next((_BIRTHS[each] for each in weighed(1.0, one, other)[1]), "missing")


def born_of(day: str) -> tuple[str, ...]:
    """Give a day of birth in the parts that are known; of a span each year."""
    try:
        read = PartialDate.parse(day) if day else None
    except ValueError:
        return ()
    if read is None or read.earliest is None or read.latest is None:
        return ()
    first, last = read.earliest, read.latest
    if first == last:
        return (first.isoformat(),)
    if (first.year, first.month) == (last.year, last.month):
        return (f"{first:%Y-%m}",)
    years = range(first.year, last.year + 1)
    return tuple(f"{year:04d}" for year in years) if len(years) <= _MOST_YEARS else ()

"""Days as issuers write them: words, numbers of a spreadsheet, `00/00/1969`, spans, about.

Every reading gives EDTF text, and what was written stays beside it in the entry.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import isfinite
from typing import Final

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.listings.readers.calendars import gregorian_of, names_islamic_calendar

__all__ = ["DateUnknown", "day_of", "from_parts", "is_serial", "several_days"]

_FIRST_SERIAL, _LAST_SERIAL = 3_654, 73_050
"""10 January 1910 and 31 December 2099, as Excel counts days."""
_EARLIEST_YEAR, _LATEST_YEAR = 1850, 2100
_EPOCH = date(1899, 12, 30)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier januari januar enero",
            "feb february fevrier février febrero",
            "mar march mars marzo",
            "apr april avril abril",
            "may mai mayo",
            "jun june juin junio",
            "jul july juillet julio",
            "aug august aout août agosto",
            "sep sept september septembre septiembre",
            "oct october octobre octubre",
            "nov november novembre noviembre",
            "dec december decembre décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_ABOUT = re.compile(
    r"^\(?(?:approximately|approx\.?|circa|about|around|probably|possibly|ca?\.|in|year)\)?\s*[:.]?\s*",
    re.IGNORECASE,
)
_ABOUT_BEHIND = re.compile(
    r"\s\(?(?:approximately|approx\.?|circa|ca?\.|probably)\)?$", re.IGNORECASE
)
_BEFORE_AFTER = re.compile(r"(before|after)\s{1,3}(\d{4})", re.IGNORECASE)
_BETWEEN = re.compile(r"^(?:between|from)\s+", re.IGNORECASE)
_SPAN = re.compile(
    r"\s{0,9}(?:\s-|-\s|\u2013|\u2014|\bto\b|\band\b|(?<=\d{4})-(?=\d{4})|(?<=\d{4})/(?=\d{4}))\s{0,9}"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:T.*|\s00:00:00|[+-]\d\d:\d\d|Z)?")
_NUMBERS = re.compile(
    r"(\d{1,2}|dd|xx|\?\?|--)\s?[/.]\s?(\d{1,2}|mm|xx|\?\?|--)(?:\s?[/.]\s?|\s)(\d{4})",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(r"(\d{1,2})[/.](\d\d)(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2}|mm|xx|\?\?|--)[/.](\d{4})", re.IGNORECASE)
_TWO_MONTHS = re.compile(r"([^\W\d_]{1,20})\.?\s?/\s?([^\W\d_]{1,20})\.?\s(\d{4})")
_DAY_FIRST = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s{0,3}[-. ]?\s{0,3})?([^\W\d_]{1,20})\.?,?[-\s]{0,5}(\d{4})"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{1,20})\.?\s{1,5}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,5}(\d{4})")
_PARTS = re.compile(
    r"(?:^|\s)\(?(?:[a-z]|\d)\)(?:\s|(?=\d))|;|\n|>>|\bor\b|\s/\s|(?<=\d{4}),\s{0,9}"
    r"|(?:(?<=\d{4})|\(as\s[^()]{1,99}\))\s{1,9}(?=\d)"
    r"|[.(]?\s{0,3}(?:for\s)?this\saka\sonly,?\s(?:alt\s)?(?:born|dob)\s",
    re.IGNORECASE,
)
_NOT_KNOWN: Final = frozenset({"dd", "mm", "xx", "??", "--", "00"})
_NEXT_FACT = re.compile(r"\s(?:POB|Gender|Nationality):", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:\(?(?:[a-z]|[ivx]+|\d{1,2})\)\s*)?(?:(?:alt(?:ernative|\.)?\s*)?(?:dob|d\.o\.b\.?)\s*[:.]?\s*)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)")
_NOTHING: Final = frozenset({"na", "n/a", "n/d", "unknown", "-"})


class DateUnknown(ValueError):
    """The cell is no day that anybody could read."""


def day_of(value: object) -> str:
    """Give a cell as EDTF; "" for an empty one. Raises `DateUnknown`."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _from_number(float(value))
    text = " ".join(str(value or "").replace("\xa0", " ").split()).strip(" .,;")
    return _from_text(text) if text else ""


def is_serial(value: object) -> bool:
    """Whether a cell is the number of a day, as a spreadsheet counts, and no year."""
    text = str(value).strip().removesuffix(".0")
    return text.isdecimal() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL


def several_days(value: object) -> list[tuple[str, str]]:
    """Give every day of a cell that holds several, as (EDTF, as written); "" where unreadable."""
    if not isinstance(value, str):
        day = day_of(value)
        shown = str(int(value)) if isinstance(value, float) else str(value)
        return [(day, shown)] if day else []
    found, torn = [], "this aka only" in value
    for part in _PARTS.split(value):
        words = _LABEL.sub("", " ".join(part.split())).strip(" .,;")
        if torn:
            words = words.removesuffix(")") if "(" not in words else words
        if words and words.lower() not in _NOTHING:
            found.append((_tried(words), words))
    return found


def _tried(words: str) -> str:
    """Read one day with an aside in parentheses left out; "" where it cannot be read.

    Where nothing else stands there, the day is in the parentheses itself.
    """
    if names_islamic_calendar(words):
        return _of_two_calendars(words)
    aside = _ASIDE.sub(" ", _NEXT_FACT.split(words)[0]).strip(" ()")
    for plain in dict.fromkeys((words, aside or words.strip(" ()"))):
        try:
            return day_of(plain)
        except DateUnknown:
            continue
    return ""


def _of_two_calendars(words: str) -> str:
    """Give the day of our calendar that stands beside, where both agree, else what the other tells.

    What contradicts itself, "1352 (Iranian Hijri calendar), 1972", tells no day.
    """
    span, left = gregorian_of(words)
    plain = _ASIDE.sub(" ", left).strip(" ,()")
    if not any(map(str.isdecimal, plain)) or not span:
        return span
    try:
        beside = PartialDate.parse(day_of(plain))
    except (DateUnknown, UnreadableDate):
        return ""
    told = PartialDate.parse(span)
    apart = told.certainly_before(beside) or beside.certainly_before(told)
    return "" if apart else beside.text


def from_parts(year: object, month: object = "", day: object = "") -> str:
    """Give EDTF of numbers that stand apart; a month or day of 0 or "" is not known."""
    parts = [str(part or "").strip().lstrip("0") for part in (year, month, day)]
    if not parts[0]:
        return ""
    text = parts[0].zfill(4)
    if parts[1]:
        text += f"-{parts[1].zfill(2)}"
        if parts[2]:
            text += f"-{parts[2].zfill(2)}"
    return _valid(text)


def _from_number(value: float) -> str:
    if not isfinite(value):
        raise DateUnknown(str(value))
    value = float(int(value))
    if _EARLIEST_YEAR <= value <= _LATEST_YEAR:
        return f"{int(value):04d}"
    if _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    raise DateUnknown(str(value))


@lru_cache(maxsize=65_536)
def _from_text(text: str) -> str:
    plain = text.strip()
    if plain.replace(".0", "").isdecimal() and len(plain) > 2:  # noqa: PLR2004 - no year is that short
        return _from_number(float(plain))
    about = _ABOUT.match(plain)
    if about:
        return _approximate(_from_text(plain[about.end() :].strip()))
    behind = _ABOUT_BEHIND.search(plain)
    if behind:
        return _approximate(_from_text(plain[: behind.start()].strip()))
    ends = [end for end in _SPAN.split(_BETWEEN.sub("", plain)) if end]
    if len(ends) == 2 and not _ISO.fullmatch(plain):  # noqa: PLR2004 - two ends
        return _span(*ends)
    return _single(plain)


def _approximate(day: str) -> str:
    return day if day.endswith("~") or "/" in day else f"{day}~"


def _span(first: str, last: str) -> str:
    if not re.search(r"\d{4}", first):
        year = re.search(r"\d{4}", last)
        first = f"{first} {year.group()}" if year else first
    begin, end = _from_text(first), _from_text(last)
    if not begin or not end or "/" in begin + end:
        raise DateUnknown(f"{first} - {last}")
    return _valid(f"{begin}/{end}")


def _single(text: str) -> str:
    for reading in (_in_numbers, _in_months, _before_or_after):
        found = reading(text)
        if found:
            return found
    raise DateUnknown(text)


def _in_numbers(text: str) -> str:
    iso = _ISO.fullmatch(text)
    if iso:
        return from_parts(*iso.groups())
    numbers = _NUMBERS.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if numbers:
        day, month, year = (_number(part) for part in numbers.groups())
        return from_parts(year, month, day if month else "")
    month_year = _MONTH_YEAR.fullmatch(text)
    return from_parts(month_year[2], _number(month_year[1])) if month_year else ""


def _in_months(text: str) -> str:
    words = _DAY_FIRST.fullmatch(text)
    if words and words[2].lower() in _MONTHS:
        return from_parts(words[3], _MONTHS[words[2].lower()], words[1] or "")
    words = _MONTH_FIRST.fullmatch(text)
    if words and words[1].lower() in _MONTHS:
        return from_parts(words[3], _MONTHS[words[1].lower()], words[2])
    two = _TWO_MONTHS.fullmatch(text)
    if two and {two[1].lower(), two[2].lower()} <= _MONTHS.keys():
        return _valid("/".join(from_parts(two[3], _MONTHS[two[at].lower()]) for at in (1, 2)))
    return ""


def _before_or_after(text: str) -> str:
    """Read a year before or after which something was: that year is not meant itself."""
    found = _BEFORE_AFTER.fullmatch(text)
    if not found:
        return ""
    year, is_before = int(found[2]), found[1].lower() == "before"
    return _valid(f"../{year - 1:04d}" if is_before else f"{year + 1:04d}/..")


def _number(part: str) -> str:
    return "" if part.lower() in _NOT_KNOWN else part


def _valid(text: str) -> str:
    try:
        return PartialDate.parse(text).text
    except UnreadableDate:
        raise DateUnknown(text) from None

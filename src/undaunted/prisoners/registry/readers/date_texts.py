"""Dates as lists write them, read as far as they are known and never guessed.

A day that never was, a day whose month cannot be told, a two-digit year and a calendar that cannot
be converted exactly are refused with the reason; everything vague but true becomes an interval.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.prisoners.registry.readers.calendars import NoSuchDay, to_gregorian
from undaunted.prisoners.registry.rules.mapping import Calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DateRefused", "DateTexts"]

_ISO: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_ISO_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_WHOLE_YEAR: Final = re.compile(r"(\d{4})\.0{1,6}", re.ASCII)
_NUMERIC: Final = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?", re.ASCII)
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[./](\d{4})", re.ASCII)
_EAST_ASIAN: Final = re.compile(
    r"(民國|民国)?(\d{1,4}) ?[年년](?: ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日号號일])?)?", re.ASCII
)
_EAST_ASIAN_SEASON: Final = re.compile(r"(\d{4})年?([春夏秋冬])[季天]?", re.ASCII)
_DAY_NUMBER: Final = re.compile(r"[1-9]\d{4}(?:\.\d{1,12})?", re.ASCII)
_EDTF: Final = re.compile(r"[\dXx~?%/.\-\[\]{},]{4,40}", re.ASCII)
_ABOUT: Final = re.compile(
    r"(?:c\.|ca\.?|circa|about|around|approx\.?|approximately|~|vers|hacia|около|约|約)\s*"
)
_BEFORE: Final = re.compile(r"(?:before|avant|antes de|до)\s+")
_AFTER: Final = re.compile(r"(?:after|since|après|depuis|desde|после)\s+")
_DECADE: Final = re.compile(r"(\d{3})0s", re.ASCII)
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?", re.ASCII)
_SPLIT: Final = re.compile(r"[\s,]+")
_FILLERS: Final = frozenset(["of", "de", "del", "di", "the", "den", "\u0433", "года", "год"])
_SEASONS: Final = {
    **dict.fromkeys(["spring", "printemps", "primavera", "весна", "春"], 21),
    **dict.fromkeys(["summer", "été", "verano", "лето", "夏"], 22),
    **dict.fromkeys(["autumn", "fall", "automne", "otoño", "осень", "秋"], 23),
    **dict.fromkeys(["winter", "hiver", "invierno", "зима", "冬"], 24),
}
_FORMAT_PARTS: Final = re.compile(r"%([a-zA-Z%])")
_ALLOWED_DIRECTIVES: Final = frozenset("dmYbB%")
_LONGEST: Final = 80
_MONTHS_IN_YEAR: Final = 12
_FULL_YEAR: Final = 4


class DateRefused(ValueError):
    """The text is no date we may use; `code` is a problem's code."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class DateTexts:
    """Reads the dates of one column: its formats, order, calendar and languages."""

    formats: tuple[str, ...] = ()
    order: str = ""
    calendar: Calendar = Calendar.GREGORIAN
    languages: tuple[str, ...] = ("en",)
    _months: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_months", _month_words(self.languages))

    def read(self, text: str) -> PartialDate:
        """Give the date; raise `DateRefused` with the reason where there is none."""
        if len(text) > _LONGEST:
            raise DateRefused("unreadable_date")
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text).translate(_DIGITS).strip()
        for pattern in self.formats:
            found = _by_format(text, pattern, self.calendar)
            if found is not None:
                return found
        if self.calendar is Calendar.GREGORIAN:
            if _ISO.fullmatch(text):
                return _edtf(text)
            return self._gregorian(text)
        return self._other_calendar(text)

    def _gregorian(self, text: str) -> PartialDate:
        stamp = _ISO_TIME.fullmatch(text)
        if stamp:
            return _edtf(stamp[1])
        year = _WHOLE_YEAR.fullmatch(text)
        if year:
            return _edtf(year[1])
        if _DAY_NUMBER.fullmatch(text):
            raise DateRefused("spreadsheet_day_number")
        numeric = self._numeric(text)
        if numeric is not None:
            return numeric
        if _EDTF.fullmatch(text):
            return _edtf(text.upper())
        return self._in_words(text.casefold())

    def _numeric(self, text: str) -> PartialDate | None:
        found = _NUMERIC.fullmatch(text)
        if found:
            return _from_parts(found[1], found[2], found[3], found[4], self.order)
        month = _MONTH_YEAR.fullmatch(text)
        if month:
            return _gregorian_parts(int(month[2]), int(month[1]))
        return _east_asian(text)

    def _in_words(self, text: str) -> PartialDate:
        for pattern, build in ((_BEFORE, "../{}"), (_AFTER, "{}/..")):
            found = pattern.match(text)
            if found:
                return _edtf(build.format(self._bare(text[found.end() :]).text))
        about = _ABOUT.match(text)
        if about:
            return _edtf(f"{self._bare(text[about.end() :]).text}~")
        decade = _DECADE.fullmatch(text)
        if decade:
            return _edtf(f"{decade[1]}X")
        return self._words(text)

    def _bare(self, text: str) -> PartialDate:
        if _ISO.fullmatch(text):
            return _edtf(text)
        return self._numeric(text) or self._words(text)

    def _words(self, text: str) -> PartialDate:
        year = month = day = season = 0
        for word in _SPLIT.split(text):
            if not word or word in _FILLERS:
                continue
            number = _ORDINAL.fullmatch(word)
            bare = word.rstrip(".")
            if number and not day:
                day = int(number[1])
            elif len(word) == _FULL_YEAR and word.isdecimal() and not year:
                year = int(word)
            elif bare in self._months and not month:
                month = self._months[bare]
            elif word in _SEASONS and not season:
                season = _SEASONS[word]
            else:
                raise DateRefused("unreadable_date")
        if not year or (season and (month or day)) or (day and not month):
            raise DateRefused("unreadable_date")
        return _edtf(f"{year:04d}-{season}") if season else _gregorian_parts(year, month, day)

    def _other_calendar(self, text: str) -> PartialDate:
        if self.calendar is Calendar.HIJRI:
            raise DateRefused("calendar_not_exact")
        if self.calendar is Calendar.MINGUO:
            text = text.removeprefix("民國").removeprefix("民国")
        found = _OTHER.fullmatch(text) or _OTHER_YEAR.fullmatch(text)
        if not found:
            raise DateRefused("unreadable_date")
        year, month, day = (int(one) if one else 0 for one in found.groups())
        return _convert(self.calendar, year, month, day)


_DIGITS: Final = {
    zero + offset: ord("0") + offset
    for zero in (0x660, 0x6F0, 0x966, 0xE50)
    for offset in range(10)
}
_OTHER: Final = re.compile(r"(\d{1,4})[/.\-](\d{1,2})(?:[/.\-](\d{1,2}))?", re.ASCII)
_OTHER_YEAR: Final = re.compile(r"(\d{1,4})年?(?:(\d{1,2})月)?(?:(\d{1,2})[日号號])?", re.ASCII)


def _edtf(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except UnreadableDate as error:
        code = "no_such_date" if _ISO.fullmatch(text) else "unreadable_date"
        raise DateRefused(code, error.reason) from error


def _gregorian_parts(year: int, month: int = 0, day: int = 0) -> PartialDate:
    text = f"{year:04d}"
    if month:
        text += f"-{month:02d}"
    return _edtf(f"{text}-{day:02d}" if day else text)


def _from_parts(first: str, mark: str, middle: str, last: str, order: str) -> PartialDate:
    if len(first) == _FULL_YEAR:
        return _gregorian_parts(int(first), int(middle), int(last))
    if len(last) != _FULL_YEAR:
        raise DateRefused("two_digit_year")
    one, two, year = int(first), int(middle), int(last)
    if mark == "." or order == "dmy":
        return _gregorian_parts(year, two, one)
    if order == "mdy":
        return _gregorian_parts(year, one, two)
    if one > _MONTHS_IN_YEAR or one == two:
        return _gregorian_parts(year, two, one)
    if two > _MONTHS_IN_YEAR:
        return _gregorian_parts(year, one, two)
    raise DateRefused("ambiguous_date")


def _east_asian(text: str) -> PartialDate | None:
    season = _EAST_ASIAN_SEASON.fullmatch(text)
    if season:
        return _edtf(f"{season[1]}-{_SEASONS[season[2]]}")
    found = _EAST_ASIAN.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(found[part] or 0) for part in (2, 3, 4))
    if found[1]:
        return _convert(Calendar.MINGUO, year, month, day)
    if len(found[2]) != _FULL_YEAR:
        raise DateRefused("two_digit_year")
    return _gregorian_parts(year, month, day)


def _convert(calendar: Calendar, year: int, month: int, day: int) -> PartialDate:
    try:
        first, last = to_gregorian(calendar, year, month, day)
    except NoSuchDay as error:
        raise DateRefused("no_such_date", str(error)) from error
    if calendar is not Calendar.PERSIAN:
        return _gregorian_parts(first.year, month, day)
    return PartialDate.day(first) if first == last else _edtf(f"{first}/{last}")


def _by_format(text: str, pattern: str, calendar: Calendar) -> PartialDate | None:
    try:
        moment = datetime.strptime(text, pattern)  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return None
    if calendar is not Calendar.GREGORIAN:
        return None
    parts = set(_FORMAT_PARTS.findall(pattern))
    month = moment.month if parts & {"m", "b", "B"} else 0
    return _gregorian_parts(moment.year, month, moment.day if "d" in parts and month else 0)


def bad_directives(pattern: str) -> list[str]:
    """Give what a date format may not hold: two-digit years, times, anything but day to year."""
    parts = _FORMAT_PARTS.findall(pattern)
    wrong = [f"%{one}" for one in parts if one not in _ALLOWED_DIRECTIVES]
    return wrong if wrong or "Y" in parts else ["%Y"]


@lru_cache(maxsize=64)
def _month_words(languages: tuple[str, ...]) -> dict[str, int]:
    words: dict[str, int] = {"sept": 9}
    for language in languages:
        try:
            months = Locale.parse(language, sep="-").months
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, word in months[context][width].items():
                    words.setdefault(word.casefold().rstrip("."), int(number))
    return words

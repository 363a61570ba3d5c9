"""Dates as well as they are known, written in the reader's language.

Reads the part of EDTF (ISO 8601-2) that the ledger stores: years, months, days, seasons,
unspecified digits (`195X`, `1952-XX`), the marks `?`, `~`, `%`, and intervals with open ends.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from undaunted.site.languages import current_locale

__all__ = ["WrittenDate", "date_text", "moment_text", "partial_date"]

_ONE = re.compile(
    r"^(?P<year>\d{2}XX|\d{3}X|\d{4})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<mark>[?~%]?)$"
)
_DAYS = 4096
_SEASONS = {21, 22, 23, 24}


@dataclass(frozen=True)
class WrittenDate:
    """A date in words, and its machine form where it names one day, month or year."""

    text: str
    machine: str = ""


def partial_date(value: object) -> WrittenDate:
    """Put an EDTF string, a date or nothing into words; show unreadable text as it stands."""
    if value is None or value == "":
        return WrittenDate(_("date unknown"))
    if isinstance(value, datetime):
        return WrittenDate(moment_text(value), value.isoformat())
    if isinstance(value, date):
        return WrittenDate(date_text(value), value.isoformat())
    text = str(value).strip()
    if "/" in text:
        return WrittenDate(_interval(*text.split("/", 1)))
    return _one(text)


def date_text(value: date) -> str:
    """Write a day in the reader's language: `3 May 2021`."""
    return _day_text(value.toordinal(), current_locale())


def moment_text(value: datetime) -> str:
    """Write a day and time of day, without seconds."""
    locale = current_locale()
    moment = value.astimezone(UTC) if value.tzinfo else value
    joined = str(locale.datetime_formats["medium"]).replace("'", "")
    day = format_date(moment, format="medium", locale=locale)
    return joined.replace("{1}", day).replace("{0}", format_time(moment, "short", locale=locale))


@lru_cache(maxsize=_DAYS)
def _day_text(day: int, locale: Locale) -> str:
    return str(format_date(date.fromordinal(day), format="long", locale=locale))


def _interval(start: str, end: str) -> str:
    if start in {"", ".."} and end in {"", ".."}:
        return _("date unknown")
    if start in {"", ".."}:
        return _("before %(date)s") % {"date": _one(end).text}
    if end in {"", ".."}:
        return _("since %(date)s") % {"date": _one(start).text}
    return _("between %(start)s and %(end)s") % {
        "start": _one(start).text,
        "end": _one(end).text,
    }


def _one(text: str) -> WrittenDate:
    match = _ONE.match(text)
    if match is None:
        return WrittenDate(text)
    try:
        words, machine = _certain(match["year"], match["month"], match["day"])
    except ValueError:
        return WrittenDate(text)
    mark = match["mark"]
    return WrittenDate(_marked(mark) % {"date": words} if mark else words, machine)


def _marked(mark: str) -> str:
    return {
        "?": _("%(date)s (uncertain)"),
        "~": _("about %(date)s"),
        "%": _("about %(date)s (uncertain)"),
    }[mark]


def _certain(year: str, month: str | None, day: str | None) -> tuple[str, str]:
    if year.endswith("XX"):
        return _("between %(start)s and %(end)s") % {
            "start": year[:2] + "00",
            "end": year[:2] + "99",
        }, ""
    if year.endswith("X"):
        return _("the %(decade)ss") % {"decade": year[:3] + "0"}, ""
    if month is None or month == "XX":
        return _year(int(year)), year
    if int(month) in _SEASONS:
        return _season(int(month)) % {"year": _year(int(year))}, ""
    if day is None or day == "XX":
        first = date(int(year), int(month), 1)
        return _month_text(first, current_locale()), f"{year}-{month}"
    whole = date(int(year), int(month), int(day))
    return date_text(whole), whole.isoformat()


@lru_cache(maxsize=_DAYS)
def _month_text(first: date, locale: Locale) -> str:
    return str(format_skeleton("yMMMM", first, locale=locale))


def _year(year: int) -> str:
    return str(format_skeleton("y", date(max(year, 1), 1, 1), locale=current_locale()))


def _season(code: int) -> str:
    return {
        21: pgettext("season", "spring %(year)s"),
        22: pgettext("season", "summer %(year)s"),
        23: pgettext("season", "autumn %(year)s"),
        24: pgettext("season", "winter %(year)s"),
    }[code]

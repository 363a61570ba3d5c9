"""Months, quarters, weeks and years that a text tells, and those in which a day lies.

A day that is kept is told by its half year; whoever tells its month or week tells more. Both sides
are put into one form, (year, kind, number), with 0 for a year that nobody says, and compared.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules.figures import ROMAN, month_named, plainly
from undaunted.coercion.instruments.rules.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["YEAR", "Span", "spans_around", "spans_in"]

Span = tuple[int, str, int]

MONTH, QUARTER, WEEK, YEAR = "month", "quarter", "week", "year"
_DECEMBER, _CENTURY, _OF_TWO = 12, 2000, 2
_SHORT: Final = 100
"""Days of what is told without its year; of what is longer, the year is told alone."""
_ALSO_WORDS: Final = frozenset(
    {"may", "march", "mars", "mart", "mai", "marca", "set", "out", "led"}
)
_BEFORE: Final = frozenset(
    (
        "in", "since", "of", "from", "until", "by", "early", "late", "mid", "last", "this",
        "during", "after", "before", "en", "de", "depuis", "im", "seit", "ab", "bis", "w", "od",
        "do", "v", "vo", "u", "dal", "da", "nel", "desde", "em", "begin", "end",
    )
)  # fmt: skip
"""Words after which even may and march are months."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_YEAR_AFTER: Final = re.compile(r"[-.,/_' ]{0,3}(?:of |de |del )?(\d{4}|\d{2})(?!\d)")
_YEAR_BEFORE: Final = re.compile(r"(?<!\d)(\d{4})(?:[-.,/_ ]{1,3}[^\W\d_]{1,2})?[-.,/_ ]{1,3}$")
_DAY_BEFORE: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th|er|[.\u00ba])?[-./_ ]{0,3}(?:of |de )?$")
_MONTH_YEAR: Final = re.compile(r"(?<![\d/.-])(\d{1,2}) ?[-/.] ?(\d{4}|[23]\d)(?![\d]|[-/.]\d)")
_YEAR_MONTH: Final = re.compile(r"(?<![\d/.-])(\d{4}) ?[-/.] ?(\d{1,2})(?!\d|[-/.]\d)")
_CLOSE: Final = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)")
_ROMAN: Final = re.compile(r"(?<![\w])([IVX]{1,4}) ?[-/. ] ?(\d{4})(?!\d)")
_EASTERN: Final = re.compile(r"(?:(\d{4}) ?年 ?)?(\d{1,2}) ?月")
_VIETNAMESE: Final = re.compile(
    r"th[aá]ng (\d{1,2})(?!\d)(?:,? (?:n[aă]m )?(\d{4}))?", re.IGNORECASE
)
_QUARTER: Final = re.compile(
    r"(?<!\w)(?:(\d{4})[-/ ]?)?(?:[QT]([1-4])|([1-4])[QT]|([1-4]|first|second|third|fourth|last)"
    r"(?:st|nd|rd|th|[.])?[ -](?:quarter|quartal|trimestre))(?!\w)(?:[-/., ]{0,2}(?:of )?(\d{4}))?",
    re.IGNORECASE,
)
_NAMED: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_WEEK: Final = re.compile(
    r"(?<!\w)(?:(\d{4})-?)?(?:W|KW|wk|week|calendar week|semaine|semana)[. -]?(\d{1,2})(?!\d)"
    r"(?:[-/., ]{0,2}(?:of )?(\d{4}))?|(?<!\d)(\d{1,2})[.] ?(?:KW|Kalenderwoche)(?!\w)",
    re.IGNORECASE,
)
_ANY_YEAR: Final = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d]|[.,]\d)")


def spans_around(first: date, last: date) -> frozenset[Span]:
    """Give all that tells when something was more exactly than by half a year."""
    if (first.month, first.day) == (1, 1) and (last.month, last.day) == (_DECEMBER, 31):
        return frozenset(_within(first, last)) | {(first.year, YEAR, 0)}
    found = frozenset(_within(first, last))
    if (last - first).days <= _SHORT:
        found |= {(0, kind, number) for _, kind, number in found}
    return found


def _within(first: date, last: date) -> Iterator[Span]:
    day = first
    while day <= last:
        yield day.year, MONTH, day.month
        yield day.year, QUARTER, (day.month + 2) // 3
        year, week, _ = day.isocalendar()
        yield year, WEEK, week
        day += timedelta(days=1)


def spans_in(text: str) -> frozenset[Span]:
    """Give every month, quarter, week and year that a text may be telling."""
    plain = plainly(text)
    return frozenset(
        (*_months_in_words(plain), *_months_in_figures(plain), *_quarters(plain), *_weeks(plain))
    ) | {(int(year), YEAR, 0) for year in _ANY_YEAR.findall(plain)}


def _months_in_words(plain: str) -> Iterator[Span]:
    before = ""
    for each in _WORD.finditer(plain):
        word, led = each.group(), before
        before = folded(word)
        numbers = tuple(month_named(word)) if len(word) >= len("jan") else ()
        if not numbers or _DAY_BEFORE.search(plain, max(0, each.start() - 10), each.start()):
            continue
        after = _YEAR_AFTER.match(plain, each.end())
        earlier = _YEAR_BEFORE.search(plain, max(0, each.start() - 12), each.start())
        year = after or earlier
        if year is not None:
            yield from ((_year(year[1]), MONTH, number) for number in numbers)
        elif _is_month(word, led):
            yield from ((0, MONTH, number) for number in numbers)


def _is_month(word: str, before: str) -> bool:
    """Tell whether a word without a year is a month: may is one after in, march not in a verse."""
    plain = folded(word)
    if len(plain) <= len("jan") or plain in _ALSO_WORDS:
        return before in _BEFORE and not word.islower()
    return True


def _months_in_figures(plain: str) -> Iterator[Span]:
    for month, year in _MONTH_YEAR.findall(plain):
        yield _year(year), MONTH, int(month)
    for year, month in (*_YEAR_MONTH.findall(plain), *_CLOSE.findall(plain)):
        yield int(year), MONTH, int(month)
    for roman, year in _ROMAN.findall(plain):
        yield int(year), MONTH, ROMAN.get(roman, 0)
    for year, month in _EASTERN.findall(plain):
        yield int(year or 0), MONTH, int(month)
    for month, year in _VIETNAMESE.findall(plain):
        yield int(year or 0), MONTH, int(month)


def _quarters(plain: str) -> Iterator[Span]:
    for before, first, second, word, after in _QUARTER.findall(plain):
        told = first or second or word.lower()
        yield int(before or after or 0), QUARTER, _NAMED.get(told, 0) or int(told)


def _weeks(plain: str) -> Iterator[Span]:
    for before, week, after, german in _WEEK.findall(plain):
        yield int(before or after or 0), WEEK, int(week or german)


def _year(written: str) -> int:
    year = int(written)
    return year if len(written) > _OF_TWO else _CENTURY + year

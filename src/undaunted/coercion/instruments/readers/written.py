"""Texts as they are read: web pages, tables, JSON and Markdown, with their cells put together.

A name that stands over two cells, down a column or in two values of a file is read as one; a day
that is kept as a number is read as a day. What is a picture or a program, and so no text, is
refused.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.readers.refusals import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TEXTS", "check_letters", "days_of_numbers", "parts_of_text"]

TEXTS: Final = frozenset({"txt", "csv", "tsv", "md", "json", "toml", "xml", "html", "htm"})
_TABLES: Final = frozenset({"csv", "tsv"})
_PAGES: Final = frozenset({"xml", "html", "htm", "md"})
_EMBEDDED: Final = re.compile(
    r"data:[\w/+.-]*(?:;[\w=-]+)*[;,]\s*base64|data:(?:image|application|audio|video|font)/"
    r"|[A-Za-z0-9+/_-]{120}|[A-Za-z0-9+/_-]{60,119}={0,2}\s{1,9}[A-Za-z0-9+/_-]{60}",
    re.IGNORECASE,
)
"""A picture or a file that is written in letters."""
_DRAWN: Final = re.compile(
    r"<\s*(?:svg|canvas|object|embed|iframe|applet|script|audio|video)\b|<!ENTITY",
    re.IGNORECASE,
)
"""What a page draws or makes of something else than its words."""
_NUMBER: Final = re.compile(r"(?<![\d.,])(\d{5}|\d{10}|\d{13})(?:[.,]\d+)?(?!\d)")
_FIRST, _OTHER_FIRST = date(1899, 12, 30), date(1904, 1, 1)
_DAYS, _SECONDS = 5, 10
_EARLIEST, _LATEST = 18_000, 75_000
"""Numbers of days that spreadsheets show as a day of the years 1949 to 2105."""
_DEEPEST: Final = 100


def parts_of_text(name: str, ending: str, text: str) -> Iterator[tuple[str, str]]:
    """Give a text as it is written, and its cells and values put together."""
    check_letters(name, text)
    if ending in _PAGES and _DRAWN.search(text):
        raise Unread(
            f"{name}: draws a picture or holds a program and cannot be looked into; take it out "
            "(svg, object, script and the like), or mark the document confidential"
        )
    yield name, text
    if ending in _TABLES:
        yield from _table(name, text)
    elif ending in {"json", "toml"}:
        yield from _values(name, ending, text)
    days = days_of_numbers(text)
    if days:
        yield f"{name}, numbers read as days", days


def check_letters(place: str, text: str) -> None:
    """Raise `Unread` where a picture or a file stands in letters."""
    if _EMBEDDED.search(text):
        raise Unread(
            f"{place}: holds a picture or a file in letters and cannot be looked into; take it "
            "out, or mark the document confidential"
        )


def days_of_numbers(text: str) -> str:
    """Give the days that a spreadsheet or a program may mean by numbers, a line each."""
    return "\n".join(sorted({day.isoformat() for each in _NUMBER.findall(text)
                             for day in _days(each)}))  # fmt: skip


def _days(written: str) -> Iterator[date]:
    number = int(written)
    if len(written) == _DAYS:
        if _EARLIEST <= number <= _LATEST:
            yield _FIRST + timedelta(days=number)
            yield _OTHER_FIRST + timedelta(days=number)
        return
    seconds = number if len(written) == _SECONDS else number // 1000
    yield datetime.fromtimestamp(seconds, UTC).date()


def _table(name: str, text: str) -> Iterator[tuple[str, str]]:
    first = text.partition("\n")[0]
    mark = max("\t;,|", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    yield f"{name}, by rows", "\n".join(" ".join(row) for row in rows)
    columns = zip_longest(*rows, fillvalue="")
    yield f"{name}, by columns", "\n".join(" ".join(column) for column in columns)


def _values(name: str, ending: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        held = json.loads(text) if ending == "json" else tomllib.loads(text)
        told = list(_flat(held, 0))
    except (ValueError, RecursionError) as error:
        raise Unread(f"{name}: is no {ending.upper()}; give a file that is whole") from error
    for each in told:
        check_letters(name, each)
    yield f"{name}, its values", " ".join(told)


def _flat(held: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(held, dict):
        for each in held.values():
            yield from _flat(each, depth + 1)
    elif isinstance(held, list):
        for each in held:
            yield from _flat(each, depth + 1)
    else:
        yield str(held)

"""Sources as they stand in a pack: what each must say, and which claims name which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from undaunted.core.practices.rules.checking import (
    choice_problems,
    day_problems,
    extra_problems,
    is_day,
    text_problems,
)
from undaunted.core.practices.rules.entry import Source
from undaunted.core.practices.rules.terms import LIMITS, PracticeSourceStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["citation_problems", "read_source", "source_problems"]

_ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_KEYS = frozenset(
    {"id", "title", "publisher", "date", "url", "status", "read_on", "read_in", "note"}
)
_TEXTS = (("title", "text"), ("publisher", "publisher"), ("url", "url"))


def read_source(row: Mapping[str, Any]) -> Source:
    """Give the source that `row` describes, in which `source_problems` found nothing."""
    return Source(
        id=row["id"],
        title=row["title"].strip(),
        publisher=row["publisher"].strip(),
        date=str(row["date"]).strip(),
        url=row["url"].strip(),
        status=PracticeSourceStatus(row["status"]),
        read_on=str(row.get("read_on") or ""),
        read_in=str(row.get("read_in") or "").strip(),
        note=str(row.get("note") or "").strip(),
    )


def source_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    """Say everything that is wrong with one source."""
    yield from extra_problems(place, row, _KEYS)
    for name, limit in _TEXTS:
        yield from text_problems(f"{place}, {name}", row.get(name), LIMITS[limit])
    if not isinstance(row.get("id"), str) or not _ID.fullmatch(row["id"]):
        yield f"{place}, id: write small letters, figures and hyphens"
    if not str(row.get("url", "")).startswith(("https://", "http://")):
        yield f"{place}, url: write the address of the document, beginning with https://"
    yield from day_problems(f"{place}, date", row.get("date"))
    yield from choice_problems(f"{place}, status", row.get("status"), PracticeSourceStatus)
    for name in ("read_in", "note"):
        if row.get(name):
            yield from text_problems(f"{place}, {name}", row[name], LIMITS["text"])
    read_on = row.get("read_on") or ""
    if read_on and not is_day(read_on):
        yield f"{place}, read_on: write the day it was read, as 2026-11-26"
    status = row.get("status")
    if status == PracticeSourceStatus.VERIFIED and not read_on:
        yield f"{place}, read_on: say on which day it was read, or call it unverified"
    if status == PracticeSourceStatus.SECONDARY and not str(row.get("read_in") or "").strip():
        yield f"{place}, read_in: say in which copy or summary it was read"


def citation_problems(
    known: Sequence[str], cited: Iterable[tuple[str, Iterable[str]]]
) -> Iterator[str]:
    """Say which claims name a source that is missing, and which sources nothing names."""
    for each in sorted({one for one in known if known.count(one) > 1}):
        yield f"sources: {each} stands twice; remove one"
    used: set[str] = set()
    for place, ids in cited:
        named = set(ids)
        used |= named
        for missing in sorted(named - set(known)):
            yield f"{place}, sources: there is no source {missing}; add it or correct it"
    for spare in sorted(set(known) - used):
        yield f"sources: nothing names {spare}; name it where it belongs or remove it"

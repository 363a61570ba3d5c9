"""The strict reading of rules written as data: everything that is wrong, at once."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeGuard

from undaunted.core.clocks.rules.calendars import (
    CalendarUnknown,
    ZoneUnknown,
    calendar_named,
    zone_named,
)
from undaunted.core.clocks.rules.terms import (
    Counting,
    Firmness,
    Kind,
    Lengthening,
    Limit,
    Period,
    Roll,
    Rule,
    Source,
    SourceStatus,
    StartEvent,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from enum import StrEnum

__all__ = ["PackBroken", "read_rules"]

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]+)?")
_KEYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "the pack": frozenset({"about", "rules"}),
        "rule": frozenset(
            {
                "id",
                "version",
                "kind",
                "starts",
                "counting",
                "roll",
                "zone",
                "calendar",
                "stoppable",
                "valid_from",
                "valid_to",
                "title",
                "short",
                "source",
                "limits",
                "extension",
            }
        ),
        "source": frozenset({"law", "article", "status", "read_on", "read_in", "url", "note"}),
        "limits": frozenset({"amount", "unit", "firmness", "long_stop", "whose"}),
        "extension": frozenset({"most", "by", "amount", "unit"}),
    }
)
_CHOICES: Mapping[str, type[StrEnum]] = MappingProxyType(
    {"kind": Kind, "starts": StartEvent, "counting": Counting, "roll": Roll}
)
LONGEST = 1000
"""Amounts beyond are slips of the pen."""


class PackBroken(ValueError):
    """A pack cannot be used; says the file and every problem with its rule, reason and remedy."""

    def __init__(self, where: str, problems: tuple[str, ...]) -> None:
        self.where, self.problems = where, problems
        super().__init__(f"{where}: " + "; ".join(problems))


def read_rules(data: Mapping[str, Any], *, where: str) -> tuple[Rule, ...]:
    """Return the rules that `data` describes, or say everything that is wrong with them."""
    problems = list(_extra("the pack", data, "the pack"))
    rows = data.get("rules")
    if not isinstance(rows, list) or not rows:
        problems.append("rules: write at least one [[rules]] table")
        raise PackBroken(where, tuple(problems))
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not _matches(row.get("id"), _ID):
            problems.append(f"rules[{number}].id: write small letters, figures and hyphens")
            continue
        problems += _rule_problems(row["id"], row)
    if problems:
        raise PackBroken(where, tuple(problems))
    return tuple(_rule(row) for row in rows)


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        id=row["id"],
        version=row["version"],
        kind=Kind(row["kind"]),
        title=MappingProxyType(dict(row["title"])),
        short=MappingProxyType(dict(row["short"])),
        starts=StartEvent(row["starts"]),
        counting=Counting(row["counting"]),
        roll=Roll(row["roll"]),
        limits=tuple(_limit(each) for each in row["limits"]),
        zone=row["zone"],
        calendar=row["calendar"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        source=Source(**row["source"] | {"status": SourceStatus(row["source"]["status"])}),
        stoppable=row.get("stoppable", False),
        extension=_extension(row.get("extension")),
    )


def _limit(row: Mapping[str, Any]) -> Limit:
    return Limit(
        Period(row["amount"], Unit(row["unit"])),
        Firmness(row["firmness"]),
        long_stop=row.get("long_stop", False),
        whose=row.get("whose", ""),
    )


def _extension(row: Mapping[str, Any] | None) -> Lengthening | None:
    if row is None:
        return None
    period = Period(row["amount"], Unit(row["unit"])) if "amount" in row else None
    return Lengthening(row["most"], row["by"], period)


def _rule_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from _extra(place, row, "rule")
    if not _whole(row.get("version")):
        yield f"{place}.version: write a whole number from 1 up"
    for key, choices in _CHOICES.items():
        if row.get(key) not in set(choices):
            yield f"{place}.{key}: write one of " + ", ".join(choices)
    yield from _validity_problems(place, row)
    for key in ("title", "short"):
        yield from _text_problems(f"{place}.{key}", row.get(key))
    yield from _place_problems(place, row)
    yield from _source_problems(f"{place}.source", row.get("source"))
    yield from _limit_problems(place, row)
    yield from _extension_problems(f"{place}.extension", row.get("extension"))
    if not isinstance(row.get("stoppable", False), bool):
        yield f"{place}.stoppable: write true or false"


def _validity_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    start, end = row.get("valid_from"), row.get("valid_to")
    if not isinstance(start, date):
        yield f"{place}.valid_from: write the first day in force, as 2017-03-11"
    elif end is not None and (not isinstance(end, date) or end <= start):
        yield (
            f"{place}.valid_to: write the first day no longer in force, after valid_from, "
            "or leave it out"
        )


def _text_problems(place: str, texts: object) -> Iterator[str]:
    if not isinstance(texts, dict) or not _text(texts.get("en")):
        yield f"{place}.en: write the English text"
        return
    for language, text in texts.items():
        if not _matches(language, _LANGUAGE) or not _text(text):
            yield f"{place}.{language}: write a language's code and a text that is not empty"


def _place_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    try:
        zone_named(str(row.get("zone")))
    except ZoneUnknown as error:
        yield f"{place}.zone: {error}"
    try:
        calendar_named(str(row.get("calendar")))
    except CalendarUnknown as error:
        yield f"{place}.calendar: {error}"
    if row.get("calendar") == "none" and row.get("roll") == Roll.NEXT_WORKING_DAY:
        yield f"{place}.roll: a calendar without weekends rolls nothing; name one or write none"


def _source_problems(place: str, source: object) -> Iterator[str]:
    if not isinstance(source, dict):
        yield f"{place}: write a source table with law, article, status and read_on"
        return
    yield from _extra(place, source, "source")
    for key in ("law", "article"):
        if not _text(source.get(key)):
            yield f"{place}.{key}: write a text that is not empty"
    if source.get("status") not in set(SourceStatus):
        yield f"{place}.status: write one of " + ", ".join(SourceStatus)
    if not isinstance(source.get("read_on"), date):
        yield f"{place}.read_on: write the day on which somebody last looked, as 2026-11-25"


def _limit_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    limits = row.get("limits")
    if not isinstance(limits, list) or not limits:
        yield f"{place}.limits: write at least one limit"
        return
    units = set()
    shared = any(isinstance(each, dict) and "whose" in each for each in limits)
    for number, limit in enumerate(limits, start=1):
        here = f"{place}.limits[{number}]"
        if not isinstance(limit, dict):
            yield f"{here}: write a table with amount, unit and firmness"
            continue
        yield from _extra(here, limit, "limits")
        yield from _period_problems(here, limit)
        if limit.get("firmness") not in set(Firmness):
            yield f"{here}.firmness: write one of " + ", ".join(Firmness)
        if not isinstance(limit.get("long_stop", False), bool):
            yield f"{here}.long_stop: write true or false"
        if shared and not _text(limit.get("whose")):
            yield f"{here}.whose: write for whom it is, or leave it out of every limit"
        units.add(limit.get("unit"))
    yield from _counting_problems(place, row.get("counting"), units)
    if row.get("calendar") == "none" and Unit.WORKING_DAYS in units:
        yield f"{place}.calendar: working days need a calendar; name a country or weekends"


def _counting_problems(place: str, counting: object, units: set[object]) -> Iterator[str]:
    if Unit.HOURS in units and len(units) > 1:
        yield f"{place}.limits: hours do not mix with days; make two rules"
    if (Unit.HOURS in units) is not (counting in {Counting.MOMENT, Counting.NEXT_HOUR}):
        yield (
            f"{place}.counting: hours count from moment or next_hour, "
            "days from day_after or same_day"
        )


def _extension_problems(place: str, row: object) -> Iterator[str]:
    if row is None:
        return
    if not isinstance(row, dict):
        yield f"{place}: write a table with most and by"
        return
    yield from _extra(place, row, "extension")
    if not _whole(row.get("most")):
        yield f"{place}.most: write how often at most, a whole number from 1 up"
    if not _text(row.get("by")):
        yield f"{place}.by: write who may extend"
    if "amount" in row or "unit" in row:
        yield from _period_problems(place, row)


def _period_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    amount = row.get("amount")
    if not _whole(amount) or amount > LONGEST:
        yield f"{place}.amount: write a whole number from 1 to {LONGEST}"
    if row.get("unit") not in set(Unit):
        yield f"{place}.unit: write one of " + ", ".join(Unit)


def _extra(place: str, table: Mapping[str, Any], kind: str) -> Iterator[str]:
    for key in sorted(set(table) - _KEYS[kind]):
        allowed = ", ".join(sorted(_KEYS[kind]))
        yield f"{place}: {key!r} is no key here; remove it or use one of {allowed}"


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _matches(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())

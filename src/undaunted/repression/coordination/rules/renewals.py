"""When regimes end unless they are renewed: days of law, each with its source and mark."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undaunted.core.clocks.rules import Rule, due, rule_for, zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "PACK",
    "Renewal",
    "RenewalDue",
    "framework_due",
    "read_renewals",
    "renewal_due",
    "renewals",
]

PACK = Path(__file__).parents[1] / "packs" / "renewals.toml"
_FIELDS = frozenset(
    {
        "code",
        "title",
        "jurisdiction",
        "rule",
        "since",
        "source",
        "status",
        "read_on",
        "read_in",
        "note",
        "authority",
    }
)
_MARKS = frozenset({"verified", "secondary", "unverified"})
_NOT_NEEDED = frozenset({"note", "authority", "read_on", "read_in"})


@dataclass(frozen=True, slots=True)
class Renewal:
    """A regime with an end: which clock rule says how long it lasts, and since when it ran last.

    `read_on` and `read_in` say when and where `source` was read, if anybody read it.
    """

    code: str
    title: str
    jurisdiction: str
    rule: str
    since: date
    source: str
    status: str
    note: str = ""
    read_on: date | None = None
    read_in: str = ""
    authority: str = ""
    """Code of the law that stands and falls with it; empty where listings alone end."""


@dataclass(frozen=True, slots=True)
class RenewalDue:
    """When a regime ends next; `passed` where no renewal after that day is known here."""

    renewal: Renewal
    rule: Rule
    ends: datetime
    passed: bool

    @property
    def last(self) -> date:
        """The last day on which the regime stands, where its law is made."""
        return (self.ends.astimezone(zone_named(self.rule.zone)) - timedelta(seconds=1)).date()


def read_renewals(text: str, *, where: str) -> tuple[Renewal, ...]:
    """Read a pack. Raises `ValueError` with the file, the regime and what is wrong."""
    read = [
        _renewal(told, f"{where}: renewal {number}")
        for number, told in enumerate(tomllib.loads(text).get("renewals", ()), 1)
    ]
    codes = [each.code for each in read]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ValueError(f"{where}: {twice[0]} stands twice; keep one")
    return tuple(read)


@cache
def renewals() -> tuple[Renewal, ...]:
    """Give what the shipped pack says."""
    return read_renewals(PACK.read_text(encoding="utf-8"), where=PACK.name)


def renewal_due(renewal: Renewal, now: datetime) -> RenewalDue:
    """Reckon when a regime ends, under the clock rule of its law."""
    rule = rule_for(renewal.rule, renewal.since)
    begun = datetime.combine(renewal.since, time(), tzinfo=zone_named(rule.zone))
    deadline = due(rule, begun, now=now)
    ends = deadline.due_at or begun
    return RenewalDue(renewal, rule, ends.astimezone(UTC), passed=ends <= now)


def framework_due(authority: str, on: date) -> RenewalDue | None:
    """Give when the framework of a law ends, as of a day; None where none is known to end."""
    now = datetime.combine(on, time(), tzinfo=UTC)
    found = (each for each in renewals() if each.authority == authority)
    return next((renewal_due(each, now) for each in found), None) if authority else None


def _renewal(told: Mapping[str, Any], where: str) -> Renewal:
    unknown, missing = set(told) - _FIELDS, _FIELDS - _NOT_NEEDED - set(told)
    if unknown or missing:
        names = ", ".join(sorted(unknown | missing))
        raise ValueError(f"{where}: {names}: write each of {', '.join(sorted(_FIELDS))} once")
    if told["status"] not in _MARKS:
        raise ValueError(f"{where}: status: write one of {', '.join(sorted(_MARKS))}")
    if type(told["since"]) is not date:
        raise ValueError(f"{where}: since: write a day, as 2025-12-08")
    if told["status"] != "unverified" and not (
        type(told.get("read_on")) is date and told.get("read_in")
    ):
        raise ValueError(f"{where}: read_on, read_in: say when and where it was read")
    return Renewal(**told)

"""Rules for tests, written as a pack writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from undaunted.core.clocks.rules import (
    Counting,
    Kind,
    Limit,
    Period,
    Roll,
    Rule,
    Source,
    SourceStatus,
    StartEvent,
    Unit,
)

__all__ = ["make_rule", "noon"]

SOURCE = Source("Law of XR", "Article 1", SourceStatus.VERIFIED, date(2026, 1, 1))


def make_rule(*limits: Limit | tuple[int, Unit], **changed: Any) -> Rule:
    """Give a rule in Brussels' time whose limits are hard unless they say otherwise."""
    made = tuple(
        each if isinstance(each, Limit) else Limit(Period(each[0], each[1])) for each in limits
    )
    in_hours = any(each.period.unit is Unit.HOURS for each in made)
    values: dict[str, Any] = {
        "id": "test",
        "version": 1,
        "kind": Kind.LEGAL,
        "title": MappingProxyType({"en": "Test"}),
        "short": MappingProxyType({"en": "Test due"}),
        "starts": StartEvent.RECEIPT,
        "counting": Counting.MOMENT if in_hours else Counting.DAY_AFTER,
        "roll": Roll.NONE,
        "limits": made,
        "zone": "Europe/Brussels",
        "calendar": "weekends",
        "valid_from": date(2000, 1, 1),
        "source": SOURCE,
        "stoppable": True,
    }
    return Rule(**values | changed)


def noon(day: date) -> datetime:
    """Give noon, universal time."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

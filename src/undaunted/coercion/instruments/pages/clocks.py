"""Deadlines of a proceeding as a table shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.rules import IMMEDIATE_CLOCK
from undaunted.core.clocks.rules import State
from undaunted.core.clocks.writers import end_words, rule_title, state_words, status_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.clocks.rules import Deadline

__all__ = ["clock_lines"]

_KINDS = {
    "overdue": "error",
    "late": "error",
    "soft_overdue": "warning",
    "soft_late": "warning",
    "met": "success",
}


def clock_lines(clocks: Iterable[Deadline]) -> list[dict[str, Any]]:
    """Give deadlines in words: soft ones are passed, hard ones broken, acts at once lapsed."""
    return [
        {
            "title": rule_title(each.rule, short=True),
            "state": state_words(each.state),
            "kind": _KINDS.get(each.state.value, "outline"),
            "limits": [
                (one.limit.firmness.value == "soft", end_words(each.rule, one.ends_at, each.zone))
                for one in each.limits
            ],
            "article": f"{each.rule.source.law}, {each.rule.source.article}",
            "status": status_words(each.rule.source.status),
            "lapsed": each.rule.id == IMMEDIATE_CLOCK and each.state is State.OVERDUE,
        }
        for each in clocks
    ]

"""Deadlines of a proceeding as a table shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    """Give deadlines in words: soft ones are passed, hard ones broken."""
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
        }
        for each in clocks
    ]

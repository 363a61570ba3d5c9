"""A reckoned deadline as plain values for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.core.clocks.writers.sentences import explained, rule_title

if TYPE_CHECKING:
    from undaunted.core.clocks.rules import Deadline, Reckoned, Rule

__all__ = ["as_json"]


def as_json(deadline: Deadline) -> dict[str, Any]:
    """Give the deadline with its rule, source, state, limits and the steps of each."""
    rule = deadline.rule
    return {
        "rule": rule.id,
        "version": rule.version,
        "title": rule_title(rule),
        "started": deadline.started.isoformat() if deadline.started else None,
        "state": deadline.state.value,
        "due_at": deadline.due_at.isoformat() if deadline.due_at else None,
        "soft_due_at": deadline.soft_due_at.isoformat() if deadline.soft_due_at else None,
        "zone": deadline.zone,
        "calendar": deadline.calendar,
        "source": {
            "law": rule.source.law,
            "article": rule.source.article,
            "status": rule.source.status.value,
            "read_on": rule.source.read_on.isoformat(),
            "read_in": rule.source.read_in,
            "url": rule.source.url,
            "note": rule.source.note,
        },
        "limits": [_limit(each, rule, deadline.zone) for each in deadline.limits],
    }


def _limit(reckoned: Reckoned, rule: Rule, zone: str) -> dict[str, Any]:
    return {
        "amount": reckoned.limit.period.amount,
        "unit": reckoned.limit.period.unit.value,
        "firmness": reckoned.limit.firmness.value,
        "long_stop": reckoned.limit.long_stop,
        "whose": reckoned.limit.whose,
        "ends_at": reckoned.ends_at.isoformat(),
        "last_day": reckoned.last_day.isoformat() if reckoned.last_day else None,
        "provisional": reckoned.provisional,
        "steps": [
            {
                "key": step.key,
                "from": step.start.isoformat(),
                "to": step.end.isoformat(),
                "values": dict(step.values),
                "text": explained(step, rule, zone),
            }
            for step in reckoned.steps
        ],
    }

"""What is wrong with a row of a list: the field, the row, the rule, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from undaunted.core.listings.rules.terms import LIMITS, FaultRule

__all__ = ["Fault", "ListRefused"]


class ListRefused(ValueError):
    """A file cannot be taken at all; the message says where, why and what to do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; the value is shown as it was found, cut where it is long.

    Of a row that gives no entry, `key` names the entry that it is, where the row tells so much.
    """

    row: int
    field: str
    rule: FaultRule
    value: str = ""
    key: str = ""

    @property
    def loses_the_entry(self) -> bool:
        """Whether this cost the whole entry and not only the field."""
        return self.rule.loses_the_entry

    def as_data(self) -> dict[str, Any]:
        """Give the fault as plain values for JSON."""
        shown = self.value[: LIMITS["value_shown"]]
        told = {"row": self.row, "field": self.field, "rule": self.rule.value, "value": shown}
        return {**told, "key": self.key} if self.key else told

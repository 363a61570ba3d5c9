"""What an assessor found on one criterion, in three values (Kleene's strong logic)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["UNASSESSED", "Finding", "Value", "says_something"]


class Value(StrEnum):
    """Met, not met, or unclear; unclear says that it is not known yet, never "half"."""

    MET = "met"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"

    @classmethod
    def of(cls, fact: bool | None) -> Value:  # noqa: FBT001 - a fact of three values, not a switch
        """Return the value of a fact that may be unknown."""
        if fact is None:
            return cls.UNCLEAR
        return cls.MET if fact else cls.NOT_MET

    def negated(self) -> Value:
        """Return the opposite; the opposite of unclear is unclear."""
        return {self.MET: Value.NOT_MET, self.NOT_MET: Value.MET}.get(self, Value.UNCLEAR)


@dataclass(frozen=True, slots=True)
class Finding:
    """One judgement: the value, why, and on which sources (plain ids)."""

    value: Value
    reasons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


UNASSESSED = Finding(Value.UNCLEAR)
"""Stands for a criterion nobody has looked at."""


def says_something(text: str) -> bool:
    """Tell whether a text has a letter or a digit; marks and what nobody sees are no reasons."""
    return any(character.isalnum() for character in text)

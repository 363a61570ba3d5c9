"""What watching a register finds: control that changed, and what people decide about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.engines.ownership import threshold_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "LEVELS",
    "Change",
    "Grip",
    "Hold",
    "ReviewOutcome",
    "changes_between",
    "state_code",
]

LEVELS = tuple(threshold_of(part) for part in (0.10, 0.25, 0.50, 0.75))
"""Shares of votes from which laws look at an investor, each to be exceeded."""

STATE = "STATE:"


class Grip(StrEnum):
    """What a state's control of an asset is known to be."""

    NONE = "none"
    MAY = "may"
    MUST = "must"


class ReviewOutcome(StrEnum):
    """What somebody who looked at an alert decided."""

    NO_CONCERN = "no_concern"
    WATCH = "watch"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Hold:
    """A state's grip on an asset, and the least and the most of its votes that it has.

    Without a grip they are votes in the asset, or in a company that decides for it alone.
    """

    grip: Grip
    lowest: int = 0
    highest: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A state's grip on an asset, before and after."""

    state: str
    asset: str
    before: Hold
    after: Hold


NOTHING = Hold(Grip.NONE)


def changes_between(
    before: Mapping[tuple[str, str], Hold], after: Mapping[tuple[str, str], Hold]
) -> tuple[Change, ...]:
    """Give every grip that is another one now, and every level passed upward, by state and asset.

    Other shares alone are no change.
    """
    told = []
    for state, asset in sorted(before.keys() | after.keys()):
        was, now = (each.get((state, asset), NOTHING) for each in (before, after))
        if was.grip is not now.grip or _level_passed(was, now):
            told.append(Change(state, asset, was, now))
    return tuple(told)


def _level_passed(was: Hold, now: Hold) -> bool:
    """Tell whether the least or the most of the votes passed 10, 25, 50 or 75 % upward."""
    return any(
        level.met_by(after) and not level.met_by(before)
        for level in LEVELS
        for before, after in ((was.lowest, now.lowest), (was.highest, now.highest))
    )


def state_code(party: str) -> str:
    """Give the country code in a state's identifier; nothing where it names none."""
    return party.removeprefix(STATE) if party.startswith(STATE) else ""

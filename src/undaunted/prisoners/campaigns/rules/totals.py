"""Numbers out of the log: who raised, with what reply, and how private ones are told.

Private raises are in no number that is published with others, so that no difference of published
numbers tells of them. They are told by themselves: in fives, for a campaign as a whole, by whole
months.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.campaigns.rules.terms import LADDER, Channel, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.prisoners.campaigns.rules.sheets import RaiseLine

__all__ = ["FEWEST", "coverage", "in_fives", "open_lines", "replies"]

FEWEST: Final = 5


def in_fives(number: int) -> int:
    """Give a number of private raises as it may be told: rounded down to fives, none below five."""
    return number // FEWEST * FEWEST


def open_lines(lines: Iterable[RaiseLine]) -> tuple[RaiseLine, ...]:
    """Give the raises that were made in the open."""
    return tuple(line for line in lines if line.channel is not Channel.PRIVATE)


def coverage(lines: Iterable[RaiseLine]) -> dict[str, int]:
    """Give how many raises came from each country, the most first, then by code."""
    found = Counter(line.by_country for line in lines)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def replies(lines: Iterable[RaiseLine]) -> dict[Reply | None, int]:
    """Give how many raises stand on each rung of the ladder; None for those not answered yet."""
    found = Counter(line.reply for line in lines)
    return {rung: found[rung] for rung in (None, *LADDER)}

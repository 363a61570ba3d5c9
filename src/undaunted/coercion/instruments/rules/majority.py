"""The Council's qualified majority on a proposal of the Commission (Article 16(4) TEU).

The article was read on 26 November 2026 in the copy at lisbon-treaty.org, not in the Official
Journal. Populations are those that whoever records the vote gives; none is shipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.refusals import InstrumentRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["CouncilVote", "qualified_majority"]

MEMBERS, LEAST_MEMBERS, POPULATION, BLOCKING = 55, 15, 65, 4
"""Per cent of members and so many of them, per cent of the population, members that can block."""


@dataclass(frozen=True, slots=True)
class CouncilVote:
    """Whether it carries, and both sides of the double majority.

    Attributes:
        members: how many voted for it, `of` how many.
        population: whom they represent, `of_all` of the Union.
    """

    carried: bool
    members: int
    of: int
    population: int
    of_all: int


def qualified_majority(populations: Mapping[str, int], votes_for: Collection[str]) -> CouncilVote:
    """Count a vote of the Council; who abstains does not vote for it.

    Raises `InstrumentRefused` for a vote of nobody's, or a population that is no number of people.
    """
    _check(populations, votes_for)
    ayes = set(votes_for)
    of, of_all = len(populations), sum(populations.values())
    represented = sum(populations[each] for each in ayes)
    enough = len(ayes) * 100 >= MEMBERS * of and len(ayes) >= LEAST_MEMBERS
    blocked = represented * 100 < POPULATION * of_all and of - len(ayes) >= BLOCKING
    return CouncilVote(enough and not blocked, len(ayes), of, represented, of_all)


def _check(populations: Mapping[str, int], votes_for: Collection[str]) -> None:
    problems = [
        f"{each}: has a vote and no population; add it, or correct the member state's code"
        for each in sorted(set(votes_for) - set(populations))
    ]
    problems += [
        f"{each}: its population is {number}; write a whole number above nought"
        for each, number in populations.items()
        if number <= 0
    ]
    if len(populations) < LEAST_MEMBERS:
        problems.append(
            f"populations: {len(populations)} member states are fewer than can carry a vote; "
            "give that of every member state"
        )
    if problems:
        raise InstrumentRefused(*problems)

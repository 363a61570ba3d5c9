"""The Council's qualified majority on a proposal of the Commission (Article 16(4) TEU).

The article was read on 26 November 2026 in the copy at lisbon-treaty.org, not in the Official
Journal. Where not all members take part, Article 238(3)(a) TFEU counts among those that do; it was
not read at its publisher. A vote is counted once every member that takes part has voted, abstained
or stayed away: until then it stays open, however many have voted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.refusals import InstrumentRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["Ballot", "CouncilCount", "CouncilVote", "count_ballots", "qualified_majority",
           "read_ballots", "still_open"]  # fmt: skip

MEMBERS, LEAST_MEMBERS, POPULATION, BLOCKING = 55, 15, 65, 4
"""Per cent of members and so many of them, per cent of the population, members that can block."""
WHOLE = 100
MOST_TOLD = 5


class Ballot(StrEnum):
    """What a member state did; who abstains or is absent does not vote for the proposal."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"
    ABSENT = "absent"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class CouncilVote:
    """Whether it carries, and both sides of the double majority.

    Attributes:
        members: how many voted for it, `of` how many, `least` of whom are needed.
        population: whom they represent, `of_all` of those that take part.
        blocking: so many members at least must not vote for it, where the people do not suffice.
    """

    carried: bool
    members: int
    of: int
    population: int
    of_all: int
    least: int = 0
    blocking: int = BLOCKING

    @property
    def share(self) -> float:
        """Per cent of the population that they represent."""
        return WHOLE * self.population / self.of_all


@dataclass(frozen=True, slots=True)
class CouncilCount:
    """A vote as far as it is recorded.

    Attributes:
        missing: members of whom nothing is recorded; while there is one, `vote` is None.
        by_ballot: members by what they did, in the order of their codes.
    """

    missing: tuple[str, ...]
    vote: CouncilVote | None
    by_ballot: Mapping[Ballot, tuple[str, ...]] = field(default_factory=dict)

    @property
    def carried(self) -> bool | None:
        """Whether the qualified majority was reached; None while the vote is open."""
        return None if self.vote is None else self.vote.carried


def read_ballots(told: Mapping[str, str], members: Collection[str]) -> dict[str, Ballot]:
    """Give ballots by member state; an empty one is none.

    Raises `InstrumentRefused` with every member that is none, and every ballot that is none.
    """
    problems = list(_strange(told, members))
    if problems:
        raise InstrumentRefused(*problems)
    return {code: Ballot(each) for code, each in sorted(told.items()) if each}


def count_ballots(
    populations: Mapping[str, int], ballots: Mapping[str, Ballot]
) -> CouncilCount:  # fmt: skip
    """Count a vote of the Council among the members that take part, once all of them voted.

    Raises what `qualified_majority` raises.
    """
    by_ballot = {
        kind: tuple(sorted(code for code, each in ballots.items() if each is kind))
        for kind in Ballot
    }
    missing = tuple(sorted(set(populations) - set(ballots)))
    if missing:
        return CouncilCount(missing, None, by_ballot)
    apart = by_ballot[Ballot.APART]
    taking = {code: number for code, number in populations.items() if code not in apart}
    vote = qualified_majority(taking, by_ballot[Ballot.FOR], all_take_part=not apart)
    return CouncilCount((), vote, by_ballot)


def qualified_majority(
    populations: Mapping[str, int], votes_for: Collection[str], *, all_take_part: bool = True
) -> CouncilVote:
    """Count a vote of the Council; who abstains does not vote for it.

    Raises `InstrumentRefused` for a vote of nobody's, or a population that is no number of people.
    """
    _check(populations, votes_for, LEAST_MEMBERS if all_take_part else 1)
    ayes = set(votes_for)
    of, of_all = len(populations), sum(populations.values())
    represented = sum(populations[each] for each in ayes)
    least = -(-MEMBERS * of // WHOLE)
    blocking = _blocking(populations)
    if all_take_part:
        least, blocking = max(least, LEAST_MEMBERS), BLOCKING
    blocked = represented * WHOLE < POPULATION * of_all and of - len(ayes) >= blocking
    carried = len(ayes) >= least and not blocked
    return CouncilVote(carried, len(ayes), of, represented, of_all, least, blocking)


def _blocking(populations: Mapping[str, int]) -> int:
    """Give the fewest members with more than 35 % of the people that take part, and one more."""
    people, of_all = 0, sum(populations.values())
    for number, each in enumerate(sorted(populations.values(), reverse=True), 1):
        people += each
        if people * WHOLE > (WHOLE - POPULATION) * of_all:
            return number + 1
    return len(populations) + 1  # pragma: no cover - all of them are more than 35 per cent


def _check(populations: Mapping[str, int], votes_for: Collection[str], least: int) -> None:
    problems = [
        f"{each}: has a vote and no population; add it, or correct the member state's code"
        for each in sorted(set(votes_for) - set(populations))
    ]
    problems += [
        f"{each}: its population is {number}; write a whole number above nought"
        for each, number in populations.items()
        if number <= 0
    ]
    if len(populations) < least:
        problems.append(
            f"populations: {len(populations)} member states are fewer than can carry a vote; "
            "give that of every member state that takes part"
        )
    if problems:
        raise InstrumentRefused(*problems)


def _strange(told: Mapping[str, str], members: Collection[str]) -> Iterator[str]:
    for code, each in told.items():
        if code not in members:
            yield f"{code}: is no member of the Council on that day; correct its code"
        if each and each not in set(Ballot):
            allowed = ", ".join(Ballot)
            yield f"{code}: {each!r} is no ballot; write one of {allowed}, or leave it empty"
    if not any(told.values()):
        yield "votes: there are none; write what at least one member state did"


def still_open(missing: Collection[str]) -> str:
    """Say whose votes are not recorded, and what to do."""
    named = ", ".join(sorted(missing)[:MOST_TOLD])
    more = "" if len(missing) <= MOST_TOLD else ", …"
    return (
        f"vote: of {len(missing)} member states nothing is recorded ({named}{more}), so that it "
        "stays open; record what each did"
    )

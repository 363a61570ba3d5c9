"""How members decide: unanimity, majority or weights, with a quorum; computed, never typed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.response.rules.refusals import ResponseRefused
from undaunted.coercion.response.rules.terms import Choice, Voting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

__all__ = ["WHOLE", "DecisionRule", "Tally", "tally"]

WHOLE = 100
"""Shares are whole percentages, so that nothing is rounded."""


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """How a compact decides.

    Attributes:
        voting: unanimity: nobody votes no and somebody yes; majority: more yes than no; weighted:
            the yes votes weigh `threshold` per cent of all members or more.
        quorum: per cent of the members that must have voted; who abstains has voted.
        threshold: used by weighted alone.
    """

    voting: Voting
    quorum: int
    threshold: int = 0

    def __post_init__(self) -> None:
        """Refuse shares that are none."""
        if not 1 <= self.quorum <= WHOLE:
            raise ResponseRefused(f"quorum: {self.quorum} is no share; give 1 to 100 per cent")
        if self.voting is Voting.WEIGHTED and not 1 <= self.threshold <= WHOLE:
            raise ResponseRefused(
                f"threshold: {self.threshold} is no share of weights; give 1 to 100 per cent"
            )


@dataclass(frozen=True, slots=True)
class Tally:
    """What the votes say, with what it rests on."""

    adopted: bool
    yes: int
    no: int
    abstained: int
    absent: int
    yes_weight: int
    weight: int
    quorate: bool


def tally(rule: DecisionRule, weights: Mapping[UUID, int], votes: Mapping[UUID, Choice]) -> Tally:
    """Count the votes of the members. A vote of somebody who is no member is refused."""
    strange = set(votes) - set(weights)
    if strange:
        raise ResponseRefused(f"vote: {min(map(str, strange))} is no member of the compact")
    counted = {each: sum(vote is each for vote in votes.values()) for each in Choice}
    yes_weight = sum(weights[who] for who, vote in votes.items() if vote is Choice.YES)
    weight = sum(weights.values())
    quorate = bool(votes) and len(votes) * WHOLE >= rule.quorum * len(weights)
    yes, no = counted[Choice.YES], counted[Choice.NO]
    if rule.voting is Voting.UNANIMITY:
        carried = yes > 0 and no == 0
    elif rule.voting is Voting.MAJORITY:
        carried = yes > no
    else:
        carried = yes_weight > 0 and yes_weight * WHOLE >= rule.threshold * weight
    return Tally(
        adopted=quorate and carried,
        yes=yes,
        no=no,
        abstained=counted[Choice.ABSTAIN],
        absent=len(weights) - len(votes),
        yes_weight=yes_weight,
        weight=weight,
        quorate=quorate,
    )

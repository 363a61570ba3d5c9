"""Injuries that the product reads out of results: of whom, in which money, from which parts.

Two things are measured. *Real income*: what a state loses of it, as an equivalent variation, by a
model. *Lost sales*: what was sold less than would have been, less what went round, by months of
trade. Both are told as a year; what measures cost is told in the same way beside either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undaunted.coercion.instruments.rules.injury import LEAST, MeasuredInjury, check_injury
from undaunted.coercion.instruments.rules.proceedings import InjuryKind
from undaunted.coercion.instruments.rules.refusals import MeasureRefused
from undaunted.core.places.rules import countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "READ_FROM",
    "LostSales",
    "ReadInjury",
    "a_year",
    "check_about",
    "injury_read",
    "of_months_alone",
    "together",
]

READ_FROM: Final = frozenset({InjuryKind.FRONT, InjuryKind.SCENARIO, InjuryKind.EXPOSURE})
"""Kinds whose amounts are read from a result; of `other` from the rows of its file."""
MONTHS: Final = 12

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class ReadInjury:
    """An injury that was read, and from what.

    Attributes:
        read: what is kept beside the amounts: what was measured, of whom, in per cent and of what,
            the table with its digest, what the interval is; empty of rows of a file and of
            amounts that were typed.
    """

    injury: MeasuredInjury
    kind: InjuryKind
    read: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LostSales:
    """What was sold less over some months, and what of it went round through third countries.

    Attributes:
        less: lowest, best and highest; below zero where more was sold.
        round: of each route, likewise.
    """

    less: Triple
    round: tuple[Triple, ...]
    months: int


def check_about(
    target: Iterable[str],
    coercer: str,
    third_country: str,
    states: Iterable[str],
    *,
    among: Iterable[str],
) -> None:
    """Raise `MeasureRefused` for a result about others than a proceeding, by codes of ISO 3166.

    `among` are the states that a result may be about: of the Union, its members.
    """
    letters = {each.alpha_3: each.code for each in countries()}
    theirs, presses = {letters.get(each, each) for each in target}, letters.get(coercer, coercer)
    if presses != third_country or not theirs <= set(among):
        raise MeasureRefused(
            f"result: is about what {presses} does to {', '.join(sorted(theirs))}, and the "
            f"proceeding about what {third_country} does to {', '.join(sorted(states))}; attach "
            "one of the same states"
        )


def of_months_alone(told: Mapping[str, object]) -> tuple[str, ...]:
    """Say of each part that is told beside another result that it is for a file of months."""
    return tuple(
        f"{name}: is for a file of months alone; leave it empty"
        for name, value in told.items()
        if value
    )


def injury_read(
    amounts: Triple, *, unit: str, year: int, source: str, digest: str
) -> MeasuredInjury:
    """Give the injury of amounts that were read; a gain is no loss below nought.

    Raises `MeasureRefused` where the best estimate is no loss.
    """
    if amounts[1] < LEAST:
        raise MeasureRefused(
            "result: it finds no loss that can be weighed; without one there is no injury"
        )
    low, best, high = sorted(max(0.0, each) for each in amounts)
    injury = MeasuredInjury(low, best, high, unit, year, source, digest)
    check_injury(injury)
    return injury


def together(parts: Iterable[Iterable[float]]) -> Triple:
    """Add losses end to end, as if all were wrong in the same direction."""
    low, best, high = map(sum, zip(*parts, strict=True))
    return low, best, high


def a_year(lost: LostSales) -> Triple:
    """Give the loss of sales less what went round, as of twelve months.

    Ends are added end to end: least is lost where most went round.
    """
    low, best, high = lost.less
    if lost.round:
        least, middle, most = together(lost.round)
        low, best, high = low - most, best - middle, high - least
    each = MONTHS / lost.months
    return low * each, best * each, high * each

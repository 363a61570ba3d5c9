"""Estimates with interval and source: the injury that was measured, what measures would do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from string import hexdigits

from undaunted.coercion.instruments.rules.refusals import MeasureRefused
from undaunted.core.places.rules import is_money

__all__ = ["Effect", "MeasuredInjury", "check_effect", "check_injury"]

DIGEST = 64
FIRST_YEAR, LAST_YEAR = 1950, 2200
LEAST = 0.01
"""An effect below the smallest amount that is kept and shown is none."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a measure is expected to cost the third country in a year: lowest, best, highest."""

    low: float
    best: float
    high: float
    unit: str
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class MeasuredInjury:
    """What coercion costs the Union in a year, as it was measured.

    Attributes:
        unit: currency and scale in which low, best and high are told, as `EUR million`.
        year: whose prices and trade they are.
        source: what measured it, in words that somebody can follow.
        digest: SHA-256 of the file of results that is attached as evidence, in hexadecimal; empty
            where the amounts were typed without one.
    """

    low: float
    best: float
    high: float
    unit: str
    year: int
    source: str
    digest: str


def check_effect(effect: Effect, *, place: str = "effect", stood: bool = False) -> None:
    """Raise `MeasureRefused` with all that is wrong with an estimate.

    The unit of one that `stood` on record is as it was taken then: it is compared, not judged.
    """
    problems = _problems(place, effect, stood=stood)
    if not problems and effect.best < LEAST:
        problems.append(
            f"{place}: a measure that costs nothing is none that can be weighed; write what it is "
            "expected to cost, with its interval"
        )
    if problems:
        raise MeasureRefused(*problems)


def check_injury(
    injury: MeasuredInjury, *, place: str = "injury", attached: bool = True, stood: bool = False
) -> None:
    """Raise `MeasureRefused` with all that is wrong with a measured injury.

    The unit of one that `stood` on record is as it was taken then: it is compared, not judged.
    """
    problems = _problems(place, injury, stood=stood)
    if (attached or injury.digest) and not _is_digest(injury.digest):
        problems.append(
            f"{place}, digest: write the SHA-256 of the attached results, in {DIGEST} signs"
        )
    if problems:
        raise MeasureRefused(*problems)


def _is_digest(text: str) -> bool:
    return len(text) == DIGEST and set(text.lower()) <= set(hexdigits)


def _problems(place: str, told: Effect | MeasuredInjury, *, stood: bool) -> list[str]:
    problems = []
    shares = (told.low, told.best, told.high)
    if not all(math.isfinite(each) and each >= 0 for each in shares):
        problems.append(f"{place}: low, best and high are numbers from nought up; correct them")
    elif not told.low <= told.best <= told.high:
        problems.append(f"{place}: low is at most best, and best at most high; correct their order")
    problems += [
        f"{place}, {name}: write a text that is not empty"
        for name in ("unit", "source")
        if not getattr(told, name).strip()
    ]
    if not stood and told.unit.strip() and not is_money(told.unit):
        problems.append(
            f"{place}, unit: {told.unit!r} is no money that is known; write a currency by its code "
            "of ISO 4217 and thousand, million or billion, as EUR million"
        )
    if not FIRST_YEAR <= told.year <= LAST_YEAR:
        problems.append(f"{place}, year: {told.year} is no year of prices; write one as 2025")
    return problems

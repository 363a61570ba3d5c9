"""Proportionality: what measures cost the third country together must not exceed the injury."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.injury import check_effect, check_injury
from undaunted.coercion.instruments.rules.refusals import MeasureRefused
from undaunted.coercion.instruments.rules.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.coercion.instruments.rules.injury import Effect, MeasuredInjury

__all__ = ["Proportionality", "check_proportionate", "weigh"]


@dataclass(frozen=True, slots=True)
class Proportionality:
    """Sum of effects beside the injury. Ends of intervals are added end to end.

    Adding them so takes the errors of all measures to go the same way, which is the widest that the
    sum can be. `reasons` say what decided the verdict, in sentences.
    """

    verdict: Verdict
    low: float
    best: float
    high: float
    injury: MeasuredInjury
    reasons: tuple[str, ...]


def weigh(effects: Mapping[str, Effect], injury: MeasuredInjury) -> Proportionality:
    """Compare; refused where best or highest estimate exceeds the injury's, warned at overlaps.

    Units are asked to be alike, and not what they are: they were checked where they were written.
    Raises `MeasureRefused` where there is nothing to compare, or in other units or another year.
    """
    check_injury(injury, attached=False, stood=True)
    if not effects:
        raise MeasureRefused("measures: there are none; add one with its expected effect")
    strange = []
    for key, effect in effects.items():
        check_effect(effect, place=f"{key}, effect", stood=True)
        if (effect.unit, effect.year) != (injury.unit, injury.year):
            strange.append(
                f"{key}, effect: is told in {effect.unit} of {effect.year} and the injury in "
                f"{injury.unit} of {injury.year}; tell both alike"
            )
    if strange:
        raise MeasureRefused(*strange)
    low, best, high = (
        sum(getattr(each, end) for each in effects.values()) for end in ("low", "best", "high")
    )
    verdict, reason = _judged(best, high, injury)
    return Proportionality(verdict, low, best, high, injury, (reason,))


def check_proportionate(weighed: Proportionality) -> None:
    """Raise `MeasureRefused` where the measures go beyond the injury."""
    if weighed.verdict is Verdict.REFUSED:
        raise MeasureRefused(*(f"measures: {reason}" for reason in weighed.reasons))


def _judged(best: float, high: float, injury: MeasuredInjury) -> tuple[Verdict, str]:
    unit = f"{injury.unit} of {injury.year}"
    if best > injury.best:
        return Verdict.REFUSED, (
            f"the best estimate of their effect, {best:g} {unit}, exceeds that of the injury, "
            f"{injury.best:g}; make them smaller, or fewer"
        )
    if high > injury.high:
        return Verdict.REFUSED, (
            f"the highest estimate of their effect, {high:g} {unit}, exceeds that of the injury, "
            f"{injury.high:g}; make them smaller, or narrow the estimate"
        )
    if high > injury.low:
        return Verdict.WARNED, (
            f"the intervals overlap: their effect may be {high:g} {unit} and the injury only "
            f"{injury.low:g}; say why the measures stay within it all the same"
        )
    return Verdict.WITHIN, (
        f"even the highest estimate of their effect, {high:g} {unit}, stays within the lowest of "
        f"the injury, {injury.low:g}"
    )

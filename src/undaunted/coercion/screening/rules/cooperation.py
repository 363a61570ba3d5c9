"""What a step of a case does to the clocks of its regime: partners notified, asked, answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.decisions import LEAST_REASONS, says_enough
from undaunted.coercion.screening.rules.refusals import (
    DecisionRefused,
    ScreeningRefused,
    StageRefused,
)
from undaunted.coercion.screening.rules.scope import InScope
from undaunted.coercion.screening.rules.terms import Step, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from undaunted.coercion.screening.rules.terms import ClockMove, Regime

__all__ = [
    "ASKED_FOR",
    "COOPERATION",
    "PartnerPeriod",
    "check_cooperation",
    "check_heard",
    "check_reached",
    "check_urgent",
    "closed_after",
    "moves_on",
    "partner_clocks",
    "reached_by",
]

COOPERATION = frozenset(
    {Step.NOTIFIED, Step.INTENT, Step.COMMENTED, Step.COMMENTS_OVER, Step.OPINION}
)
"""Steps that only a regime with a mechanism of cooperation has."""
ASKED_FOR: Mapping[Step, Step] = MappingProxyType(
    {Step.ANSWERED: Step.REQUESTED, Step.PARTNERS_ANSWERED: Step.PARTNERS_ASKED}
)
"""Answers, and what each answers: what the authority asked itself, and what partners asked."""
_BEGINS = frozenset({Step.NOTIFIED, Step.PARTNERS_ANSWERED, Step.COMMENTS_OVER})


@dataclass(frozen=True, slots=True)
class PartnerPeriod:
    """A period in which partners may still speak; without a last day it stands still."""

    title: str
    due: date | None
    law: str


def moves_on(regime: Regime, step: Step) -> tuple[ClockMove, ...]:
    """Give which clocks start, stop, go on or are met; none where the regime sets no time."""
    return tuple(each for each in regime.moves if each.on is step)


def partner_clocks(regime: Regime) -> frozenset[str]:
    """Give the clocks of the periods in which partners may speak."""
    return frozenset(
        each.clock for each in regime.moves if each.on in _BEGINS and each.does is Turn.START
    )


def closed_after(taken: datetime) -> datetime:
    """Give the moment at which a decision ends partners' periods that still run.

    It is the next one, so that they run in what was known as the decision was taken.
    """
    return taken + timedelta.resolution


def check_cooperation(regime: Regime, step: Step) -> None:
    """Raise `StageRefused` where a regime has no partners to be notified or to comment."""
    if step in COOPERATION and not regime.cooperation:
        raise StageRefused(
            f"step: {regime.title} has no mechanism by which other authorities comment; "
            "share the notice by agreement instead"
        )


def reached_by(
    found: Mapping[str, InScope | None], regimes: Iterable[Regime]
) -> tuple[Regime, ...]:
    """Give the regimes whose partners can be notified: those whose scope test did not say no."""
    held = (each for each in regimes if moves_on(each, Step.NOTIFIED))
    return tuple(each for each in held if found.get(each.key) is not InScope.NO)


def check_reached(
    found: Mapping[str, InScope | None], regimes: Iterable[Regime], why: str
) -> tuple[Regime, ...]:
    """Give the regimes whose periods a notice starts, by what the scope test of each found.

    Where it says no of every one, a reason is demanded, and the periods of all start. Raises
    `ScreeningRefused`.
    """
    held = tuple(each for each in regimes if moves_on(each, Step.NOTIFIED))
    reached = reached_by(found, held)
    if why.strip() and not says_enough(why, LEAST_REASONS):
        raise ScreeningRefused(f"though_outside: give reasons, {LEAST_REASONS} letters at least")
    if held and not reached and not why.strip():
        titles = ", ".join(each.title for each in held)
        raise ScreeningRefused(
            f"though_outside: by its scope test, {titles} does not reach the investment; say why "
            "partners are told all the same, or record another scope test"
        )
    return reached or held


def check_urgent(urgent: str, told_on: date | None, told_to: str) -> None:
    """Raise `DecisionRefused` where partners are not waited for, and it is not said why.

    They are told before that it is intended (Regulation (EU) 2019/452, Article 6(8)): so too where
    it is not said when they were told, or which of them.
    """
    if urgent.strip() and not says_enough(urgent, LEAST_REASONS):
        raise DecisionRefused(f"urgent: give reasons, {LEAST_REASONS} letters at least")
    if urgent.strip() and told_on is None:
        raise DecisionRefused(
            "urgent_told_on: partners are told before a decision that does not wait for them; "
            "give the day on which they were"
        )
    if urgent.strip() and not told_to.strip():
        raise DecisionRefused("urgent_told_to: say which partners were told")
    if not urgent.strip() and (told_on is not None or told_to.strip()):
        raise DecisionRefused("urgent: say why it does not wait for partners who were told so")


def check_heard(running: Iterable[PartnerPeriod], urgent: str, told_on: date | None = None) -> None:
    """Raise `DecisionRefused` for a decision before partners' periods end that says not why.

    So too for one that was proposed without saying when they were told.
    """
    told = ", ".join(
        each.title if each.due is None else f"{each.title} ({each.due})" for each in running
    )
    if told and not urgent.strip():
        raise DecisionRefused(
            f"urgent: partner authorities still have time: {told}; wait until it ends, or send the "
            "decision back and propose it with the reason why it cannot wait"
        )
    if told and told_on is None:
        raise DecisionRefused(
            "urgent_told_on: it does not say when partners were told that it does not wait for "
            "them; send it back and propose it with that day"
        )

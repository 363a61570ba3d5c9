"""What a step of a case does to the clocks of its regime: partners notified, asked, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.refusals import StageRefused
from undaunted.coercion.screening.rules.terms import Step

if TYPE_CHECKING:
    from undaunted.coercion.screening.rules.terms import ClockMove, Regime

__all__ = ["COOPERATION", "check_cooperation", "moves_on"]

COOPERATION = frozenset(
    {Step.NOTIFIED, Step.INTENT, Step.COMMENTED, Step.COMMENTS_OVER, Step.OPINION}
)
"""Steps that only a regime with a mechanism of cooperation has."""


def moves_on(regime: Regime, step: Step) -> tuple[ClockMove, ...]:
    """Give which clocks start, stop, go on or are met; none where the regime sets no time."""
    return tuple(each for each in regime.moves if each.on is step)


def check_cooperation(regime: Regime, step: Step) -> None:
    """Raise `StageRefused` where a regime has no partners to be notified or to comment."""
    if step in COOPERATION and not regime.cooperation:
        raise StageRefused(
            f"step: {regime.title} has no mechanism by which other authorities comment; "
            "share the notice by agreement instead"
        )

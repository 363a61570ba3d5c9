"""Partners have spoken and a period for it still runs: whether it is over, an officer says.

One partner that speaks ends nobody else's time, so nothing is turned by itself; that it waits for
somebody is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.sheets import regimes_of
from undaunted.coercion.screening.rules import Step, Turn, moves_on
from undaunted.coercion.screening.rules.casework import CommentKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.screening.models import Comment
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.clocks.actions import Clock

__all__ = ["Spoken", "spoken_of"]

_STEPS = {
    CommentKind.INTENTION: Step.INTENT,
    CommentKind.COMMENT: Step.COMMENTED,
    CommentKind.OPINION: Step.OPINION,
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a partner said, and the period that still waits for it."""

    comment: Comment
    clock: Clock


def spoken_of(sheet: CaseSheet, clocks: Iterable[Clock]) -> tuple[Spoken, ...]:
    """Give, for each period that runs, the last thing said that could end it."""
    meets = {
        (move.on, move.clock)
        for regime in regimes_of(sheet)
        for step in _STEPS.values()
        for move in moves_on(regime, step)
        if move.does is Turn.MEET
    }
    running = [each for each in clocks if each.met_at is None and each.cancelled_at is None]
    found = []
    for clock in running:
        said = [
            row
            for row in sheet.comments
            if (_STEPS.get(CommentKind(row.kind)), clock.rule) in meets
            and row.received_on >= clock.started_at.date()
        ]
        found += [Spoken(said[-1], clock)] if said else []
    return tuple(found)

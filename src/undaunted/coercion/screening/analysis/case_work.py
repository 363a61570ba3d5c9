"""What of a case waits for somebody: periods, questions, second persons, judgements, conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.standing import measure_standing
from undaunted.coercion.screening.rules import ConditionStanding
from undaunted.coercion.screening.rules.casework import Judgement
from undaunted.core.clocks.rules import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.screening.models import ListCheck, Mitigation, Notice, Party, Request
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.clocks.actions import Clock

__all__ = ["Waiting", "waiting_in"]

_LATE = frozenset({State.OVERDUE, State.SOFT_OVERDUE})
_PRESSING = frozenset({
    ConditionStanding.DUE, ConditionStanding.OVERDUE, ConditionStanding.DOUBTFUL,
    ConditionStanding.BROKEN,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits; of periods the first to end first, those that stand still last.

    Attributes:
        periods: each with its state.
        requests: what was asked for and is not answered completely.
        judgements: looks at lists that somebody has to judge, with their party.
        notices: what a second person has to send.
        measures: conditions that are due, late, doubtful or broken, each with how it stands.
        liftings: conditions that somebody asks a second person to lift.
    """

    periods: tuple[tuple[Clock, State], ...]
    requests: tuple[Request, ...]
    judgements: tuple[tuple[Party, ListCheck], ...]
    notices: tuple[Notice, ...]
    measures: tuple[tuple[Mitigation, ConditionStanding], ...]
    liftings: tuple[Mitigation, ...]
    decision: bool

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return any((
            self.periods, self.requests, self.judgements, self.notices, self.measures,
            self.liftings, self.decision,
        ))  # fmt: skip


def waiting_in(sheet: CaseSheet, clocks: Iterable[Clock]) -> Waiting:
    """Give what waits in a case as it stood at a moment."""
    running = [(each, each.reckon(sheet.at).state) for each in clocks if each.met_at is None]
    standing = (
        (each, measure_standing(sheet, each, sheet.at.date())) for each in sheet.mitigations
    )
    return Waiting(
        periods=tuple(sorted(running, key=_turn)),
        requests=tuple(
            each for each in sheet.requests
            if not any(answer.complete for answer in sheet.answers_to(each))
        ),
        judgements=tuple(
            (line.party, check) for line in sheet.lists for check in line.checks
            if check.judgement == Judgement.UNCLEAR
        ),
        notices=tuple(
            each for each in sheet.notices if not each.sent_at and not each.withdrawn_at
        ),
        measures=tuple(each for each in standing if each[1] in _PRESSING),
        liftings=tuple(each for each in sheet.mitigations if each.lifting_at),
        decision=sheet.proposed is not None,
    )  # fmt: skip


def _turn(period: tuple[Clock, State]) -> tuple[bool, bool, object]:
    clock, state = period
    return state is State.STOPPED, state not in _LATE, clock.due_at

"""A design of response measures as a whole: the measures, the tests of law, the injury."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.checklists import (
    LAW,
    Checklist,
    answered_all,
    answered_yes,
    every_yes,
    unanswered,
)
from undaunted.coercion.instruments.rules.measures import check_measures
from undaunted.coercion.instruments.rules.proportionality import weigh
from undaunted.coercion.instruments.rules.terms import Aimed

if TYPE_CHECKING:
    from datetime import date

    from undaunted.coercion.instruments.rules.checklists import CheckAnswer
    from undaunted.coercion.instruments.rules.injury import MeasuredInjury
    from undaunted.coercion.instruments.rules.measures import Measure
    from undaunted.coercion.instruments.rules.proportionality import Proportionality

__all__ = ["Design", "Judged", "judge"]


@dataclass(frozen=True, slots=True)
class Design:
    """Measures that are thought of, and what was answered to the tests of law."""

    measures: tuple[Measure, ...]
    answers: tuple[CheckAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of a design.

    Attributes:
        necessary, interest: whether every point is answered yes; None while one is open.
        selected: every criterion of Article 11 is answered with reasons.
        lawful: that of international law is answered yes; None while it is open.
        begins: the first day that a measure names.
        linked: persons are named, who are told and heard first (Article 10).
        open: what is still to be answered, with article and remedy.
    """

    proportionality: Proportionality
    necessary: bool | None
    interest: bool | None
    selected: bool
    lawful: bool | None
    begins: date
    linked: bool
    open: tuple[str, ...]


def judge(design: Design, injury: MeasuredInjury) -> Judged:
    """Judge a design. Raises `MeasureRefused` where a measure is none that the Regulation allows.

    Going beyond the injury does not raise here: the answer shows it, and no step adopts it.
    """
    check_measures(design.measures, stood={each.effect.unit for each in design.measures})
    effects = {each.key: each.effect for each in design.measures}
    return Judged(
        proportionality=weigh(effects, injury),
        necessary=every_yes(design.answers, Checklist.NECESSITY),
        interest=every_yes(design.answers, Checklist.INTEREST),
        selected=answered_all(design.answers, Checklist.CRITERIA),
        lawful=answered_yes(design.answers, LAW),
        begins=min(each.begins for each in design.measures),
        linked=any(each.aimed is Aimed.LINKED for each in design.measures),
        open=unanswered(design.answers),
    )

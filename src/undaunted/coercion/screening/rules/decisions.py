"""A decision: what it must rest on before anybody can take it, and where it can be attacked.

Nationality is no factor. What the investor is does not suffice to stand in its way: a decision
against it names what could be affected, with reasons and evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.catalogues import factors_for
from undaunted.coercion.screening.rules.refusals import DecisionRefused
from undaunted.coercion.screening.rules.scope import InScope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from undaunted.coercion.screening.rules.terms import Recourse, Regime

__all__ = [
    "AGAINST",
    "LEAST_CONDITION",
    "LEAST_REASONS",
    "UNWOUND",
    "DecisionKind",
    "Draft",
    "FactorFinding",
    "Found",
    "check_conditions",
    "check_decision",
    "check_finding",
    "check_reasons",
    "recourse_until",
    "says_enough",
]

LEAST_REASONS = 40
"""Fewer letters are no reasons."""
LEAST_CONDITION = 20
"""Fewer letters do not say what is to be done."""
LEAST_DIFFERENT = 8
"""So many different letters and figures has what says something; one again and again does not."""
UNWOUND = "The investment is unwound"
"""What a decision that unwinds demands, as the register of measures holds it."""
LATEST = timedelta(days=5 * 366)
"""So long after a decision may the day lie by which an investment is unwound."""


class DecisionKind(StrEnum):
    """What is decided."""

    CLEAR = "clear"
    CONDITIONS = "conditions"
    PROHIBIT = "prohibit"
    UNWIND = "unwind"


AGAINST = frozenset({DecisionKind.CONDITIONS, DecisionKind.PROHIBIT, DecisionKind.UNWIND})
"""Kinds that stand in the way of the investment as it was filed."""


class Found(StrEnum):
    """What the assessment of a factor came to."""

    PRESENT = "present"
    ABSENT = "absent"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class FactorFinding:
    """One factor as it was assessed; `evidence` names what it rests on."""

    code: str
    found: Found
    reasons: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision as it is proposed.

    Attributes:
        completed: the investment was completed already.
        findings: the factors assessed.
        conditions: how many conditions it sets.
        no_less: why conditions do not suffice, of one that prohibits or unwinds.
        utmost_account: how comments and opinions of partners were taken into account.
        partners: how many of those there are.
        day: the day from which it counts.
        unwind_by: the last day on which the investment is unwound, of one that unwinds.
    """

    kind: DecisionKind
    regime: Regime
    in_scope: InScope
    completed: bool
    findings: tuple[FactorFinding, ...]
    conditions: int = 0
    no_less: str = ""
    utmost_account: str = ""
    partners: int = 0
    day: date | None = None
    unwind_by: date | None = None


def check_decision(draft: Draft) -> None:
    """Raise `DecisionRefused` with everything that a decision lacks."""
    problems = (*_shape_problems(draft), *_finding_problems(draft))
    if problems:
        raise DecisionRefused("; ".join(problems))


def check_reasons(reasons: str) -> None:
    """Raise `DecisionRefused` where a decision gives no reasons."""
    if not says_enough(reasons, LEAST_REASONS):
        raise DecisionRefused(f"reasons: give reasons, {LEAST_REASONS} letters at least")


def check_conditions(conditions: Sequence[str]) -> None:
    """Raise `DecisionRefused` for a condition that nobody could watch, or that stands twice."""
    problems = [
        f"conditions: {each!r} does not say what is to be done; write {LEAST_CONDITION} letters "
        "at least"
        for each in conditions
        if not says_enough(each, LEAST_CONDITION)
    ]
    if len(set(conditions)) < len(conditions):
        problems.append("conditions: one stands twice; write it once")
    if problems:
        raise DecisionRefused("; ".join(problems))


def says_enough(text: str, least: int) -> bool:
    """Tell whether a text has so many letters, and not the same few again and again."""
    different = {each for each in text.casefold() if each.isalnum()}
    return len(text.strip()) >= least and len(different) >= LEAST_DIFFERENT


def check_finding(regime: Regime, finding: FactorFinding) -> None:
    """Raise `DecisionRefused` for an assessment that cannot be kept."""
    problems = [f"{field}: {said}" for field, said in _finding_faults(regime, finding)]
    if problems:
        raise DecisionRefused("; ".join(problems))


def recourse_until(recourse: Recourse, received: date) -> date | None:
    """Give the last day of recourse, counted from the day after; none where no time was read."""
    return None if recourse.days is None else received + timedelta(days=recourse.days)


def _shape_problems(draft: Draft) -> Iterator[str]:
    kind = draft.kind
    if draft.in_scope is not InScope.YES:
        yield "scope: the transaction was not found in scope; close the case instead"
    if kind is DecisionKind.CONDITIONS and not draft.conditions:
        yield "conditions: write at least one"
    if kind is not DecisionKind.CONDITIONS and draft.conditions:
        yield "conditions: only a decision of that kind sets conditions; change the kind"
    if kind is DecisionKind.PROHIBIT and draft.completed:
        yield "kind: the investment was completed; only unwinding can still reach it"
    if kind is DecisionKind.UNWIND and not draft.completed:
        yield "kind: the investment was not completed; prohibit it instead"
    if kind in {DecisionKind.PROHIBIT, DecisionKind.UNWIND} and not draft.no_less.strip():
        yield "no_less: say why conditions do not suffice"
    elif kind in {DecisionKind.PROHIBIT, DecisionKind.UNWIND} and not _reasoned(draft.no_less):
        yield f"no_less: give reasons, {LEAST_REASONS} letters at least"
    yield from _unwinding_problems(draft)
    if draft.partners and not draft.utmost_account.strip():
        yield "utmost_account: say how the comments and opinions were taken into account"
    elif draft.partners and not _reasoned(draft.utmost_account):
        yield f"utmost_account: give reasons, {LEAST_REASONS} letters at least"


def _unwinding_problems(draft: Draft) -> Iterator[str]:
    by, day = draft.unwind_by, draft.day
    if draft.kind is not DecisionKind.UNWIND:
        if by is not None:
            yield "unwind_by: only unwinding has such a day; change the kind, or leave it out"
    elif by is None:
        yield "unwind_by: give the last day on which the investment is unwound"
    elif day is not None and by <= day:
        yield f"unwind_by: it lies after {day}, the day of the decision; give a later day"
    elif day is not None and by - day > LATEST:
        yield (
            f"unwind_by: {by} lies more than five years after {day}, the day of the decision; "
            "give an earlier day"
        )


def _finding_problems(draft: Draft) -> Iterator[str]:
    codes = [each.code for each in draft.findings]
    for finding in draft.findings:
        for _field, said in _finding_faults(draft.regime, finding):
            yield f"{finding.code}: {said}"
        if codes.count(finding.code) > 1:
            yield f"{finding.code}: it is assessed twice; keep one"
    about = {each.code: each.about for each in factors_for(draft.regime)}
    present = [each for each in draft.findings if each.found is Found.PRESENT]
    if not draft.findings:
        yield "factors: assess at least one, with reasons; nationality is none"
    elif draft.kind in AGAINST and not present:
        yield "factors: a decision against the investment rests on at least one that is present"
    elif draft.kind in AGAINST and all(about.get(each.code) == "investor" for each in present):
        yield (
            "factors: what the investor is does not suffice; "
            "add a factor of the target or the deal that could be affected"
        )


def _finding_faults(regime: Regime, finding: FactorFinding) -> Iterator[tuple[str, str]]:
    """Give what is wrong with an assessment, each with the field at which it is."""
    known = [each.code for each in factors_for(regime)]
    if finding.code not in known:
        yield "factor", f"no factor of {regime.title}; use one of {', '.join(known)}"
    if not _reasoned(finding.reasons):
        yield "reasons", f"give reasons, {LEAST_REASONS} letters at least"
    if finding.found is Found.PRESENT and not finding.evidence:
        yield "evidence", "name the evidence on which it rests"


def _reasoned(text: str) -> bool:
    return says_enough(text, LEAST_REASONS)

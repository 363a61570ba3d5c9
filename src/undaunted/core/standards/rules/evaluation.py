"""From findings to a result: computed, never typed in, with what decided it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.standards.rules.findings import UNASSESSED, Finding, Value
from undaunted.core.standards.rules.pack import UNCLEAR, Pack, PackError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "UNCLEAR",
    "FindingsStrange",
    "Outcome",
    "Step",
    "StepKind",
    "evaluate",
    "held_at_snapshot",
    "snapshot_day",
]

UNCLEAR_LABEL = "Not decided yet"


class FindingsStrange(PackError, ValueError):
    """A finding is on something that is no criterion of the pack."""


class StepKind(StrEnum):
    """What a step of the explanation is about."""

    CRITERION = "criterion"
    CATEGORY = "category"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation: what was asked, its value, and the criteria behind it."""

    kind: StepKind
    code: str
    title: str
    value: Value
    because: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The computed result of a pack.

    `decided_by` are the criteria which alone give this result; `missing` are those that keep it
    unclear; exactly one of the two is filled. `qualifies` is None while unclear, and for
    outcomes that say neither. `categories` are those met so far; more may join.
    """

    pack: str
    result: str
    label: str
    qualifies: bool | None
    categories: tuple[str, ...]
    decided_by: tuple[str, ...]
    missing: tuple[str, ...]
    unassessed: tuple[str, ...]
    explanation: tuple[Step, ...]

    @property
    def decided(self) -> bool:
        """Whether the findings suffice; if so, resolving what is unclear cannot change it."""
        return self.result != UNCLEAR


def evaluate(pack: Pack, findings: Mapping[str, Finding]) -> Outcome:
    """Return the outcome of `pack` under `findings`; a criterion without one is unclear.

    Outcomes are tried in order. One that is unclear stops the search, because it might hold;
    the last is not assumed: if none holds, the result is unclear with nothing missing.
    """
    strange = sorted(set(findings) - set(pack.criteria))
    if strange:
        raise FindingsStrange(
            f"{pack.reference} has no criterion {', '.join(strange)}; "
            f"its criteria are {', '.join(pack.criteria)}."
        )
    steps = [*_criterion_steps(pack, findings), *_category_steps(pack, findings)]
    categories = tuple(
        step.code for step in steps if step.kind is StepKind.CATEGORY and step.value is Value.MET
    )
    result, label, qualifies = UNCLEAR, UNCLEAR_LABEL, None
    behind: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    for rule in pack.outcomes:
        verdict = rule.when.judge(findings)
        worded = rule.label.replace("{categories}", ", ".join(categories))
        because = _ordered(pack, verdict.because)
        steps.append(Step(StepKind.OUTCOME, rule.code, worded, verdict.value, because))
        if verdict.value is Value.UNCLEAR:
            missing = verdict.because
            break
        behind |= verdict.because
        if verdict.value is Value.MET:
            result, label, qualifies = rule.code, worded, rule.qualifies
            break
    return Outcome(
        pack=pack.reference,
        result=result,
        label=label,
        qualifies=qualifies,
        categories=categories,
        decided_by=() if result == UNCLEAR else _ordered(pack, behind),
        missing=_ordered(pack, missing),
        unassessed=tuple(name for name in pack.criteria if name not in findings),
        explanation=tuple(steps),
    )


def snapshot_day(pack: Pack, year: int) -> date | None:
    """Return the day of `year` on which a census standard looks, None for other standards."""
    return None if pack.snapshot is None else date(year, *pack.snapshot)


def held_at_snapshot(
    day: date,
    *,
    start_earliest: date,
    start_latest: date,
    end_earliest: date | None,
    end_latest: date | None,
) -> Value:
    """Tell whether a spell covers the midnight at which `day` begins.

    Somebody arrested on `day` is not in; somebody let out on `day` still is. An end of None is
    an end that has not come. This differs from the stock on `day` (start ≤ day < end) for those
    two, and is given as the fact for the census criterion, for a person to confirm.
    """
    if start_latest < day and (end_earliest is None or day <= end_earliest):
        return Value.MET
    if day <= start_earliest or (end_latest is not None and end_latest < day):
        return Value.NOT_MET
    return Value.UNCLEAR


def _criterion_steps(pack: Pack, findings: Mapping[str, Finding]) -> list[Step]:
    steps = []
    for criterion in pack.criteria.values():
        found = findings.get(criterion.id, UNASSESSED)
        steps.append(
            Step(
                StepKind.CRITERION,
                criterion.id,
                criterion.title,
                found.value,
                (criterion.id,),
                found.reasons,
                found.sources,
            )
        )
    return steps


def _category_steps(pack: Pack, findings: Mapping[str, Finding]) -> list[Step]:
    steps = []
    for category in pack.categories:
        verdict = category.when.judge(findings)
        because = _ordered(pack, verdict.because)
        steps.append(Step(StepKind.CATEGORY, category.code, category.title, verdict.value, because))
    return steps


def _ordered(pack: Pack, names: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in pack.criteria if name in names)

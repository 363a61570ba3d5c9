"""The register of conditions: what was ordered, when it is looked at, and whether it is kept."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count, takewhile
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.decisions import LEAST_CONDITION, says_enough
from undaunted.coercion.screening.rules.refusals import MitigationRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "FIRST_LOOK",
    "MONTHS",
    "Condition",
    "ConditionStanding",
    "Mitigation",
    "Outcome",
    "Report",
    "Terms",
    "check_condition",
    "check_report",
    "check_terms",
    "monitoring_days",
    "next_look",
    "standing_on",
]

MONTHS = range(1, 61)
"""So far apart may looks at a condition lie."""
LATEST = timedelta(days=5 * 366)
"""So long after the decision may a condition begin to bind."""
FIRST_LOOK = 6
"""Months until a condition is first looked at, unless somebody says otherwise of it."""


class Mitigation(StrEnum):
    """What kind of thing a condition asks for."""

    ACCESS = "access"
    DATA = "data"
    GOVERNANCE = "governance"
    SUPPLY = "supply"
    DIVESTMENT = "divestment"
    TECHNOLOGY = "technology"
    SECURITY_OFFICER = "security_officer"
    AUDIT = "audit"
    REPORTING = "reporting"
    CHANGE_NOTICE = "change_notice"
    OTHER = "other"


class Outcome(StrEnum):
    """What a look at a condition found."""

    KEPT = "kept"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"


class ConditionStanding(StrEnum):
    """How a condition stands on a day."""

    NOT_YET = "not_yet"
    UNSEEN = "unseen"
    KEPT = "kept"
    DUE = "due"
    OVERDUE = "overdue"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a decision.

    Attributes:
        since: the day from which it binds.
        months: how many months lie between looks at it.
        watched_by: who looks.
        until: the last day on which it binds; none where it binds until it is lifted.
        done_by: the last day on which what it asks is done; it is late from then on, until a second
            person lifts it as done.
    """

    kind: Mitigation
    text: str
    since: date
    months: int
    watched_by: str
    until: date | None = None
    done_by: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One look at a condition; `evidence` names what it rests on."""

    on: date
    outcome: Outcome
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """Since and until when a condition of a decision binds, and how it is watched.

    What is not said is the day of the decision, half a year, the authority, and no last day.
    """

    starts_on: date | None = None
    months: int = FIRST_LOOK
    watched_by: str = ""
    ends_on: date | None = None


def check_condition(condition: Condition) -> None:
    """Raise `MitigationRefused` with everything that keeps a condition from being watched."""
    problems = []
    if not says_enough(condition.text, LEAST_CONDITION):
        problems.append(f"text: say what is to be done, in {LEAST_CONDITION} letters at least")
    if not condition.watched_by.strip():
        problems.append("watched_by: name who looks at it")
    problems += _day_problems(condition.months, condition.since, condition.until)
    if problems:
        raise MitigationRefused("; ".join(problems))


def check_terms(terms: Terms, day: date) -> None:
    """Raise `MitigationRefused` for terms that a condition of a decision of a day cannot have."""
    since = terms.starts_on or day
    problems = [*_day_problems(terms.months, since, terms.ends_on)]
    if since < day:
        problems.append(f"starts_on: a condition binds from {day}, the day of the decision, or on")
    elif since - day > LATEST:
        problems.append(
            f"starts_on: {since} lies more than five years after {day}, the day of the decision; "
            "give an earlier day"
        )
    if problems:
        raise MitigationRefused("; ".join(problems))


def _day_problems(months: int, since: date, until: date | None) -> Iterator[str]:
    if months not in MONTHS:
        yield f"months: a look every {MONTHS.start} to {MONTHS.stop - 1} months"
    if until is not None and until <= since:
        yield "ends_on: the last day lies after the first"


def check_report(condition: Condition, report: Report) -> None:
    """Raise `MitigationRefused` for a look that cannot be kept."""
    problems = []
    if report.on < condition.since:
        problems.append(f"on: the condition binds from {condition.since}; look from then on")
    if not report.text.strip():
        problems.append("text: say what was seen")
    if report.outcome is Outcome.BROKEN and not report.evidence:
        problems.append("evidence: a breach names the evidence on which it rests")
    if problems:
        raise MitigationRefused("; ".join(problems))


def monitoring_days(condition: Condition, *, until: date) -> tuple[date, ...]:
    """Give the days on which the condition is looked at, up to a day or to its own end."""
    last = until if condition.until is None else min(until, condition.until)
    days = (_later(condition.since, condition.months * each) for each in count(1))
    return tuple(takewhile(lambda day: day <= last, days))


def next_look(condition: Condition, looks: Iterable[date]) -> date | None:
    """Give the first day after all looks on which it is looked at; none where it ends before."""
    last = max(looks, default=condition.since)
    ahead = (_later(condition.since, condition.months * each) for each in count(1))
    day = next(each for each in ahead if each > last)
    return None if condition.until is not None and condition.until < day else day


def standing_on(condition: Condition, reports: Iterable[Report], day: date) -> ConditionStanding:
    """Tell how a condition stands; what was broken stays so until a later look found it kept.

    It is kept to where somebody looked and found so, never because nobody did.
    """
    seen = sorted((each for each in reports if each.on <= day), key=lambda each: each.on)
    if seen and seen[-1].outcome is Outcome.BROKEN:
        return ConditionStanding.BROKEN
    if condition.until is not None and condition.until < day:
        return ConditionStanding.ENDED
    if day < condition.since:
        return ConditionStanding.NOT_YET
    awaited = _awaited(condition, seen[-1].on if seen else condition.since, day)
    if awaited is not None:
        return ConditionStanding.DUE if awaited == day else ConditionStanding.OVERDUE
    if seen and seen[-1].outcome is Outcome.DOUBTFUL:
        return ConditionStanding.DOUBTFUL
    return ConditionStanding.KEPT if seen else ConditionStanding.UNSEEN


def _awaited(condition: Condition, looked: date, day: date) -> date | None:
    """Give the day on which it was to be done, or to be looked at again, where it has come."""
    if condition.done_by is not None and condition.done_by <= day:
        return condition.done_by
    due = monitoring_days(condition, until=day)
    return due[-1] if due and due[-1] > looked else None


def _later(day: date, months: int) -> date:
    """Give the same day some months later, the last of the month where it has none such."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))

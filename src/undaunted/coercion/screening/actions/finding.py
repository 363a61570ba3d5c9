"""What is said of the parties of a case: facts with sources, looks at lists with a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.screening.actions.telling import ended, held_case, told
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.listed import matchers_for
from undaunted.coercion.screening.models import Fact, ListCheck
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules import SOURCED, ScreeningRefused, SourceStatus
from undaunted.coercion.screening.rules.casework import (
    BY_HAND,
    LONGEST_SOURCE,
    SILENT,
    FactKind,
    Judgement,
    checked_country,
    checked_day,
    checked_text,
    needed_text,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.coercion.screening.analysis.matching import Hit, Matcher
    from undaunted.coercion.screening.models import Case, Party
    from undaunted.core.access.rules import Actor

__all__ = [
    "FactPlan",
    "ListLook",
    "hold_against_list",
    "hold_against_lists",
    "judge_list_check",
    "record_fact",
    "record_list_check",
    "withdraw_fact",
    "withdraw_list_check",
]


@dataclass(frozen=True, slots=True)
class FactPlan:
    """What a source says about a party, by its id in the stakes or its name."""

    kind: FactKind
    about: str
    text: str
    source: str
    state: str = ""
    day: date | None = None
    status: SourceStatus = SourceStatus.UNVERIFIED


@dataclass(frozen=True, slots=True)
class ListLook:
    """A look at one list of one day: the entry that came up, if any, and what a person judged."""

    list_name: str
    list_day: date
    judgement: Judgement
    entry: str = ""
    reason: str = ""
    method: str = BY_HAND


def record_fact(case: Case, plan: FactPlan, *, actor: Actor, at: datetime) -> Fact:
    """Record what a source says: state, military, special rights, funding, prior conduct."""
    state = checked_country("state", plan.state) if plan.state else ""
    if plan.day is not None:
        checked_day("day", plan.day, first=None, last=at.date())
    if plan.status not in SOURCED:
        known = ", ".join(SOURCED)
        raise ScreeningRefused(f"status: write one of {known}")
    with in_turn():
        held = held_case(case, actor=actor)
        return told(
            Fact,
            held,
            "case.fact_recorded",
            actor=actor,
            at=at,
            kind=FactKind(plan.kind),
            about=needed_text("about", plan.about, 200),
            state=state,
            text=needed_text("text", plan.text),
            day=plan.day,
            source=needed_text("source", plan.source, LONGEST_SOURCE),
            status=SourceStatus(plan.status),
        )


def withdraw_fact(fact: Fact, *, why: str, actor: Actor, at: datetime) -> Fact:
    """Withdraw what was recorded of a party; it stays on record."""
    with in_turn():
        held_case(fact.case, actor=actor)
        return ended(fact, why, "case.fact_withdrawn", actor=actor, at=at)


def record_list_check(party: Party, look: ListLook, *, actor: Actor, at: datetime) -> ListCheck:
    """Record that a party was held against a list of a day, and what a person judged of it.

    Raises `ScreeningRefused` for a hit without its entry or a judgement without a reason: that
    nothing was found is said of one list and one day alone.
    """
    judged = Judgement(look.judgement)
    if judged not in SILENT and not (look.entry.strip() and look.reason.strip()):
        raise ScreeningRefused("entry: name the entry that came up, and say why it was judged so")
    if judged in SILENT and look.entry.strip():
        raise ScreeningRefused("judgement: an entry came up; say whether it is the same party")
    if judged is Judgement.NOT_COMPARED:
        needed_text("reason", look.reason)
    if look.list_day > at.date():
        raise ScreeningRefused("list_day: it lies ahead; give the day of the version that was read")
    with in_turn():
        held = held_case(party.case, actor=actor)
        return told(
            ListCheck,
            held,
            "case.list_looked_at",
            actor=actor,
            at=at,
            party=party,
            list_name=needed_text("list_name", look.list_name, 200),
            list_day=look.list_day,
            method=needed_text("method", look.method, 12),
            entry=checked_text("entry", look.entry, LONGEST_SOURCE),
            judgement=judged,
            reason=checked_text("reason", look.reason),
        )


def hold_against_list(
    case: Case, matcher: Matcher, *, actor: Actor, at: datetime
) -> tuple[ListCheck, ...]:
    """Let a matcher hold every party against its list; what comes up waits for a person.

    A party for which nothing came up is told so, of that list, day and method alone, and one that
    cannot be compared is told so too. What a person
    judged before is told again of a later version with its reason, and what waits is not asked
    twice.
    """
    with in_turn():
        held = held_case(case, actor=actor)
        sheet = case_as_known(actor, held, at)
        parties = sheet.parties
        standing = {line.party.pk: line.checks for line in sheet.lists}
        came: dict[UUID, list[Hit]] = {party.pk: [] for party in parties}
        for hit in matcher.hits(parties):
            came[hit.party.pk].append(hit)
        looks = [
            (party, look)
            for party in parties
            for look in [_look(matcher, hit) for hit in came[party.pk]] or [_look(matcher, None)]
            if not any(_told_already(look, row) for row in standing[party.pk])
        ]
        return tuple(record_list_check(party, look, actor=actor, at=at) for party, look in looks)


def judge_list_check(
    check: ListCheck, judgement: Judgement, reason: str, *, actor: Actor, at: datetime
) -> ListCheck:
    """Judge an entry that came up: the same party, another, or not to be told; with a reason."""
    look = ListLook(
        check.list_name, check.list_day, judgement, check.entry,
        needed_text("reason", reason), check.method,
    )  # fmt: skip
    with in_turn():
        held_case(check.case, actor=actor)
        ended(check, "judged", "case.list_look_judged", actor=actor, at=at)
        return record_list_check(check.party, look, actor=actor, at=at)


def withdraw_list_check(check: ListCheck, *, why: str, actor: Actor, at: datetime) -> ListCheck:
    """Withdraw a look at a list that was wrong; the party stands where it stood before."""
    with in_turn():
        held_case(check.case, actor=actor)
        return ended(check, why, "case.list_look_withdrawn", actor=actor, at=at)


def hold_against_lists(case: Case, *, actor: Actor, at: datetime) -> tuple[ListCheck, ...]:
    """Hold every party against every list in force, by name and what else is known.

    Only what is new, or says something else of who it is, waits for a person.
    """
    sheet = case_as_known(actor, held_case(case, actor=actor), at)
    checks = [row for line in sheet.lists for row in line.checks]
    return tuple(
        row
        for matcher in matchers_for(actor, checks)
        for row in hold_against_list(case, matcher, actor=actor, at=at)
    )


def _look(matcher: Matcher, hit: Hit | None) -> ListLook:
    judged = Judgement.NOTHING_FOUND if hit is None else hit.judgement or Judgement.UNCLEAR
    entry, reason = ("", "") if hit is None else (hit.entry, hit.reason or hit.alike)
    return ListLook(matcher.list_name, matcher.list_day, judged, entry, reason, matcher.method)


def _told_already(look: ListLook, row: ListCheck) -> bool:
    """Whether a look that stands says as much: of this version, or a question that waits.

    That nothing was found and that nothing could be compared are not the same.
    """
    if (row.list_name, row.method, row.entry) != (look.list_name, look.method, look.entry):
        return False
    if look.judgement in SILENT and row.judgement != look.judgement:
        return False
    return row.list_day == look.list_day or row.judgement == look.judgement == Judgement.UNCLEAR

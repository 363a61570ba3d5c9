"""What the pages of a case need beside its rows: the laws that bear on it, and who acquires."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.asking import Asked, QuestionRefused, answered
from undaunted.coercion.screening.analysis.phases import regimes_between
from undaunted.coercion.screening.analysis.tables import stakes_after
from undaunted.coercion.screening.rules import (
    Answer,
    InScope,
    Owner,
    ScreeningRefused,
    measure_for,
    measure_named,
)
from undaunted.coercion.screening.rules.casework import PartyRole
from undaunted.engines.ownership import PartyKind, sentences

if TYPE_CHECKING:
    from datetime import date

    from undaunted.coercion.screening.analysis.asking import Answered
    from undaunted.coercion.screening.models import Party
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import Facts, Measure, Regime
    from undaunted.core.access.rules import Actor
    from undaunted.engines.ownership import Stakes

__all__ = ["facts_with_owners", "measure_of", "owners_of", "party_as", "picture_for", "regimes_of"]

STATE = "STATE:"
GRADES = (Answer.NO, Answer.MAY, Answer.MUST)


def regimes_of(sheet: CaseSheet, *more: date) -> tuple[Regime, ...]:
    """Give the laws of the day of receipt, of the moment that is looked at, and of `more` days."""
    day = sheet.at.date()
    received = sheet.filing.received_on if sheet.filing else None
    return regimes_between(sheet.case.jurisdiction, received or day, day, *more)


def measure_of(sheet: CaseSheet, key: str = "") -> tuple[Measure, Regime | None]:
    """Give a measure by its key, or the case's own: that of the law that reaches it.

    Asked first are the laws whose scope test said yes. Raises `ScreeningRefused`.
    """
    if key:
        return measure_named(key), None
    inside = {row.regime for row in sheet.scopes if row.outcome == InScope.YES}
    held = regimes_of(sheet)
    return measure_for(sorted(held, key=lambda each: each.key not in inside))


def party_as(sheet: CaseSheet, role: PartyRole) -> Party | None:
    """Give the first party in a role that has an id in the stakes; else the first in it."""
    held = [row for row in sheet.parties if row.role == role]
    return next((row for row in held if row.identifier), held[0] if held else None)


def picture_for(
    sheet: CaseSheet, after: Stakes, owners: tuple[str, ...], measure: Measure
) -> Answered:
    """Give who controls the target by the stakes after the investment; for its picture.

    It is measured by a majority, a share or a law's test. Without `owners` asked are every state
    that a stake names, or else the acquirer. Raises `QuestionRefused`.
    """
    target = party_as(sheet, PartyRole.TARGET)
    if target is None or not target.identifier:
        raise QuestionRefused("no party is recorded as the target with its id in the stakes")
    acquirer = party_as(sheet, PartyRole.ACQUIRER)
    fallback = (acquirer.identifier,) if acquirer and acquirer.identifier else ()
    seeds = owners or _states(after) or fallback
    return answered(after, Asked(target.identifier, seeds, sheet.at.date(), measure=measure))


def owners_of(actor: Actor, sheet: CaseSheet, day: date) -> tuple[Owner, ...]:
    """Give what states must or may control of the acquirer, by the case's law, for its scope."""
    acquirer = party_as(sheet, PartyRole.ACQUIRER)
    if acquirer is None or not acquirer.identifier:
        return ()
    table = stakes_after(actor, sheet.case, as_of=day, known_at=sheet.at)
    if acquirer.identifier not in table.parties:
        return ()
    measure, _regime = measure_of(sheet)
    return tuple(
        Owner(
            name=state,
            state=state.removeprefix(STATE),
            controls=_controls(found),
            is_state=True,
            proof=tuple(each for proof in found.proofs for each in sentences(proof)),
        )
        for state in _states(table)
        for found in (answered(table, Asked(acquirer.identifier, (state,), day, measure=measure)),)
    )


def facts_with_owners(actor: Actor, sheet: CaseSheet, facts: Facts) -> Facts:
    """Give facts with the states that the stakes show above the acquirer and that are not told.

    Raises `ScreeningRefused` where a state is told to control less than the stakes prove.
    """
    found = [each for each in owners_of(actor, sheet, facts.day) if each.controls is not Answer.NO]
    told = facts.investor.owners
    unsaid = []
    for owner in found:
        same = [each for each in told if each.is_state and each.state == owner.state]
        most = max((GRADES.index(each.controls) for each in same), default=-1)
        if 0 <= most < GRADES.index(owner.controls):
            raise ScreeningRefused(
                f"investor.owners: the stakes of the case show that {owner.name} {owner.controls} "
                f"control the acquirer, and here it is {GRADES[most]}; correct the facts or the "
                "stakes"
            )
        if not same:
            unsaid.append(owner)
    return replace(facts, investor=replace(facts.investor, owners=(*told, *unsaid)))


def _states(table: Stakes) -> tuple[str, ...]:
    parties = table.parties
    return tuple(
        sorted(
            each for number, each in enumerate(parties.ids)
            if parties.kinds[number] == PartyKind.STATE or each.startswith(STATE)
        )
    )  # fmt: skip


def _controls(found: Answered) -> Answer:
    return Answer(found.answer) if found.answer in {"must", "may"} else Answer.NO

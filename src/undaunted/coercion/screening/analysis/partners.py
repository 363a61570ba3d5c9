"""Partners of a case: until when they may speak, and which laws let them be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.letter_periods import lines_of
from undaunted.coercion.screening.analysis.phases import clocks_known, regimes_notifying
from undaunted.coercion.screening.rules import (
    InScope,
    PartnerPeriod,
    Step,
    moves_on,
    regimes,
)
from undaunted.coercion.screening.rules.cooperation import (
    check_reached,
    partner_clocks,
    reached_by,
)
from undaunted.core.clocks.writers import rule_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import Regime
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock

__all__ = [
    "laws_found",
    "laws_notified",
    "laws_to_notify",
    "partner_periods",
    "periods_open",
    "scopes_found",
]


def partner_periods(actor: Actor, case: Case, at: datetime) -> tuple[PartnerPeriod, ...]:
    """Give the periods in which partners could still speak at a moment, the first to end first.

    One that stands still for what they asked has no last day yet, and is told last.
    """
    return periods_open(clocks_known(actor, case, at), at)


def periods_open(clocks: Iterable[Clock], at: datetime) -> tuple[PartnerPeriod, ...]:
    """Give those of partners among the clocks of a case, as they stood at a moment."""
    theirs = {clock for regime in regimes() for clock in partner_clocks(regime)}
    waiting = [each for each in clocks if each.rule in theirs and each.met_at is None]
    told = [period for each in waiting for period in _periods(each, at)]
    running = [each for each in told if each.due is None or each.due >= at.date()]
    return tuple(sorted(running, key=lambda each: (each.due is None, each.due or at.date())))


def _periods(clock: Clock, at: datetime) -> Iterator[PartnerPeriod]:
    """Give a period for its end, or for that of each who has one: the Commission's is longer."""
    rule = clock.held_rule
    if clock.stopped_since:
        law = f"{rule.source.law}, {rule.source.article}"
        yield PartnerPeriod(rule_title(rule), None, law)
        return
    for line in lines_of(clock.reckon(at)):
        yield PartnerPeriod(line.title, line.due, line.law)


def scopes_found(sheet: CaseSheet) -> dict[str, InScope | None]:
    """Give what the last scope test of a case found, by law."""
    return {row.regime: InScope(row.outcome) for row in sheet.scopes}


def laws_notified(sheet: CaseSheet, why: str = "") -> tuple[Regime, ...]:
    """Give the laws whose periods a notice would start. Raises `ScreeningRefused` for none."""
    return check_reached(scopes_found(sheet), _notifying(sheet), why)


def laws_to_notify(sheet: CaseSheet) -> tuple[frozenset[str], frozenset[str]]:
    """Give the laws whose periods a notice starts, and those of them that may reach the deal."""
    held = [each for each in _notifying(sheet) if moves_on(each, Step.NOTIFIED)]
    reached = reached_by(scopes_found(sheet), held)
    return frozenset(each.key for each in held), frozenset(each.key for each in reached)


def laws_found(sheet: CaseSheet) -> tuple[tuple[Regime, InScope | None], ...]:
    """Give the laws that know partners, each with what its scope test found; none where none is."""
    found = scopes_found(sheet)
    return tuple((each, found.get(each.key)) for each in _notifying(sheet) if each.cooperation)


def _notifying(sheet: CaseSheet) -> tuple[Regime, ...]:
    day = sheet.at.date()
    return regimes_notifying(sheet.case.jurisdiction, sheet.received_on or day, day)

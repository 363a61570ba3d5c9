"""Deals seen in ownership and not filed: which regimes can still screen them, until when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.rules.regimes import regimes_for
from undaunted.coercion.screening.rules.scope import InScope, ScopeResult, scope_of, words_for
from undaunted.coercion.screening.rules.terms import Filing
from undaunted.core.clocks.rules import Firmness, RuleUnknown, StartEvent, due, rule_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from undaunted.coercion.screening.rules.facts import Facts

__all__ = ["End", "Reach", "UnfiledStatus", "last_day_of", "reaches", "told_reach"]


class UnfiledStatus(StrEnum):
    """Where an unfiled deal stands with the authority."""

    CONSIDERED = "considered"
    OPENED = "opened"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class End:
    """The last day on which a regime lets an authority act; a soft one promises nobody anything.

    One in `doubt` binds only where nobody had to file, and whether somebody had is not known.
    """

    rule: str
    last_day: date
    soft: bool
    status: str
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """What one regime says of a deal that was not filed."""

    scope: ScopeResult
    ends: tuple[End, ...]

    def open_on(self, day: date) -> bool:
        """Tell whether no period that binds is over; without any, none is held."""
        return all(day <= each.last_day for each in self.ends if not each.doubt)

    @property
    def last_day(self) -> date | None:
        """Give the earliest end, since all periods of a law bind; none where it sets none."""
        return min((each.last_day for each in self.ends), default=None)


def reaches(facts: Facts, countries: Iterable[str], *, learnt_on: date) -> tuple[Reach, ...]:
    """Give every regime that takes the deal in, or may; periods begin on the day or when learnt."""
    found: list[Reach] = []
    for country in sorted(set(countries)):
        for regime in regimes_for(country, facts.day):
            told = scope_of(regime, facts)
            known = {each.scope.regime.key for each in found}
            if told.in_scope is not InScope.NO and regime.key not in known:
                found.append(Reach(told, tuple(_ends(told, facts.day, learnt_on))))
    return tuple(found)


def last_day_of(told: Iterable[Reach]) -> date | None:
    """Give the last day on which any regime can act; none where one sets no period."""
    days = [each.last_day for each in told]
    return None if None in days else max((each for each in days if each), default=None)


def told_reach(reach: Reach) -> dict[str, Any]:
    """Give what a regime says, to be kept as it was found."""
    scope = reach.scope
    return {
        "regime": scope.regime.key,
        "title": scope.regime.title,
        "in_scope": scope.in_scope.value,
        "filing": scope.filing.value,
        "filing_may": scope.filing_may.value,
        "verified": scope.verified,
        "rows": [
            {
                "says": each.row.says,
                "met": each.met.value,
                "law": each.row.source.law,
                "article": each.row.source.article,
                "status": each.row.source.status.value,
            }
            for each in scope.deciding
        ],
        "missing": [words_for(each) for each in scope.missing],
        "ends": [
            {
                "rule": each.rule,
                "last_day": each.last_day.isoformat(),
                "soft": each.soft,
                "status": each.status,
                "doubt": each.doubt,
            }
            for each in reach.ends
        ],
    }


def _ends(told: ScopeResult, day: date, learnt_on: date) -> Iterator[End]:
    """Give the ends that bind, or may: some do only where nobody had to file."""
    regime = told.regime
    for name in regime.ex_post:
        unless_due = name in regime.ex_post_unless_due
        begins = (regime.ex_post_begins(each) for each in (day, learnt_on))
        end = _end(name, *begins)
        doubt = unless_due and told.filing_may is Filing.MANDATORY
        if end is None or (unless_due and told.filing is Filing.MANDATORY):
            continue
        if not doubt or learnt_on <= end.last_day:  # one in doubt that is over tells no last day
            yield replace(end, doubt=doubt)


def _end(name: str, day: date, learnt_on: date) -> End | None:
    try:
        rule = rule_for(name, day)
    except RuleUnknown:
        return None
    begins = learnt_on if rule.starts is StartEvent.DISCOVERY else day
    started = datetime.combine(begins, time(12), UTC)
    limit = due(rule, started, now=started).limits[-1]
    last_day = limit.last_day or limit.ends_at.date()
    soft = limit.limit.firmness is Firmness.SOFT
    return End(name, last_day, soft, rule.source.status.value)

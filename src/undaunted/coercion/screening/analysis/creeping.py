"""How what states hold of an asset crept upward: in it, and in the companies that decide for it.

Where a company alone has more than half of an asset, whoever buys that company bit by bit comes to
have all of the asset on one day. The bits are told of the company, by its name, and not that day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.analysis.holdings import told_by
from undaunted.coercion.screening.analysis.votes import deciders_of
from undaunted.coercion.screening.rules import LEVELS
from undaunted.engines.ownership import (
    HALF,
    Crossing,
    PartyKind,
    crossings,
    votes_graph,
)

if TYPE_CHECKING:
    from datetime import date

    from undaunted.coercion.screening.analysis.watching import Look
    from undaunted.engines.ownership import Stakes

__all__ = ["Creeping", "creeping_in"]


@dataclass(frozen=True, slots=True)
class Creeping:
    """A day on which what a state holds of votes passed a level.

    They are votes in the asset, or in the company that decides for it and that is named.
    """

    state: str
    crossing: Crossing
    company: str = ""


def creeping_in(look: Look, asset: str) -> tuple[Creeping, ...]:
    """Give when states' least votes in an asset passed 10, 25, 50 and 75 %, by what is known."""
    told = told_by(look.holdings, look.assets)
    parties = told.stakes.parties
    if asset not in parties:
        return ()
    number = parties.number_of(asset)
    companies, days = _ever_deciding(told.stakes, number), _Days(told.stakes, number)
    found = [
        Creeping(state, each, "" if company == number else parties.label(company))
        for state in told.states
        for company, each in _crept(days, state, companies)
    ]
    return tuple(sorted(found, key=lambda each: (each.crossing.day, each.state)))


def _ever_deciding(stakes: Stakes, asset: int) -> list[int]:
    """Give an asset, and every company that may have had most of it, or of such a one, some day."""
    shares: dict[int, Counter[int]] = {}
    firms = np.flatnonzero(stakes.parties.kinds[stakes.owner] != PartyKind.STATE)
    columns = (each[firms].tolist() for each in (stakes.owner, stakes.owned, stakes.lo))
    for owner, owned, share in zip(*columns, strict=True):
        shares.setdefault(owned, Counter())[owner] += share
    found = [asset]
    for company in found:
        above = shares.get(company, {}).items()
        found += [each for each, share in above if share > HALF and each not in found]
    return found


class _Days:
    """Stakes the day before a day and on it, and who decided for an asset: once for every state."""

    def __init__(self, stakes: Stakes, asset: int) -> None:
        self.stakes, self.asset = stakes, asset
        self._known: dict[date, tuple[list[Stakes], list[list[int]]]] = {}

    def about(self, day: date) -> tuple[list[Stakes], list[list[int]]]:
        """Give both tables of a day, and the chain of deciders in each."""
        if day not in self._known:
            tables = [self.stakes.as_of(each) for each in (day - timedelta(days=1), day)]
            chains = [deciders_of(votes_graph(each), self.asset) for each in tables]
            self._known[day] = tables, chains
        return self._known[day]


def _crept(days: _Days, state: str, companies: list[int]) -> list[tuple[int, Crossing]]:
    """Give the crossings of a state in an asset and in those that decide for it on the day."""
    stakes, parties = days.stakes, days.stakes.parties
    passed = {
        company: crossings(stakes, [state], parties.ids[company], LEVELS) for company in companies
    }
    majority = {
        (company, each.day)
        for company, found in passed.items()
        for each in found
        if each.threshold.share == HALF
    }
    kept: list[tuple[int, Crossing]] = []
    for day in sorted({each.day for found in passed.values() for each in found}):
        tables, chains = days.about(day)
        for company in dict.fromkeys((*chains[1], *chains[0])):
            above = {up for chain in chains for up in _next(chain, company)}
            by_others = any((each, day) in majority for each in above) and not _changed(
                tables, company
            )
            if not by_others:
                kept += [(company, each) for each in passed[company] if each.day == day]
    return kept


def _next(chain: list[int], company: int) -> list[int]:
    """Give who decides for a company in a chain."""
    if company not in chain[:-1]:
        return []
    return [chain[chain.index(company) + 1]]


def _changed(tables: list[Stakes], company: int) -> bool:
    """Tell whether the stakes in a company itself are others in two tables."""
    then, now = (
        sorted(zip(*(column[each.owned == company].tolist() for column in
                     (each.owner, each.right, each.lo, each.hi)), strict=True))
        for each in tables
    )  # fmt: skip
    return then != now

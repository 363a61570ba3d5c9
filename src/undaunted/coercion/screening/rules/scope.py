"""Who is screened: a transaction held against every row of a regime, with what decided it.

A row that describes the transaction brings it in; a row "outside" takes it out again; a row "told"
says of what is in that others are notified. Where a fact is missing that would change the answer,
the answer is "unclear" and names the fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from undaunted.coercion.screening.rules.conditions import Ground, holds
from undaunted.coercion.screening.rules.facts import FLAGS
from undaunted.coercion.screening.rules.jurisdictions import adoptions, area_of
from undaunted.coercion.screening.rules.sectors import lists_on
from undaunted.coercion.screening.rules.terms import Effect, Filing, SourceStatus
from undaunted.coercion.screening.rules.truth import NO, Truth, all_of, any_of, lacking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.coercion.screening.rules.facts import Facts
    from undaunted.coercion.screening.rules.terms import Regime, ScopeRow, SectorList

__all__ = ["InScope", "RowFinding", "ScopeResult", "scope_of", "words_for"]

_FILINGS = {
    Effect.MANDATORY: Filing.MANDATORY,
    Effect.VOLUNTARY: Filing.VOLUNTARY,
    Effect.NATIONAL: Filing.NATIONAL,
}
_ASIDE = frozenset({Effect.OUTSIDE, Effect.TOLD})
"""Effects of rows that bring nothing in."""
_STRICTEST = (Filing.MANDATORY, Filing.VOLUNTARY, Filing.NATIONAL, Filing.NONE)

_FIELDS = {
    "target.states": "where the target is established or active",
    "target.sectors": "in which sectors the target is active",
    "investor.state": "where the investor is established",
    "investor.owners": "who the ultimate owners of the investor are, none left out",
    "investor.owners.state": "to which country an ultimate owner belongs",
    "investor.owners.controls": "whether an ultimate owner controls the investor",
    "investor.owners.is_state": "whether an ultimate owner is a state or an organ of one",
    "investor.owners.interest": "how many of the investor's votes a state holds",
    "before.equity": "how many shares the investor held before",
    "before.votes": "how many votes the investor held before",
    "after.equity": "how many shares the investor holds afterwards",
    "after.votes": "how many votes the investor holds afterwards",
}


class InScope(StrEnum):
    """Whether a transaction can be screened under a regime."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class RowFinding:
    """What one row says: whether it describes the transaction, and what is missing to know."""

    row: ScopeRow
    met: InScope
    missing: tuple[str, ...]
    decides: bool

    @property
    def verified(self) -> bool:
        """Tell whether the row was read at its source."""
        return self.row.source.status is SourceStatus.VERIFIED


@dataclass(frozen=True, slots=True)
class ScopeResult:
    """The answer of a regime on a day.

    Attributes:
        filing: what is known to be asked of the investor.
        filing_may: the most that may be asked of it, once what is missing is known.
        rows: every row, those that decided marked.
        missing: fields of the facts that would make the answer clearer.
        lists: the lists of sectors and versions that were read, as `uk-nsia@1`.
    """

    regime: Regime
    in_scope: InScope
    filing: Filing
    filing_may: Filing
    rows: tuple[RowFinding, ...]
    missing: tuple[str, ...]
    lists: tuple[str, ...]

    @property
    def deciding(self) -> tuple[RowFinding, ...]:
        """Give the rows that decided."""
        return tuple(each for each in self.rows if each.decides)

    @property
    def told(self) -> tuple[RowFinding, ...]:
        """Give the rows by which other authorities are notified, or may have to be."""
        aside = (each for each in self.rows if each.row.effect is Effect.TOLD)
        return tuple(each for each in aside if each.met is not InScope.NO)

    @property
    def verified(self) -> bool:
        """Tell whether the regime and every row that decided were read at their sources."""
        read = self.regime.source.status is SourceStatus.VERIFIED
        return read and all(each.verified for each in self.deciding)


def scope_of(regime: Regime, facts: Facts) -> ScopeResult:
    """Hold a transaction against a regime, whether or not that is in force on its day."""
    lists = lists_on(facts.day)
    ground = Ground(_area(regime, facts), lists)
    here = _target_here(facts, ground)
    truths = {row.id: all_of((here, holds(row.when, facts, ground))) for row in regime.scope}
    out = {row.id: _taken_out(row, regime, truths) for row in regime.scope}
    kept = {
        row.id: all_of((truths[row.id], _opposite(out[row.id])))
        for row in regime.scope
        if row.effect is not Effect.OUTSIDE
    }
    truths |= {row.id: kept[row.id] for row in regime.scope if row.effect is Effect.TOLD}
    inside = {row.id: kept[row.id] for row in regime.scope if row.effect not in _ASIDE}
    found = any_of(inside.values())
    sure = [row for row in regime.scope if row.id in inside and inside[row.id].holds]
    maybe = [row for row in regime.scope if row.id in inside and inside[row.id].holds is not False]
    filing, most = _strictest(sure), _strictest(maybe)
    missing = _asked(found, inside, maybe, filing)
    rows = tuple(_finding(row, truths, inside, found, filing) for row in regime.scope)
    return ScopeResult(
        regime, _told(found), filing, most, rows, missing, _read_lists(regime, lists)
    )


def words_for(name: str) -> str:
    """Say in English what a missing field would tell."""
    first, _, last = name.partition(".")
    if first == "flags":
        return f"whether {FLAGS[last]}"
    if first == "sectors":
        return f"whether the announced version of the list {last} is in force"
    if name in _FIELDS:
        return _FIELDS[name]
    return f"whether the target is in the sector {last.removeprefix('sectors.')}"


def _area(regime: Regime, facts: Facts) -> frozenset[str]:
    """Give the regime's countries; of the model, those of the target's that have adopted it."""
    if regime.jurisdiction:
        return area_of(regime.jurisdiction)
    adopted = {each.state for each in adoptions() if each.regime == regime.key}
    return facts.target.states & adopted or facts.target.states


def _target_here(facts: Facts, ground: Ground) -> Truth:
    if not facts.target.states:
        return lacking("target.states")
    return Truth(bool(facts.target.states & ground.area))


def _taken_out(row: ScopeRow, regime: Regime, truths: Mapping[str, Truth]) -> Truth:
    takes = [
        truths[other.id]
        for other in regime.scope
        if other.effect is Effect.OUTSIDE and (not other.excludes or row.id in other.excludes)
    ]
    return any_of(takes) if takes else NO


def _opposite(truth: Truth) -> Truth:
    return Truth(None if truth.holds is None else not truth.holds, truth.missing)


def _strictest(rows: Iterable[ScopeRow]) -> Filing:
    asked = {_FILINGS[row.effect] for row in rows}
    return next((each for each in _STRICTEST if each in asked), Filing.NONE)


def _asked(
    found: Truth, inside: Mapping[str, Truth], maybe: Iterable[ScopeRow], filing: Filing
) -> tuple[str, ...]:
    """Give the fields that could make the answer clearer or stricter."""
    names = dict.fromkeys(found.missing)
    for row in maybe:
        if _stricter(row, filing):
            names |= dict.fromkeys(inside[row.id].missing)
    return tuple(names)


def _finding(
    row: ScopeRow,
    truths: Mapping[str, Truth],
    inside: Mapping[str, Truth],
    found: Truth,
    filing: Filing,
) -> RowFinding:
    """Give what a row says; one that is unclear decides where it could change the answer."""
    truth = truths[row.id]
    if row.effect is Effect.TOLD:
        decides = False
    elif row.effect is Effect.OUTSIDE:
        decides = truth.holds is not False and found.holds is not True
    elif inside[row.id].holds is None:
        decides = found.holds is None or _stricter(row, filing)
    else:
        decides = inside[row.id].holds is True
    return RowFinding(row, _told(truth), truth.missing, decides)


def _stricter(row: ScopeRow, filing: Filing) -> bool:
    return _STRICTEST.index(_FILINGS[row.effect]) < _STRICTEST.index(filing)


def _told(truth: Truth) -> InScope:
    if truth.holds is None:
        return InScope.UNCLEAR
    return InScope.YES if truth.holds else InScope.NO


def _read_lists(regime: Regime, lists: Mapping[str, tuple[SectorList, ...]]) -> tuple[str, ...]:
    named = dict.fromkeys(name for row in regime.scope for name in _named_lists(row.when))
    return tuple(f"{name}@{lists[name][0].version}" for name in named)


def _named_lists(when: Mapping[str, object]) -> Iterable[str]:
    if "sectors" in when:
        yield str(when["sectors"])
    for each in cast("list[dict[str, Any]]", when.get("any", [])):
        yield from _named_lists(each)

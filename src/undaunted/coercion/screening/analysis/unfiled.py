"""Stakes that began lately in companies with critical assets, held against every regime's scope."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.analysis.holdings import Told, held_on, told_by
from undaunted.coercion.screening.rules import (
    Facts,
    Held,
    Investor,
    Owner,
    Reach,
    Span,
    Target,
    TransactionKind,
    reaches,
    state_code,
)
from undaunted.engines.ownership import WHOLE, Answer, control_by, held_by, one_form, votes_graph

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from undaunted.coercion.screening.analysis.watching import Look
    from undaunted.coercion.screening.models import AssetEntry, Holding
    from undaunted.engines.ownership import Control, Graph

__all__ = ["Deal", "deals_seen"]

LONGEST = timedelta(days=3660)
"""No regime that is held reaches further back than ten years."""


@dataclass(frozen=True, slots=True)
class Deal:
    """A stake that rose, who stands above its owner, the assets below, and what regimes say.

    Votes before and after are the owner's, or those of a state above it with all of its firms.
    `share` is what the owner itself holds since then, at least, in units.
    """

    facts: Facts
    owner: str
    target: str
    target_name: str
    share: int
    assets: tuple[str, ...]
    reaches: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class _Around:
    """Who held what the day before a day and on it, and what each state controlled then."""

    day: date
    told: Told
    graphs: tuple[Graph, Graph]
    states: dict[str, tuple[Control, Control]] = field(default_factory=dict)

    def of_owner(self, owner: int) -> tuple[Control, Control]:
        """Give what an owner controlled before, and controls after."""
        seeds = np.array([owner], np.int64)
        return control_by(self.graphs[0], seeds), control_by(self.graphs[1], seeds)

    def above(self, owner: int) -> list[tuple[str, tuple[Control, Control]]]:
        """Give the states that are an owner after, or must or may control it."""
        if not self.states:
            for state, seeds in self.told.states.items():
                first, then = (control_by(each, seeds) for each in self.graphs)
                self.states[state] = first, then
        return [
            (state, found)
            for state, found in self.states.items()
            if any(owner in each for each in (found[1].seeds, found[1].must, found[1].may))
        ]


def deals_seen(look: Look, fresh: Collection[UUID]) -> tuple[Deal, ...]:
    """Give the deals that fresh holdings tell of and that some regime takes in and can still reach.

    Only holdings whose first day is told can be dated; what no regime reaches any more is left out.
    """
    dated = [
        each
        for each in look.holdings
        if each.pk in fresh
        and each.valid_from is not None
        and look.day - LONGEST <= each.valid_from <= look.day
        and each.owned != each.owner
    ]
    if not dated:
        return ()
    told = told_by(look.holdings, look.assets)
    found: dict[tuple[str, str, date], Deal] = {}
    for day in sorted({each.valid_from for each in dated if each.valid_from}):
        around = _around(told, day)
        for row in dated:
            key = (one_form(row.owner), one_form(row.owned), day)
            if row.valid_from == day and key not in found:
                deal = _deal(row, look, around)
                if deal is not None:
                    found[key] = deal
    return tuple(found.values())


def _around(told: Told, day: date) -> _Around:
    graphs = [votes_graph(told.stakes.as_of(each)) for each in (day - timedelta(days=1), day)]
    return _Around(day, told, (graphs[0], graphs[1]))


def _deal(row: Holding, look: Look, around: _Around) -> Deal | None:
    parties, day = around.told.stakes.parties, around.day
    owner, target = parties.number_of(row.owner), parties.number_of(row.owned)
    assets = _below(around.graphs[-1], target, look.assets)
    if not assets or not _rises(own := _spans(around.of_owner(owner), target)):
        return None
    above = around.above(owner)
    before, after = _larger([own, *(_spans(found, target) for _, found in above)])
    owners = tuple(_owner(state, found[-1], owner) for state, found in above)
    facts = Facts(
        day=day,
        kind=TransactionKind.ACQUISITION,
        investor=Investor(parties.label(owner), state_code(row.owner), owners, complete=None),
        target=Target(
            parties.label(target),
            frozenset(each.country for each in assets),
            frozenset(each.sector for each in assets),
        ),
        before=Held(before, before),
        after=Held(after, after),
        flags={"listed": True},
    )
    reached = tuple(
        each
        for each in reaches(facts, (asset.country for asset in assets), learnt_on=look.day)
        if each.open_on(look.day)
    )
    if not reached:
        return None
    names = tuple(each.asset.reference for each in assets)
    held = held_on(row.owner, row.owned, day, look.holdings)
    share = sum(each.lowest for each in held if each.right == row.right)
    return Deal(facts, row.owner, row.owned, parties.label(target), share, names, reached)


def _below(graph: Graph, target: int, assets: Iterable[AssetEntry]) -> tuple[AssetEntry, ...]:
    """Give the assets that a company must or may control, or is."""
    found = control_by(graph, np.array([target], np.int64))
    inside = {target, *found.must.tolist(), *found.may.tolist()}
    return tuple(each for each in assets if graph.parties.number_of(each.asset.reference) in inside)


def _spans(found: Sequence[Control], target: int) -> tuple[Span, Span]:
    """Give the votes that an owner, or a state, and what it controls held before and hold after."""
    before, after = (_within(held_by(each, target)) for each in found)
    return before, after


def _rises(spans: tuple[Span, Span]) -> bool:
    before, after = spans
    return after.highest > before.lowest


def _larger(told: Iterable[tuple[Span, Span]]) -> tuple[Span, Span]:
    """Give the largest rise: the owner's own, or that of a state whose firm it is.

    What one firm of a state sells to another is no rise of the state's.
    """
    risen = [each for each in told if _rises(each)]
    before, after = max(risen, key=lambda each: (each[1].lowest, each[1].highest))
    # What a state holds only if it may control some firms widens what is held at most.
    highest = [max(each[at].highest for each in risen) for at in (0, 1)]
    return Span(before.lowest, highest[0]), Span(after.lowest, highest[1])


def _within(held: tuple[int, int]) -> Span:
    """Give a span; sources that contradict each other can add up to more than the whole."""
    return Span(min(held[0], WHOLE), min(held[1], WHOLE))


def _owner(state: str, found: Control, owner: int) -> Owner:
    """Give a state above an owner as the scope of regimes asks for it."""
    parties = found.graph.parties
    sure = owner in found.seeds or owner in found.must
    interest = None if owner in found.seeds else _within(held_by(found, owner))
    return Owner(
        parties.label(parties.number_of(state)), state_code(state),
        Answer.MUST if sure else Answer.MAY, True, interest,
    )  # fmt: skip

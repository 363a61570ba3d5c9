"""Stakes that began lately in companies with critical assets, held against every regime's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.analysis.holdings import Told, told_by
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
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from undaunted.coercion.screening.analysis.watching import Look
    from undaunted.coercion.screening.models import AssetEntry, Holding
    from undaunted.engines.ownership import Graph

__all__ = ["Deal", "deals_seen"]

LONGEST = timedelta(days=3660)
"""No regime that is held reaches further back than ten years."""


@dataclass(frozen=True, slots=True)
class Deal:
    """A stake that rose, who stands above its owner, the assets below, and what regimes say.

    `share` is what the owner itself holds since then, at least, in units.
    """

    facts: Facts
    owner: str
    target: str
    target_name: str
    share: int
    assets: tuple[str, ...]
    reaches: tuple[Reach, ...]


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
        graphs = tuple(
            votes_graph(told.stakes.as_of(each)) for each in (day - timedelta(days=1), day)
        )
        for row in dated:
            key = (one_form(row.owner), one_form(row.owned), day)
            if row.valid_from == day and key not in found:
                deal = _deal(row, day, look, told, graphs)
                if deal is not None:
                    found[key] = deal
    return tuple(found.values())


def _deal(
    row: Holding, day: date, look: Look, told: Told, graphs: tuple[Graph, ...]
) -> Deal | None:
    parties = told.stakes.parties
    owner, target = parties.number_of(row.owner), parties.number_of(row.owned)
    assets = _below(graphs[-1], target, look.assets)
    before, after = (_span(graph, owner, target) for graph in graphs)
    if not assets or after.highest <= before.lowest:
        return None
    owners = tuple(_owners(told, graphs[-1], owner))
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
    share = _held(row, day, look.holdings)
    return Deal(facts, row.owner, row.owned, parties.label(target), share, names, reached)


def _held(row: Holding, day: date, holdings: Iterable[Holding]) -> int:
    """Give what the owner of a row itself holds of its company by the same right on a day."""
    return sum(
        each.lowest
        for each in holdings
        if (each.owner, each.owned, each.right) == (row.owner, row.owned, row.right)
        and (each.valid_from is None or each.valid_from <= day)
        and (each.valid_to is None or day < each.valid_to)
    )


def _below(graph: Graph, target: int, assets: Iterable[AssetEntry]) -> tuple[AssetEntry, ...]:
    """Give the assets that a company must or may control, or is."""
    found = control_by(graph, np.array([target], np.int64))
    inside = {target, *found.must.tolist(), *found.may.tolist()}
    return tuple(each for each in assets if graph.parties.number_of(each.asset.reference) in inside)


def _span(graph: Graph, owner: int, target: int) -> Span:
    """Give the votes that an owner and what it controls hold, at least and at most."""
    return _within(held_by(control_by(graph, np.array([owner], np.int64)), target))


def _within(held: tuple[int, int]) -> Span:
    """Give a span; sources that contradict each other can add up to more than the whole."""
    return Span(min(held[0], WHOLE), min(held[1], WHOLE))


def _owners(told: Told, graph: Graph, owner: int) -> Iterable[Owner]:
    for state, seeds in told.states.items():
        found = control_by(graph, seeds)
        if owner in seeds or owner in found.must:
            answer = Answer.MUST
        elif owner in found.may:
            answer = Answer.MAY
        else:
            continue
        interest = None if owner in seeds else _within(held_by(found, owner))
        parties = graph.parties
        yield Owner(
            parties.label(parties.number_of(state)), state_code(state), answer, True, interest
        )

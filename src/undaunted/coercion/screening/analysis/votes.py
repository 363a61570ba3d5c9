"""What states hold of assets' votes without controlling them, by all of their firms together.

Where a company alone has more than half of an asset, votes in that company count: who buys it bit
by bit buys the asset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.rules import Grip, Hold, state_code
from undaunted.engines.ownership import HALF, PartyKind, held_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.coercion.screening.models import AssetEntry
    from undaunted.engines.ownership import Control, Graph, Stakes

__all__ = ["decided_by", "deciders_of", "stakes_held", "votes_in"]


def deciders_of(graph: Graph, company: int) -> list[int]:
    """Give a company, who alone has more than half of it, who alone has of that one, and so on.

    It ends below a state, which nobody holds.
    """
    chain, last = [company], company
    while (above := _decider(graph, last)) is not None and above not in chain:
        chain.append(above)
        last = above
    return chain


def decided_by(graph: Graph, assets: Iterable[AssetEntry]) -> dict[int, list[AssetEntry]]:
    """Give the assets that each company decides for alone; each asset is among its own."""
    told: dict[int, list[AssetEntry]] = {}
    for each in assets:
        for company in deciders_of(graph, graph.parties.number_of(each.asset.reference)):
            told.setdefault(company, []).append(each)
    return told


def votes_in(
    found: Control, state: str, decided: Mapping[int, list[AssetEntry]]
) -> dict[tuple[str, str], Hold]:
    """Give what a state holds of assets elsewhere that it neither must nor may control."""
    graph, home = found.graph, state_code(state)
    inside = {*found.must.tolist(), *found.may.tolist()}
    told: dict[tuple[str, str], Hold] = {}
    for company in _held_in(found):
        for each in decided.get(company, ()):
            key = state, each.asset.reference
            if each.country == home or graph.parties.number_of(key[1]) in inside:
                continue
            held = Hold(Grip.NONE, *held_by(found, company))
            told[key] = max(held, told.get(key, held), key=lambda one: (one.lowest, one.highest))
    return told


def stakes_held(found: Control, asset: int) -> Stakes:
    """Give the stakes of a state and its firms in an asset and in those that decide for it."""
    graph = found.graph
    group = np.concatenate([found.seeds, found.must, found.may])
    places = [
        graph.place[graph.stakes_in(each)][np.isin(graph.owner[graph.stakes_in(each)], group)]
        for each in deciders_of(graph, asset)
    ]
    return graph.stakes.take(np.concatenate(places).astype(np.int64))


def _decider(graph: Graph, company: int) -> int | None:
    held = graph.stakes_in(company)
    alone = graph.owner[held][graph.lo[held] > HALF]
    firms = alone[graph.parties.kinds[alone] != PartyKind.STATE]
    return int(firms[0]) if firms.size else None


def _held_in(found: Control) -> list[int]:
    """Give the companies in which a state or a firm of it holds something, ascending."""
    graph = found.graph
    group = np.unique(np.concatenate([found.seeds, found.must, found.may])).tolist()
    held = {company for each in group for company in graph.owned[graph.stakes_of(each)].tolist()}
    return sorted(held)

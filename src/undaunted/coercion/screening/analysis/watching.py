"""A register screened again: whose control of which asset is another one than it was.

Control is found once as it was, and worked out anew only where holdings changed and below; days on
which a stake begins or ends count as changes too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.coercion.screening.analysis.holdings import told_by
from undaunted.coercion.screening.analysis.votes import decided_by, stakes_held, votes_in
from undaunted.coercion.screening.rules import Change, Grip, Hold, changes_between, state_code
from undaunted.engines.ownership import (
    Right,
    control_by,
    held_by,
    one_form,
    proofs_of,
    recontrolled,
    sentences,
    votes_graph,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from undaunted.coercion.screening.models import AssetEntry, Holding
    from undaunted.engines.ownership import Control, Stakes

__all__ = ["Found", "Look", "Proved", "grips_of", "proved", "shares_of", "watched"]


@dataclass(frozen=True, slots=True)
class Look:
    """What stood in a register at one moment, and the day that is asked about."""

    assets: Sequence[AssetEntry]
    holdings: Sequence[Holding]
    day: date


@dataclass(frozen=True, slots=True)
class Proved:
    """Why a state has its grip: sentences to be read, and the stakes that carry them."""

    said: tuple[str, ...] = ()
    stakes: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The changes since the look before, each with its proof, and how many companies changed."""

    changes: tuple[tuple[Change, Proved], ...]
    changed: int


def watched(before: Look | None, now: Look) -> Found:
    """Give what changed between two looks; the first look tells every grip that there is."""
    earlier = before or Look((), (), now.day)
    known = {each.pk: each for each in (*earlier.holdings, *now.holdings)}
    told = told_by(list(known.values()), (*earlier.assets, *now.assets))
    was, here = (told.among(each.holdings).as_of(each.day) for each in (earlier, now))
    touched = _touched(was, here)
    graphs = votes_graph(was), votes_graph(here)
    still = {each.asset.reference for each in now.assets}
    watched_then = [each for each in earlier.assets if each.asset.reference in still]
    decided = decided_by(graphs[0], watched_then), decided_by(graphs[1], now.assets)
    found: list[tuple[Change, Proved]] = []
    for state, seeds in told.states.items():
        first = control_by(graphs[0], seeds)
        second = recontrolled(first, graphs[1], touched)
        changes = changes_between(
            _grips(first, state, watched_then) | votes_in(first, state, decided[0]),
            _grips(second, state, now.assets) | votes_in(second, state, decided[1]),
        )
        proofs = proved(second, [each.asset for each in changes])
        found += [(each, proofs.get(one_form(each.asset), Proved())) for each in changes]
    return Found(tuple(found), int(touched.size))


def grips_of(look: Look) -> dict[tuple[str, str], Hold]:
    """Give what every state must and may control on the day, its own country's assets apart."""
    told = told_by(look.holdings, look.assets)
    graph = votes_graph(told.stakes.as_of(look.day))
    grips: dict[tuple[str, str], Hold] = {}
    for state, seeds in told.states.items():
        grips |= _grips(control_by(graph, seeds), state, look.assets)
    return grips


def shares_of(look: Look, asset: str) -> list[tuple[str, Hold]]:
    """Give what states hold of an asset's votes that do not control it, the most first."""
    told = told_by(look.holdings, look.assets)
    graph = votes_graph(told.stakes.as_of(look.day))
    decided = decided_by(graph, [each for each in look.assets if each.asset.reference == asset])
    found = [
        (state, hold)
        for state, seeds in told.states.items()
        for hold in votes_in(control_by(graph, seeds), state, decided).values()
        if hold.highest > 0
    ]
    return sorted(found, key=lambda each: (-each[1].highest, each[0]))


def proved(found: Control, assets: Sequence[str]) -> dict[str, Proved]:
    """Give the proof of each asset that is controlled or may be; of others what is held of them."""
    parties = found.graph.parties
    numbers = [parties.number_of(each) for each in assets]
    proofs = {each.company: each for each in proofs_of(found, numbers)}
    told = {
        parties.ids[each]: Proved(sentences(proof), tuple(_told(proof.stakes)))
        for each, proof in proofs.items()
    }
    rest = [each for each in numbers if each not in proofs]
    return told | {parties.ids[each]: _held(found, each) for each in rest}


def _held(found: Control, asset: int) -> Proved:
    """Give what a state and its firms hold of an asset, and what makes them its firms."""
    held = stakes_held(found, asset)
    above = proofs_of(found, np.unique(held.owner).tolist())
    rows = [row for each in (held, *(proof.stakes for proof in above)) for row in _told(each)]
    return Proved(stakes=tuple({tuple(row.items()): row for row in rows}.values()))


def _grips(found: Control, state: str, assets: Iterable[AssetEntry]) -> dict[tuple[str, str], Hold]:
    home, parties = state_code(state), found.graph.parties
    must, may = set(found.must.tolist()), set(found.may.tolist())
    told: dict[tuple[str, str], Hold] = {}
    for each in assets:
        number = parties.number_of(each.asset.reference)
        if each.country == home or (number not in must and number not in may):
            continue
        grip = Grip.MUST if number in must else Grip.MAY
        told[state, each.asset.reference] = Hold(grip, *held_by(found, number))
    return told


def _touched(was: Stakes, here: Stakes) -> np.ndarray:
    """Give the companies of which other stakes hold now than did then."""
    rows = [_rows_by_company(each) for each in (was, here)]
    return np.array(
        sorted(
            company
            for company in rows[0].keys() | rows[1].keys()
            if rows[0].get(company) != rows[1].get(company)
        ),
        np.int64,
    )


def _rows_by_company(stakes: Stakes) -> Mapping[int, set[tuple[int, ...]]]:
    told: dict[int, set[tuple[int, ...]]] = {}
    columns = (stakes.owned, stakes.owner, stakes.right, stakes.lo, stakes.hi)
    for company, *row in zip(*(each.tolist() for each in columns), strict=True):
        told.setdefault(company, set()).add(tuple(row))
    return told


def _told(stakes: Stakes) -> Iterable[dict[str, Any]]:
    parties = stakes.parties
    for place in range(len(stakes)):
        owner, owned = int(stakes.owner[place]), int(stakes.owned[place])
        yield {
            "owner": parties.ids[owner],
            "owner_name": parties.label(owner),
            "owned": parties.ids[owned],
            "owned_name": parties.label(owned),
            "right": Right(int(stakes.right[place])).name.lower(),
            "lowest": int(stakes.lo[place]),
            "highest": int(stakes.hi[place]),
            "source": stakes.sources[int(stakes.source[place])],
            "row": int(stakes.row[place]),
        }

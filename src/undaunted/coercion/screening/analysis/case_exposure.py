"""What of a sector the acquiring side must, and may, control before and after an investment.

Asked are the states above the acquirers, and the acquirers themselves, where the target or a
company below it holds assets of the authority's register. The register tells the rest of each
sector; what the case holds of a stake stands for what the register tells of it, and deals that the
authority let through count from their day until the register tells of that company anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.analysis.exposure_steps import (
    layers_of,
    past_of,
)
from undaunted.coercion.screening.queries import (
    assets_among,
    cleared_before,
    sector_entries,
    stakes_known,
    ties_between,
)
from undaunted.coercion.screening.rules import AssetGrip, CaseExposure, Grip, state_code
from undaunted.coercion.screening.rules.casework import PartyRole
from undaunted.engines.ownership import (
    Assets,
    PartyKind,
    control,
    exposure,
    one_form,
    proofs_of,
    sentences,
    votes_graph,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.coercion.screening.analysis.exposure_steps import Past
    from undaunted.coercion.screening.models import AssetEntry
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor
    from undaunted.engines.ownership import Control, Graph, Stakes

__all__ = ["case_exposure"]

MOST_GRIPS = 25
"""So many assets of one owner and sector are told one by one, with their proofs."""

Sector = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Held:
    """A sector's assets as they are counted, and those of them that owners may come to control."""

    sector: Sector
    entries: list[AssetEntry]
    counted: list[AssetEntry]
    near: list[AssetEntry]

    def among(self, stakes: Stakes) -> Assets:
        """Give the capacities over the parties of a table."""
        numbers = [stakes.parties.number_of(each.asset.reference) for each in self.counted]
        capacities = np.array([each.capacity for each in self.counted], np.float64)
        return Assets(np.array(numbers, np.int64), capacities, self.sector[3])


@dataclass(frozen=True, slots=True)
class _Asked:
    """The stakes before and after and over time, whom is asked about, and the target."""

    before: Stakes
    after: Stakes
    past: Past
    owners: Mapping[str, bool]
    target: str


def case_exposure(actor: Actor, sheet: CaseSheet) -> tuple[CaseExposure, ...]:
    """Give what of each sector that the target touches each owner holds; nothing of no sector."""
    ends = {role: _named(sheet, role) for role in (PartyRole.TARGET, PartyRole.ACQUIRER)}
    targets, acquirers = ends[PartyRole.TARGET], ends[PartyRole.ACQUIRER]
    if not targets or not acquirers:
        return ()
    cleared = cleared_before(actor, sheet.case, sheet.at)
    known = stakes_known(actor, sheet.case, sheet.at).values_list("owner", "owned")
    rows = [*known, *((each.stake.owner, each.stake.owned) for each in cleared)]
    ties = ties_between(actor, sheet.case, rows, sheet.at)
    touched = assets_among(actor, sheet.case, ties.below(targets), sheet.at)
    if not touched:
        return ()
    above = ties.above(acquirers)
    below = ties.below({*(each for each in above if state_code(each)), *acquirers, *targets})
    found = {_sector(each) for each in touched}
    entries = sector_entries(actor, sheet.case, found, sheet.at)
    layers = layers_of(actor, sheet, ties.holdings_in(below | above), cleared, entries)
    owners = _owners(layers.after, above, acquirers)
    sectors = [_held(each, entries, below) for each in sorted(found)]
    asked = _Asked(layers.before, layers.after, past_of(layers), owners, targets[0])
    return tuple(each for held in sectors for each in _exposed(asked, held))


def _named(sheet: CaseSheet, role: PartyRole) -> list[str]:
    return [row.identifier for row in sheet.parties if row.role == role and row.identifier]


def _sector(entry: AssetEntry) -> Sector:
    return entry.country, entry.taxonomy, entry.sector, entry.unit


def _held(sector: Sector, entries: list[AssetEntry], below: frozenset[str]) -> _Held:
    inside = [each for each in entries if _sector(each) == sector]
    return _Held(
        sector,
        inside,
        [each for each in inside if each.capacity is not None],
        [each for each in inside if one_form(each.asset.reference) in below],
    )


def _owners(stakes: Stakes, above: frozenset[str], acquirers: list[str]) -> dict[str, bool]:
    """Give whom to ask about, and whether each is a state; states first."""
    parties = stakes.parties
    states = [
        each
        for each in sorted(above)
        if each in parties
        and (state_code(each) or parties.kinds[parties.number_of(each)] == PartyKind.STATE)
    ]
    told = dict.fromkeys(states, True)
    return told | {each: False for each in acquirers if each in parties and each not in told}


def _exposed(asked: _Asked, held: _Held) -> Iterator[CaseExposure]:
    """Tell a sector owner by owner; a state of the sector's own country is not foreign to it."""
    parties = asked.after.parties
    foreign = [each for each in asked.owners if state_code(each) != held.sector[0]]
    seeds = {each: np.array([parties.number_of(each)], np.int64) for each in foreign}
    graphs = votes_graph(asked.before), votes_graph(asked.after)
    amounts = held.among(asked.after)
    was, will = (exposure(graph, amounts, seeds) for graph in graphs)
    points = asked.past.points(amounts, seeds)
    for owner in foreign:
        yield CaseExposure(
            *held.sector,
            owner=owner,
            name=parties.label(parties.number_of(owner)),
            is_state=asked.owners[owner],
            before=was[owner],
            after=will[owner],
            assets=len(held.entries),
            left_out=len(held.entries) - len(held.counted),
            grips=_grips(graphs, held, owner),
            over_time=points[owner],
            crept=asked.past.crept(owner, asked.target),
            unfinished=asked.past.unfinished,
        )


def _grips(graphs: tuple[Graph, Graph], held: _Held, owner: str) -> tuple[AssetGrip, ...]:
    """Give what the owner must or may control of the sector, before or after, with the proof."""
    before, after = (control(graph, [owner]) for graph in graphs)
    told = []
    for entry in held.near:
        number = after.graph.parties.number_of(entry.asset.reference)
        was, will = _grip(before, number), _grip(after, number)
        if was is will is Grip.NONE:
            continue
        proofs = proofs_of(before if will is Grip.NONE else after, [number])
        told.append(
            AssetGrip(
                entry.asset.reference,
                entry.name,
                entry.capacity,
                was,
                will,
                tuple(each for proof in proofs for each in sentences(proof)),
            )
        )
        if len(told) == MOST_GRIPS:
            break
    return tuple(told)


def _grip(found: Control, number: int) -> Grip:
    if number in found.must or number in found.seeds:
        return Grip.MUST
    return Grip.MAY if number in found.may else Grip.NONE

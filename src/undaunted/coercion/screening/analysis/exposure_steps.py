"""The stakes around a case in layers: register, deals let through, the case, its filing; by day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.analysis.holdings import surest, told_by
from undaunted.coercion.screening.analysis.tables import table_of
from undaunted.coercion.screening.queries import party_names, stakes_known
from undaunted.coercion.screening.rules import Crept, Point, changed_points
from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    Right,
    as_part,
    control,
    exposure,
    held_by,
    one_form,
    over_one_register,
    threshold_of,
    votes_graph,
    with_filing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from undaunted.coercion.screening.models import AssetEntry, Holding, Stake
    from undaunted.coercion.screening.queries import CaseSheet, Cleared
    from undaunted.core.access.rules import Actor
    from undaunted.engines.ownership import Assets, Graph, Stakes

__all__ = ["Layers", "Past", "layers_of", "past_of"]

MOST_DAYS = 40
"""So many days, the last ones, are looked at one by one."""
LEVELS = tuple(threshold_of(part) for part in (0.10, 0.25, 0.50, 0.75))


@dataclass(frozen=True, slots=True)
class Layers:
    """Tables over the same parties: the register, deals let through, the case, what it files.

    `cleared` names the case that began on a day; `day` is the one that is asked about.
    """

    register: Stakes
    earlier: Stakes
    known: Stakes
    filed: Stakes
    cleared: Mapping[date, str]
    day: date

    def on(self, day: date) -> Stakes:
        """Give the stakes of a day before the filing; a later layer stands for an earlier one.

        What the case tells without a day, and the register otherwise, is not put before its day.
        """
        known = self.known.as_of(day)
        if day < self.day:
            told = np.concatenate([_keys(self.register), _keys(self.earlier)])
            known = known.take((known.valid_from > ALWAYS) | ~np.isin(_keys(known), told))
        held = with_filing(self.register.as_of(day), self.earlier.as_of(day))
        return with_filing(held, known)

    @property
    def before(self) -> Stakes:
        """Give the stakes of the day that is asked about."""
        return self.on(self.day)

    @property
    def after(self) -> Stakes:
        """Give them as they would be after the filing."""
        return with_filing(self.before, self.filed)

    def days(self) -> list[date]:
        """Give the days until the one that is asked about on which a stake began or ended."""
        tables = (self.register, self.earlier, self.known)
        ends = [getattr(each, name) for each in tables for name in ("valid_from", "valid_to")]
        days = np.unique(np.concatenate(ends))
        asked = days[(days > ALWAYS) & (days < NEVER) & (days <= self.day.toordinal())]
        return [date.fromordinal(each) for each in asked.tolist()]


@dataclass(frozen=True, slots=True)
class Past:
    """The stakes around a case on the last days on which they changed; `unfinished`: not all."""

    graphs: tuple[tuple[date, Graph], ...]
    cleared: Mapping[date, str]
    unfinished: bool

    def points(
        self, amounts: Assets, owners: Mapping[str, np.ndarray]
    ) -> dict[str, tuple[Point, ...]]:
        """Give what each owner held of a sector over time, where that changed."""
        told: dict[str, list[Point]] = {each: [] for each in owners}
        for day, graph in self.graphs:
            for owner, held in exposure(graph, amounts, owners).items():
                told[owner].append(Point(day, held, self.cleared.get(day, "")))
        return {owner: changed_points(points) for owner, points in told.items()}

    def crept(self, owner: str, target: str) -> tuple[Crept, ...]:
        """Give when an owner's least votes in the target passed 10, 25, 50 and 75 %."""
        told, before = list[Crept](), 0
        for day, graph in self.graphs:
            after = held_by(control(graph, [owner]), graph.parties.number_of(target))[0]
            told += [
                Crept(day, as_part(before), as_part(after), as_part(level.share))
                for level in LEVELS
                if level.met_by(before) != level.met_by(after)
            ]
            before = after
        return tuple(told)


def layers_of(
    actor: Actor,
    sheet: CaseSheet,
    holdings: Sequence[Holding],
    cleared: Iterable[Cleared],
    entries: Iterable[AssetEntry],
) -> Layers:
    """Give the layers around a case, as was known at the sheet's moment."""
    names = party_names(actor, sheet.case, sheet.at)
    rows = list(stakes_known(actor, sheet.case, sheet.at))
    counted = list(_counted(cleared, holdings))
    day = sheet.at.date()
    tables = [
        told_by(surest(holdings), entries).stakes,
        table_of((_from(each) for each in counted), names),
        table_of((row for row in rows if not row.filed), names).known_at(day),
        table_of((row for row in rows if row.filed), names).known_at(day),
    ]
    days = {each.decision.day: each.decision.case.reference for each in counted}
    register, earlier, known, filed = _over_all(tables)
    return Layers(register, earlier, known, filed, days, day)


def past_of(layers: Layers) -> Past:
    """Give the stakes around a case over time."""
    days = layers.days()
    graphs = tuple((day, votes_graph(layers.on(day))) for day in days[-MOST_DAYS:])
    return Past(graphs, layers.cleared, len(days) > MOST_DAYS)


def _counted(cleared: Iterable[Cleared], holdings: Iterable[Holding]) -> Iterator[Cleared]:
    """Leave out deals that are over, or of whose company the register told more afterwards."""
    told: dict[str, datetime] = {}
    for row in holdings:
        company = one_form(row.owned)
        told[company] = max(row.recorded_at, told.get(company, row.recorded_at))
    for each in cleared:
        taken, last = each.decision.taken_at, told.get(one_form(each.stake.owned))
        over = each.stake.valid_to is not None and each.stake.valid_to <= each.decision.day
        if taken is not None and not over and (last is None or last <= taken):
            yield each


def _from(each: Cleared) -> Stake:
    """Give the stake as it is counted: not before the day of the decision."""
    row, day = each.stake, each.decision.day
    row.valid_from = day if row.valid_from is None else max(row.valid_from, day)
    return row


def _over_all(tables: list[Stakes]) -> tuple[Stakes, ...]:
    """Give tables over the parties of all of them."""
    first = tables[0]
    for other in tables[1:]:
        first, _ = over_one_register(first, other)
    others = [over_one_register(first, other)[1] for other in tables[1:]]
    return first, *(replace(other, parties=first.parties) for other in others)


def _keys(table: Stakes) -> np.ndarray:
    """Give a number for the owner, company and right of each row."""
    pairs = table.owner.astype(np.int64) * len(table.parties) + table.owned
    return np.asarray(pairs * len(Right) + table.right)

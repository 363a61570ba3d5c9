"""Change between two points on the constant panel: only what was covered alike in both (rule K7).

A unit is a country, or a source, or whatever the rows are kept by. It is compared where both points
cover it, from the same sources and by the same rule. Every other unit is a break: named, with its
numbers, and in no change. What is told adds up: the whole difference is the change on the panel
plus what the units that are left out account for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from undaunted.engines.census.errors import PeriodReversed, RowsMalformed

__all__ = [
    "Covered",
    "PanelBreak",
    "PanelChange",
    "PanelPoint",
    "PanelReason",
    "UnitBreak",
    "UnitChange",
    "panel_change",
    "panel_changes",
]


class PanelBreak(StrEnum):
    """Why a unit is in no change."""

    STARTED = "started"
    STOPPED = "stopped"
    SOURCES_CHANGED = "sources_changed"
    RULE_CHANGED = "rule_changed"


class PanelReason(StrEnum):
    """Why there is no change, or no ratio, to give."""

    NO_COMMON_UNIT = "no_unit_covered_alike_in_both"
    NONE_BEFORE = "nobody_counted_before"


@dataclass(frozen=True, slots=True)
class Covered:
    """How many persons one unit counts at one point, from which sources, by which rule."""

    unit: str
    persons: int
    sources: frozenset[str]
    rule: str


@dataclass(frozen=True, slots=True)
class PanelPoint:
    """What was covered on a day; each unit once."""

    on: date
    rows: tuple[Covered, ...]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit of the panel: its numbers at both points."""

    unit: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """Persons more (or, negative, fewer) at the later point."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class UnitBreak:
    """A unit outside the panel: why, and what it counts where it is covered (else None)."""

    unit: str
    reasons: tuple[PanelBreak, ...]
    before: int | None
    after: int | None
    sources_gained: frozenset[str]
    sources_lost: frozenset[str]


@dataclass(frozen=True, slots=True)
class PanelChange:
    """The change on the units covered alike at both points, and the breaks beside it.

    ``change`` is None where no unit is; ``ratio`` (after by before) is None there and where nobody
    was counted before. `left_out_before` and `left_out_after` are the persons of units with a
    break, so that ``total_after - total_before = change + left_out_after - left_out_before``.
    """

    before_on: date
    after_on: date
    units: tuple[UnitChange, ...]
    breaks: tuple[UnitBreak, ...]
    before: int
    after: int
    change: int | None
    ratio: float | None
    left_out_before: int
    left_out_after: int
    reason: PanelReason | None

    @property
    def total_before(self) -> int:
        """Everybody counted at the earlier point, panel or not."""
        return self.before + self.left_out_before

    @property
    def total_after(self) -> int:
        """Everybody counted at the later point, panel or not."""
        return self.after + self.left_out_after


def panel_changes(points: Iterable[PanelPoint]) -> tuple[PanelChange, ...]:
    """Return the change from each point to the next, in order of days.

    Each pair has a panel of its own. The changes of a long series do not add up to the change
    between its ends where units came or went: the panel of the ends is another one.
    """
    ordered = sorted(points, key=lambda point: point.on)
    return tuple(panel_change(before, after) for before, after in pairwise(ordered))


def panel_change(before: PanelPoint, after: PanelPoint) -> PanelChange:
    """Return the change between two points on their constant panel; refuses reversed days."""
    if not before.on < after.on:
        raise PeriodReversed(f"{after.on} does not come after {before.on}")
    old, new = _by_unit(before), _by_unit(after)
    names = sorted({*old, *new})
    breaks = tuple(
        found for name in names if (found := _break(name, old.get(name), new.get(name))) is not None
    )
    broken = {each.unit for each in breaks}
    units = tuple(
        UnitChange(name, old[name].persons, new[name].persons)
        for name in names
        if name not in broken
    )
    return _summed(before.on, after.on, units, breaks)


def _summed(
    before_on: date,
    after_on: date,
    units: tuple[UnitChange, ...],
    breaks: tuple[UnitBreak, ...],
) -> PanelChange:
    before, after = sum(each.before for each in units), sum(each.after for each in units)
    reason = None
    if not units:
        reason = PanelReason.NO_COMMON_UNIT
    elif not before:
        reason = PanelReason.NONE_BEFORE
    return PanelChange(
        before_on=before_on,
        after_on=after_on,
        units=units,
        breaks=breaks,
        before=before,
        after=after,
        change=after - before if units else None,
        ratio=after / before if before else None,
        left_out_before=sum(each.before or 0 for each in breaks),
        left_out_after=sum(each.after or 0 for each in breaks),
        reason=reason,
    )


def _by_unit(point: PanelPoint) -> dict[str, Covered]:
    _demand_rows(point.rows)
    return {row.unit: row for row in point.rows}


def _demand_rows(rows: Sequence[Covered]) -> None:
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        if row.unit in seen:
            raise RowsMalformed(f"row {number}: {row.unit} is covered twice; add its rows up first")
        if row.persons < 0:
            raise RowsMalformed(f"row {number}: {row.unit} counts {row.persons} persons")
        seen.add(row.unit)


def _break(name: str, old: Covered | None, new: Covered | None) -> UnitBreak | None:
    if old is None or new is None:
        reason = PanelBreak.STARTED if old is None else PanelBreak.STOPPED
        was, now = _sources(old), _sources(new)
        return UnitBreak(name, (reason,), _persons(old), _persons(new), now - was, was - now)
    reasons = tuple(
        reason
        for reason, differs in (
            (PanelBreak.SOURCES_CHANGED, old.sources != new.sources),
            (PanelBreak.RULE_CHANGED, old.rule != new.rule),
        )
        if differs
    )
    if not reasons:
        return None
    gained, lost = new.sources - old.sources, old.sources - new.sources
    return UnitBreak(name, reasons, old.persons, new.persons, gained, lost)


def _sources(row: Covered | None) -> frozenset[str]:
    return row.sources if row else frozenset()


def _persons(row: Covered | None) -> int | None:
    return row.persons if row else None

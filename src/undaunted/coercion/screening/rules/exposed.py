"""What an investment does to what a state holds of a sector: before, after, and step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from undaunted.coercion.screening.rules.watching import Grip
    from undaunted.engines.ownership import Exposure

__all__ = ["AssetGrip", "CaseExposure", "Crept", "Point", "changed_points"]


@dataclass(frozen=True, slots=True)
class AssetGrip:
    """An asset of the sector that an owner must or may control, before or after, and why."""

    reference: str
    name: str
    capacity: float | None
    before: Grip
    after: Grip
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What an owner held of a sector since a day; `case` is the cleared case that began then."""

    day: date
    held: Exposure
    case: str = ""


@dataclass(frozen=True, slots=True)
class Crept:
    """A day on which an owner's least votes in the target passed a level; parts of one."""

    day: date
    before: float
    after: float
    level: float


@dataclass(frozen=True, slots=True)
class CaseExposure:
    """An owner's part of a sector; `left_out` assets tell no capacity and count for nothing.

    Attributes:
        is_state: the owner is a state, and not the acquirer itself.
        grips: its assets in the sector, the largest first.
        over_time: what it held until the day that is asked about, where that changed.
        crept: how its votes in the target grew.
        unfinished: changes before the first of `over_time` were too many to be told.
    """

    country: str
    taxonomy: str
    sector: str
    unit: str
    owner: str
    name: str
    is_state: bool
    before: Exposure
    after: Exposure
    assets: int
    left_out: int
    grips: tuple[AssetGrip, ...] = ()
    over_time: tuple[Point, ...] = ()
    crept: tuple[Crept, ...] = ()
    unfinished: bool = False


def changed_points(points: list[Point]) -> tuple[Point, ...]:
    """Give the points at which what is held is other than before; nothing held at first is none."""
    told: list[Point] = []
    for each in points:
        last = (told[-1].held.must, told[-1].held.may) if told else (0.0, 0.0)
        if (each.held.must, each.held.may) != last:
            told.append(each)
    return tuple(told)

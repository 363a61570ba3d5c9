"""How much of a sector's capacity each state controls: what must be, what may be, before and after.

Each asset counts once for a state that must, or may, control the company that holds it. Two states
may both be able to control one company, so that what *may* be is not added up over states.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.control import control_by
from undaunted.engines.ownership.errors import QuestionMalformed
from undaunted.engines.ownership.thresholds import MAJORITY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from undaunted.engines.ownership.graph import Graph, Ints
    from undaunted.engines.ownership.thresholds import Threshold

__all__ = ["Assets", "Exposure", "exposure"]


@dataclass(frozen=True, slots=True, eq=False)
class Assets:
    """Capacities of one sector, shape (a,): the company that holds each, and how much it is.

    `unit` names what is added up; capacities of different units are different sectors.
    """

    company: Ints
    capacity: NDArray[np.float64]
    unit: str = ""

    def __post_init__(self) -> None:
        if self.company.shape != self.capacity.shape:
            raise QuestionMalformed("every asset has one company and one capacity")
        if not bool(np.all(np.isfinite(self.capacity) & (self.capacity >= 0))):
            raise QuestionMalformed("a capacity is a finite number, not below 0")


@dataclass(frozen=True, slots=True)
class Exposure:
    """Capacity of one sector that a state must, and at most may, control; and all there is."""

    must: float
    may: float
    total: float

    @property
    def shares(self) -> tuple[float, float]:
        """Give both as parts of the sector; nothing of a sector without capacity."""
        return (self.must / self.total, self.may / self.total) if self.total else (0.0, 0.0)


def exposure(
    graph: Graph, assets: Assets, states: Mapping[str, Ints], threshold: Threshold = MAJORITY
) -> dict[str, Exposure]:
    """Give, for each state (its organs by number), what it controls; run it before and after."""
    total = float(assets.capacity.sum())
    told: dict[str, Exposure] = {}
    for state, organs in states.items():
        found = control_by(graph, organs, threshold)
        must = np.isin(assets.company, np.concatenate([found.seeds, found.must]))
        may = must | np.isin(assets.company, found.may)
        told[state] = Exposure(
            float(assets.capacity[must].sum()), float(assets.capacity[may].sum()), total
        )
    return told

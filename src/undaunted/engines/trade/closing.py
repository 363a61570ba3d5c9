"""The world without its deficits, and without any measure: what balanced changes are told against.

Closing deficits moves incomes by itself, often further than a measure does. So it is solved first,
once for a world, and a world is made of where it leads: whatever is asked under `balanced` is
solved and told there (Dekle, Eaton and Kortum, 2007).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from undaunted.engines.trade.arrays import sender
from undaunted.engines.trade.deficits import Deficits
from undaunted.engines.trade.errors import NotConverged
from undaunted.engines.trade.ground import over
from undaunted.engines.trade.measures import no_measures
from undaunted.engines.trade.solution import CLOSING, solution_of
from undaunted.engines.trade.solving import Effort, iterate, problem_of
from undaunted.engines.trade.world import frozen

if TYPE_CHECKING:
    from undaunted.engines.trade.ground import Ground
    from undaunted.engines.trade.solution import Solution
    from undaunted.engines.trade.world import World

__all__ = ["Closed", "closed"]

FINEST, FINE = Effort(1e-13, most=200), Effort(1e-11)
"""The first is near what rounding allows; in large worlds it may be out of reach."""


@dataclass(frozen=True, slots=True, eq=False)
class Closed:
    """A world that spends what it earns.

    Attributes:
        ground: of the closed world; its digest stays that of the data.
        solution: what closing the deficits does by itself, against the benchmark.
    """

    ground: Ground
    solution: Solution


_KEPT: WeakKeyDictionary[Ground, Closed] = WeakKeyDictionary()


def closed(ground: Ground) -> Closed:
    """Give the world with its deficits closed; kept while the ground is.

    Raises `NotConverged` where no such world was found.
    """
    if ground not in _KEPT:
        with np.errstate(all="ignore"):
            _KEPT[ground] = _closed(ground)
    return _KEPT[ground]


def _closed(ground: Ground) -> Closed:
    xp = ground.functions
    exact = over(ground, ground.world, sender(ground.beta, xp.float64))
    measures, closure = no_measures(ground.world), Deficits.BALANCED
    problem = problem_of(exact, measures, deficits=closure)
    try:
        found, rounds = iterate(problem, effort=FINEST)
    except NotConverged:
        found, rounds = iterate(problem, effort=FINE)
    told = solution_of(problem, measures, found, rounds=rounds, deficits=closure, effort=FINEST)
    kept = told.certificate
    said = tuple(each for each in kept.assumptions if each != CLOSING)
    told = replace(told, certificate=replace(kept, assumptions=said))
    return Closed(over(ground, _world(told), sender(ground.beta)), told)


def _world(found: Solution) -> World:
    """Give the world that an equilibrium without deficits makes a benchmark of."""
    world = found.world
    moved = (found.costs[None] / found.prices[:, None]) ** -world.elasticities
    shares = world.trade_shares * moved
    return frozen(
        replace(
            world,
            trade_shares=shares / shares.sum(1, keepdims=True),
            value_added=found.wages * world.value_added,
            deficits=np.zeros_like(world.deficits),
            expenditure=np.where(world.expenditure > 0, found.expenditure, 0.0),
        )
    )

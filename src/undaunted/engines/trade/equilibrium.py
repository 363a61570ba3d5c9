"""The one door to an equilibrium: from measures, or from a scenario in words, to a solution."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.blocks import APART, check_blocks
from undaunted.engines.trade.closing import closed
from undaunted.engines.trade.deficits import Deficits
from undaunted.engines.trade.errors import MeasureRefused
from undaunted.engines.trade.ground import prepare
from undaunted.engines.trade.instruments import measures_of
from undaunted.engines.trade.measures import check_measures
from undaunted.engines.trade.scenario import Scenario, check_elasticities
from undaunted.engines.trade.shadow import is_scarce, settle
from undaunted.engines.trade.solution import solution_of
from undaunted.engines.trade.solving import EFFORT, Effort, iterate, problem_of
from undaunted.engines.trade.world import World

if TYPE_CHECKING:
    from undaunted.engines.trade.ground import Ground
    from undaunted.engines.trade.measures import Measures
    from undaunted.engines.trade.solution import Solution

__all__ = ["solve"]


def solve(
    world: World | Ground,
    measures: Measures | Scenario,
    *,
    deficits: Deficits | None = None,
    effort: Effort | None = None,
) -> Solution:
    """Give the equilibrium under measures, with its certificate.

    Give a `Ground` in place of a world where several are solved. A scenario brings its closure and
    tolerance, and measures have fixed deficits and the usual effort; what is named here goes first.
    A scenario that names elasticities asks for a world that has them. Balanced deficits are closed
    first, without measures: that world is the solution's, and limits, capital and every change are
    told against it. Raises `MeasureRefused`, `SupplyCutOff`, and `NotConverged`: what did not
    converge is not given.
    """
    ground = prepare(world) if isinstance(world, World) else world
    closure, exactness = Deficits.FIXED, EFFORT
    if isinstance(measures, Scenario):
        if not 0 < measures.tolerance < 1:
            raise MeasureRefused(f"tolerance: {measures.tolerance:g}; put 1e-10, or less than one")
        check_elasticities(ground.world, measures)
        closure, exactness = measures.deficits, Effort(measures.tolerance)
    named = deficits or closure
    if named not in tuple(Deficits):
        raise MeasureRefused(f"deficits: {named}; write one of {', '.join(Deficits)}")
    if named == Deficits.BALANCED:
        ground = closed(ground).ground
    if isinstance(measures, Scenario):
        measures = measures_of(ground.world, measures)
    else:
        check_measures(ground.world, measures)
    with np.errstate(all="ignore"):
        return _solved(ground, measures, Deficits(named), effort or exactness)


def _solved(ground: Ground, measures: Measures, deficits: Deficits, effort: Effort) -> Solution:
    if check_blocks(ground.world, measures, deficits):
        measures = replace(measures, assumptions=(*measures.assumptions, APART))
    if is_scarce(measures):
        found = settle(ground, measures, deficits=deficits, effort=effort)
        told = solution_of(
            found.problem,
            found.measures,
            found.step,
            rounds=found.rounds,
            deficits=deficits,
            effort=effort,
        )
        worst = max(told.certificate.residual, found.off)
        return replace(
            told,
            costs=told.costs * found.dearer,
            scarcity=found.scarcity,
            dearer=found.dearer,
            certificate=replace(told.certificate, residual=worst),
        )
    problem = problem_of(ground, measures, deficits=deficits)
    step, rounds = iterate(problem, effort=effort)
    return solution_of(problem, measures, step, rounds=rounds, deficits=deficits, effort=effort)

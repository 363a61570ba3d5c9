"""Which response inflicts most on a coercer for least own cost: the front, each point proved.

    menu = Menu("CHN", partners, lines, levels=(0, 0.1, 0.25, 0.5, 1), replies=(0, 0.5, 1))
    found = respond(world, menu, terms=Terms(0.005, Key.EQUAL_LOSS), rng=np.random.default_rng(1))
    found.points, found.gap, found.state

Harm and cost are told against the episode without a response; deficits are fixed. A partner that
does not act is still in the account: what others' measures cost it is a cost of the response.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.trade.batches import RANKING
from undaunted.engines.trade.bounds import Gap, gap_of, widest_of
from undaunted.engines.trade.ground import prepare
from undaunted.engines.trade.menu import Menu, ResponseInfeasible, Terms
from undaunted.engines.trade.pareto import front_of, thinned
from undaunted.engines.trade.points import Point, point_for
from undaunted.engines.trade.search import SearchEffort, SearchState, advance, begin
from undaunted.engines.trade.solving import Effort
from undaunted.engines.trade.stage import closeness, rates_closing, rates_of, stage_for
from undaunted.engines.trade.surrogate import along_all
from undaunted.engines.trade.tangents import tangent_at
from undaunted.engines.trade.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.random import Generator  # noqa: TID251 - an argument's type
    from numpy.typing import NDArray

    from undaunted.engines.trade.ground import Ground
    from undaunted.engines.trade.measures import Measures
    from undaunted.engines.trade.stage import Stage

__all__ = ["Response", "respond"]

ANY_TERMS = Terms()
EFFORT = SearchEffort()
QUICK = replace(RANKING, tolerance=5e-6)
"""Of ranking in float32: harm and cost are told to about 2e-6."""
EXACT = Effort(1e-9)
WEIGHTS = np.concatenate([[0.0], np.geomspace(0.1, 30, 12)])
"""Of cost against harm, for which the gap is worked out."""
COMPARED = 400
"""So many solved points are held against the tangents."""


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """What was found.

    Attributes:
        points: the front by rising cost, each solved in float64.
        gap: how far it is at most from what can be had, before transfers; an estimate.
        stage: the menu over its world; state: all that was solved, to go on from.
    """

    points: tuple[Point, ...]
    gap: Gap
    stage: Stage
    state: SearchState


def respond(  # noqa: PLR0913 - a menu, its terms, and how to look
    world: World | Ground,
    menu: Menu,
    *,
    rng: Generator,
    episode: Measures | None = None,
    terms: Terms = ANY_TERMS,
    effort: SearchEffort = EFFORT,
    pairs: int = 2,
    state: SearchState | None = None,
    progress: Callable[[SearchState], None] = lambda _: None,
    exact: bool = False,
    apply: Callable[[Callable[..., Any], Iterable[Any]], Iterable[Any]] = map,
) -> Response:
    """Search, and solve the front anew.

    Args:
        world: or the ground prepared of it, in float64.
        menu: what may be chosen.
        rng: draws orders of members for contributions.
        episode: what is in force without a response.
        terms: ceiling, key, pool, least harm.
        effort: how long to look.
        pairs: of drawn orders, for each point.
        state: from an earlier `progress`, to go on.
        progress: is told after each round.
        exact: rank in float64 too.
        apply: `map`, or that of a pool of threads; the result is the same.

    Raises `MeasureRefused`, `ResponseInfeasible`, and `NotConverged`.
    """
    ground = prepare(world) if isinstance(world, World) else world
    quick = ground if exact else prepare(ground.world, dtype=np.float32)
    ranking = EXACT if exact else QUICK
    stage = stage_for(ground, menu, quick=quick, episode=episode, effort=ranking, apply=apply)
    state = begin(stage, terms) if state is None else state
    progress(state)
    while not state.done:
        state = advance(stage, terms, state, effort)
        progress(state)
    points = _points(stage, terms, state, effort, rng=rng, pairs=pairs)
    gap = _gap(stage, state, points, effort)
    told = tuple(replace(each, more=more) for each, more in zip(points, gap.more, strict=True))
    return Response(told, gap, stage, state)


def _points(  # noqa: PLR0913 - what was found and how it is told
    stage: Stage,
    terms: Terms,
    state: SearchState,
    effort: SearchEffort,
    *,
    rng: Generator,
    pairs: int,
) -> list[Point]:
    """Solve the front anew, and give what is still on it and within the terms."""
    harm = np.where(state.harm >= terms.least_harm, state.harm_within, np.nan)
    kept = thinned(harm, state.cost, most=effort.points)
    alone = replace(stage, apply=map)
    found = stage.apply(
        lambda told: point_for(alone, terms, state.choices[told[0]], rng=told[1], pairs=pairs),
        zip(kept, rng.spawn(len(kept)), strict=True),
    )
    within = [each for each in found if min(each.changes.values()) >= -terms.ceiling - 1e-9]
    if not within:
        raise ResponseInfeasible(_what_binds(stage, terms, state))
    front = front_of(
        np.array([each.harm for each in within]), np.array([each.cost for each in within])
    )
    return [within[at] for at in front]


def _what_binds(stage: Stage, terms: Terms, state: SearchState) -> str:
    asked = f"least_harm: {_told(terms.least_harm)} is asked of {stage.menu.coercer}"
    enough = np.flatnonzero(state.harm >= terms.least_harm)
    if not len(enough):
        return (
            f"{asked}, and of {len(state.harm)} choices that were solved none inflicts more than "
            f"{_most(state.harm)}; ask for less, or allow more partners, lines or levels"
        )
    mildest = enough[np.argmin(state.excess[enough])]
    loss = state.excess[mildest] + terms.ceiling
    return (
        f"{asked}. What binds is the ceiling of {_told(terms.ceiling)} on "
        f"{stage.menu.partners[state.who[mildest]]}: of the choices that inflict as much, the "
        f"mildest costs it {_told(loss)}, {_told(state.excess[mildest])} more than the ceiling; "
        f"within the ceiling {_most(state.harm_within)} was found"
    )


def _most(harms: NDArray[np.float64]) -> str:
    """Write the greatest; what is not a number was not found."""
    known = harms[np.isfinite(harms)]
    return _told(known.max()) if len(known) else "nothing"


def _told(part: float) -> str:
    """Write a part of one in per cent, to three digits that say something."""
    told: str = np.format_float_positional(100 * part, precision=3, fractional=False, trim="-")
    return f"{told}%"


def _gap(stage: Stage, state: SearchState, points: list[Point], effort: SearchEffort) -> Gap:
    """Give the gap: the widest of those of each answer, since the coercer may take any."""
    gaps = [_gap_where(stage, state, points, effort, reply) for reply in stage.menu.replies]
    return widest_of(gaps, _front(points))


def _gap_where(
    stage: Stage, state: SearchState, points: list[Point], effort: SearchEffort, reply: float
) -> Gap:
    tangents = along_all(stage, reply)
    near = [rates_of(stage.menu, each.choice[None])[0] for each in points if each.reply == reply]
    tangents += stage.apply(lambda rates: tangent_at(stage, rates, reply=reply), near)
    known = np.flatnonzero(np.isfinite(state.harm) & (state.replies == reply))
    known = known[:: max(1, len(known) // COMPARED)]
    solved = {
        "closed": closeness(stage, rates_of(stage.menu, state.choices[known])),
        "harm": state.harm[known],
        "cost": state.cost[known],
    }
    widest = closeness(stage, np.full(stage.menu.size, stage.menu.levels[-1]))
    gap = gap_of(tangents, widest, **solved, front=_front(points), weights=WEIGHTS)
    for _ in range(effort.sharpened):
        rates = rates_closing(stage, gap.where)
        tangents += stage.apply(lambda each: tangent_at(stage, each, reply=reply), rates)
        gap = gap_of(tangents, widest, **solved, front=_front(points), weights=WEIGHTS)
    return gap


def _front(points: list[Point]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    told: NDArray[np.float64] = np.array([[each.harm_before, each.cost_before] for each in points])
    return told[:, 0], told[:, 1]

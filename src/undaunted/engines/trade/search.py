"""The search for responses that no other beats: from slopes to choices, and on from each good one.

Two things lead it. A surrogate, made of tangents along the way from no measure to all, is solved
for many weights of cost against harm and gives the first choices. Then each choice on the front is
moved by one member or one line; where there are many such neighbours, those that the choice's own
tangent promises most of are solved (local search on the front: Paquete, Chiarandini and Stuetzle,
2004). When every choice on the front has been moved, those that pass the ceiling by least are moved
too, for what is within a tight ceiling may lie apart. It ends there, or when as many were solved as
was allowed.

A state holds all that has been solved. The same state goes on to the same end, whoever keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.trade.corners import alone, drawn_in, promise_of
from undaunted.engines.trade.menu import Key, Pool, Terms
from undaunted.engines.trade.pareto import front_of, thinned
from undaunted.engines.trade.stage import closeness, outcomes, rates_of
from undaunted.engines.trade.surrogate import first_choices
from undaunted.engines.trade.tangents import tangent_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from undaunted.engines.trade.stage import Stage

__all__ = ["SearchEffort", "SearchState", "advance", "begin", "shared_changes"]


@dataclass(frozen=True, slots=True)
class SearchEffort:
    """How long to look.

    Attributes:
        points: how many points of the front are moved in turn and given; None is all of them.
        tried: how many neighbours of a point are solved at most, and as many again with two steps.
        steps: 1, or 2 to move two members or lines at once as well; for small menus.
        beyond: how many choices that pass the ceiling are moved at most.
        at_once: how many points are moved in a round.
        most: how many choices are solved at most.
        sharpened: how often, for the gap, tangents are put where most is thought possible.
    """

    points: int | None = 30
    tried: int = 24
    steps: int = 1
    beyond: int = 48
    at_once: int = 8
    most: int = 6000
    sharpened: int = 2


EFFORT = SearchEffort()
TOWARDS = (1.0, 4.0, 16.0)
DRAWN_IN, AT_ONCE = 3, 12
"""So often, and of so many choices, what passes the ceiling is drawn in towards it."""


@dataclass(frozen=True, slots=True, eq=False)
class SearchState:
    """All that was solved so far; arrays that a caller may keep and give back.

    Attributes:
        choices: [A, M + L], who acts and the level of each line.
        harm, cost: [A].
        excess: [A], by how much the partner that loses most passes the ceiling; from 0 down within.
        replies: [A], the factor that the coercer takes.
        who: [A], that partner's number among the partners.
        moved: [A], whether a choice's neighbours were looked at.
        rounds: how often `advance` was called.
        done: whether nothing is left to do.
    """

    choices: NDArray[np.int8]
    harm: NDArray[np.float64]
    cost: NDArray[np.float64]
    excess: NDArray[np.float64]
    replies: NDArray[np.float64]
    who: NDArray[np.int64]
    moved: NDArray[np.bool_]
    rounds: int = 0
    done: bool = False

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give everything as arrays, to be kept in an npz."""
        return {each.name: np.asarray(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> SearchState:
        """Give the state that `arrays` told."""
        told = {each.name: np.array(arrays[each.name]) for each in fields(cls)}
        rounds, done = int(told.pop("rounds")), bool(told.pop("done"))
        return cls(**told, rounds=rounds, done=done)

    @property
    def front(self) -> NDArray[np.int64]:
        """Numbers of the choices within the ceiling that no other within it dominates."""
        return front_of(self.harm_within, self.cost)

    @property
    def harm_within(self) -> NDArray[np.float64]:
        """Harm, nan where a partner loses more than the ceiling."""
        return np.where(self.excess <= 0, self.harm, np.nan)


def begin(stage: Stage, terms: Terms) -> SearchState:
    """Solve the first choices: none, each level by all, what slopes promise, what keeps terms."""
    state = _solved(stage, terms, None, first_choices(stage))
    if not (state.excess > 0).any():
        return state
    slopes = promise_of(stage)
    state = _with(stage, terms, state, alone(stage, slopes))
    drawn: set[int] = set()
    for _ in range(DRAWN_IN):
        near = [at for at in _by_excess(state).tolist() if at not in drawn][:AT_ONCE]
        drawn.update(near)
        rows = [
            drawn_in(
                stage,
                state.choices[at],
                part=terms.ceiling / (terms.ceiling + state.excess[at]),
                mind=int(state.who[at]),
                slopes=slopes,
            )
            for at in near
        ]
        state = _with(stage, terms, state, np.concatenate([state.choices[:0], *rows]))
    return state


def advance(
    stage: Stage, terms: Terms, state: SearchState, effort: SearchEffort = EFFORT
) -> SearchState:
    """Go one round further; a state that is done is given back as it is."""
    if state.done:
        return state
    kept = thinned(state.harm_within, state.cost, most=effort.points)
    open_ = kept[~state.moved[kept]][: effort.at_once]
    if not len(open_):
        open_ = _beyond(state, effort)
    if not len(open_) or len(state.harm) >= effort.most:
        return replace(state, done=True)
    found = list(stage.apply(lambda at: _neighbours(stage, state, kept, at, effort), open_))
    moved = state.moved.copy()
    moved[open_] = True
    state = replace(state, moved=moved, rounds=state.rounds + 1)
    return _with(stage, terms, state, np.concatenate(found))


def shared_changes(
    stage: Stage, terms: Terms, choices: NDArray[np.int8], changes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give changes of real income [S, M] as they will be after transfers, to first order.

    Shapley's key is told as equal loss here; what is given in the end is worked out exactly.
    """
    if terms.key is None:
        return changes
    world, (m, _) = stage.ground.world, stage.menu.size
    income = world.income[stage.members]
    by = world.value_added[stage.members] if terms.key is Key.GDP_SHARE else income
    inside = choices[:, :m] > 0
    if terms.pool is Pool.PARTNERS:
        inside = np.ones_like(inside)
    parts = (
        np.where(inside, by, 0.0) / np.maximum(np.where(inside, by, 0.0).sum(1), 1e-300)[:, None]
    )
    lost = np.where(inside, changes * income, 0.0).sum(1)[:, None]
    return np.where(inside, parts * lost / income, changes)


def _solved(
    stage: Stage, terms: Terms, state: SearchState | None, choices: NDArray[np.int8]
) -> SearchState:
    told = outcomes(stage, choices)
    changes = shared_changes(stage, terms, choices, told.changes)
    who = np.nanargmin(np.where(np.isnan(changes), np.inf, changes), 1)
    acting = choices.any(1)
    excess = np.where(acting, -changes[np.arange(len(choices)), who], 0.0) - terms.ceiling
    new: dict[str, Any] = {
        "choices": choices,
        "harm": told.harm,
        "cost": told.cost,
        "excess": np.where(np.isnan(excess), -np.inf, excess),
        "replies": told.replies,
        "who": who,
        "moved": np.zeros(len(choices), dtype=bool),
    }
    if state is None:
        return SearchState(**new)
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(state, name), each]) for name, each in new.items()
    }
    return replace(state, **joined)


def _with(stage: Stage, terms: Terms, state: SearchState, choices: NDArray[np.int8]) -> SearchState:
    """Solve those of some choices that were not solved yet."""
    known = {row.tobytes() for row in state.choices}
    new = [row for row in _plain(stage, choices) if row.tobytes() not in known]
    if not new:
        return state
    return _solved(stage, terms, state, np.unique(np.array(new), axis=0))


def _beyond(state: SearchState, effort: SearchEffort) -> NDArray[np.int64]:
    """Give the choices beyond the ceiling that pass it by least and were not moved yet."""
    order = _by_excess(state)
    left = max(effort.beyond - int(state.moved[order].sum()), 0)
    return order[~state.moved[order]][: min(left, effort.at_once)]


def _by_excess(state: SearchState) -> NDArray[np.int64]:
    """Give the choices beyond the ceiling by how far, those first that would be on the front."""
    front = state.front
    reached = np.concatenate([[0.0], state.harm[front]])
    within = reached[np.searchsorted(state.cost[front], state.cost, side="right")]
    order = np.lexsort((state.excess, state.harm <= within))
    return order[state.excess[order] > 0]


def _neighbours(
    stage: Stage, state: SearchState, kept: NDArray[np.int64], at: int, effort: SearchEffort
) -> NDArray[np.int8]:
    """Give the choices that differ in one member or one line, the most promising if many."""
    single = _moves(stage, state.choices[at])
    told = [_promising(stage, state, kept, at, effort, single)]
    if effort.steps > 1:
        double = np.concatenate([_moves(stage, each) for each in single])
        told.append(_promising(stage, state, kept, at, effort, double))
    return np.unique(np.concatenate(told), axis=0)


def _promising(  # noqa: PLR0913, PLR0917 - a choice, where it stands, and what is beside it
    stage: Stage,
    state: SearchState,
    kept: NDArray[np.int64],
    at: int,
    effort: SearchEffort,
    near: NDArray[np.int8],
) -> NDArray[np.int8]:
    """Give those neighbours of which the choice's own tangent promises most."""
    near = np.unique(_plain(stage, near), axis=0)
    if len(near) <= effort.tried:
        return near
    rates = rates_of(stage.menu, state.choices[at][None])[0]
    tangent = tangent_at(stage, rates, reply=float(state.replies[at]))
    moved = closeness(stage, rates_of(stage.menu, near)) - tangent.closed
    harm = np.einsum("sml,ml->s", moved, tangent.harm_slopes)
    cost = np.einsum("sml,ml->s", moved, tangent.cost_slopes)
    chosen: list[int] = []
    each = effort.tried // 3
    for weight in _weights_beside(state, kept, at):
        chosen += np.argsort(weight * cost - harm, kind="stable")[:each].tolist()
    return near[sorted(set(chosen))]


def _moves(stage: Stage, choice: NDArray[np.int8]) -> NDArray[np.int8]:
    """Give every choice that differs in one member or one line."""
    m, lines = stage.menu.size
    levels = len(stage.menu.levels)
    near = np.repeat(choice[None], m + lines * (levels - 1), 0)
    near[np.arange(m), np.arange(m)] ^= 1
    for line in range(lines):
        others = [level for level in range(levels) if level != choice[m + line]]
        rows = m + line * (levels - 1) + np.arange(levels - 1)
        near[rows, m + line] = others
    return near


def _plain(stage: Stage, choices: NDArray[np.int8]) -> NDArray[np.int8]:
    """Tell choices that do nothing in one way: nobody acts, on no line."""
    m, _ = stage.menu.size
    idle = ~choices[:, :m].any(1, keepdims=True) | ~choices[:, m:].any(1, keepdims=True)
    return np.where(idle, np.int8(0), choices)


def _weights_beside(
    state: SearchState, kept: NDArray[np.int64], at: int
) -> tuple[float, float, float]:
    """Give the slopes of the front left of a point, across it and right of it.

    Beyond the ceiling they are steep ones, that lead to less cost.
    """
    if state.excess[at] > 0:
        return TOWARDS
    place = int(np.flatnonzero(kept == at)[0])
    left, right = kept[max(place - 1, 0)], kept[min(place + 1, len(kept) - 1)]

    def slope(low: int, high: int) -> float:
        along = state.cost[high] - state.cost[low]
        return float((state.harm[high] - state.harm[low]) / along) if along > 0 else 0.0

    steep, flat = slope(int(left), at), slope(at, int(right))
    return steep or 2 * flat, slope(int(left), int(right)), flat or steep / 2

"""The search for a question's front, and every point of it told with its band."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.exposure.readers import FileRefused
from undaunted.coercion.response.analysis.laying import laid_out
from undaunted.coercion.response.analysis.spreading import (
    band_of_episode,
    band_of_response,
    percent,
    titles_of,
)
from undaunted.coercion.response.analysis.weighing import certified, level_told, others_of
from undaunted.coercion.response.readers.fronts import Front, FrontPoint, Level
from undaunted.engines.trade import SearchEffort, TradeError, respond
from undaunted.engines.trade.pareto import thinned
from undaunted.engines.trade.stage import measures_for, rates_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator  # noqa: TID251 - an argument's type

    from undaunted.coercion.response.analysis.laying import Laid
    from undaunted.coercion.response.readers.question import Question
    from undaunted.engines.trade import Measures, Point, Response, SearchState

__all__ = ["EFFORT", "CannotSearch", "checked", "front_of", "search", "still_open", "worked_out"]

EFFORT = SearchEffort(points=24, tried=48)


class CannotSearch(ValueError):
    """A question cannot be laid out, or no response answers it within its terms; says why."""


def checked(question: Question) -> str:
    """Give the digest of a question that the table can answer. Raises `CannotSearch`."""
    try:
        return laid_out(question).digest
    except (TradeError, FileRefused) as refusal:
        raise CannotSearch(str(refusal)) from refusal


def worked_out(
    question: Question,
    *,
    rng: Generator,
    state: SearchState | None,
    progress: Callable[[SearchState], None],
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Front:
    """Search for a front and tell it; `told` as of `front_of`.

    Raises `CannotSearch` with the reason.
    """
    try:
        laid = laid_out(question)
        found = search(laid, rng=rng, state=state, progress=progress, effort=EFFORT)
        return front_of(laid, found, told=told)
    except (TradeError, FileRefused) as refusal:
        raise CannotSearch(str(refusal)) from refusal


def still_open(state: SearchState) -> int:
    """Give how many points of the front, as it stands, were not yet moved on from."""
    kept = thinned(state.harm_within, state.cost, most=EFFORT.points)
    return int((~state.moved[kept]).sum())


def search(
    laid: Laid,
    *,
    rng: Generator,
    state: SearchState | None = None,
    progress: Callable[[SearchState], None] = lambda _: None,
    effort: SearchEffort = EFFORT,
) -> Response:
    """Search for the front; `state` is from an earlier `progress`. Raises as `respond` does."""
    return respond(
        laid.ground,
        laid.stage.menu,
        rng=rng,
        episode=laid.in_force,
        terms=laid.terms,
        effort=effort,
        state=state,
        progress=progress,
    )


def front_of(
    laid: Laid, found: Response, *, told: Callable[[int, int], None] = lambda _done, _all: None
) -> Front:
    """Tell what a search found; `told` hears how many points of how many have their band."""
    points = []
    for number, point in enumerate(found.points, 1):
        told(number - 1, len(found.points))
        points.append(_point(laid, point, number))
    regions, question = laid.ground.world.regions, laid.question
    spread = band_of_episode(laid)
    income = laid.episode.real_income
    return Front(
        digest=laid.digest,
        question=laid.question,
        data=laid.chosen.data,
        data_sha256=laid.chosen.data_sha256,
        attribution=laid.chosen.attribution,
        elasticities=laid.chosen.elasticities,
        said=laid.said,
        target_loss=percent(-income[regions.index(question.target)]),
        coercer_loss=percent(-income[regions.index(question.coercer)]),
        band=spread,
        sets=titles_of(list(spread)),
        solved=len(found.state.harm),
        gap=percent(found.gap.greatest),
        compared=found.gap.compared,
        points=tuple(points),
    )


def _point(laid: Laid, point: Point, number: int) -> FrontPoint:
    question, menu = laid.question, laid.stage.menu
    names = laid.ground.world.regions
    rates = rates_of(menu, point.choice[None])[0]
    measures = _paid(measures_for(laid.stage, rates, reply=point.reply), point, names)
    income = np.array([point.real_income[name] for name in names])
    before = laid.stage.before.real_income
    changes = (1 + income) / (1 + before) - 1
    return FrontPoint(
        number=number,
        choice=tuple(int(each) for each in point.choice),
        members=point.members,
        levels=tuple(
            Level(line.instrument.value, line.sector, level_told(level))
            for line, level in point.levels
        ),
        reply=percent(point.reply),
        harm=percent(point.harm),
        cost=percent(point.cost),
        harm_before=percent(point.harm_before),
        cost_before=percent(point.cost_before),
        changes={name: percent(each) for name, each in point.changes.items()},
        transfers={name: round(each, 3) for name, each in point.transfers.items()},
        contributions={
            name: (percent(mean), percent(error))
            for name, (mean, error) in point.contributions.items()
        },
        orders=point.orders,
        more=percent(point.more),
        target=percent(changes[names.index(question.target)]),
        others=others_of(laid, changes),
        band=band_of_response(laid, measures),
        certificate=certified(point.certificate),
    )


def _paid(measures: Measures, point: Point, names: tuple[str, ...]) -> Measures:
    """Give the measures of a point with what its members pay each other."""
    if not point.transfers:
        return measures
    return replace(measures, transfers=np.array([point.transfers.get(n, 0.0) for n in names]))

"""A question laid out over its table: the menu, the terms, and what is in force without a response.

A search starts from tariffs and barriers. A quota of the episode is therefore solved first and then
stands as the tariff that lets the same quantity in; a withheld export stands as a barrier.
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.exposure.readers import (
    FileRefused,
    chosen_world,
    set_for,
    shipped_elasticities,
    shipped_world,
)
from undaunted.engines.trade import (
    ElasticitySet,
    Ground,
    Horizon,
    Line,
    Measures,
    Menu,
    Scenario,
    Solution,
    Terms,
    measures_of,
    prepare,
    solve,
)
from undaunted.engines.trade.choosing import chosen_sectors
from undaunted.engines.trade.scenario import OF_THE_WORLD
from undaunted.engines.trade.stage import Stage, stage_for

if TYPE_CHECKING:
    from undaunted.coercion.exposure.readers import ChosenWorld
    from undaunted.coercion.response.readers.question import Question

__all__ = [
    "SHORT_RUN",
    "Laid",
    "laid_out",
    "published_sets",
    "sectors_of",
    "table_countries",
    "table_sectors",
]

SHORT_RUN = "short run"
QUOTAS = (
    "Quotas of the episode stand as the tariffs that let the same quantities in; they do not "
    "follow when a response changes trade."
)
WITHHELD = (
    "What the episode withholds from export stands as a barrier: nobody has what scarcity is worth."
)


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """What a search or a change of one point starts from.

    Attributes:
        asked: the episode's shocks; episode: their equilibrium.
        in_force: the same in tariffs and barriers alone.
        stage: menu and world, in float64.
        said: what was assumed, in whole sentences.
    """

    question: Question
    chosen: ChosenWorld
    ground: Ground
    asked: Scenario
    episode: Solution
    in_force: Measures
    stage: Stage
    terms: Terms
    said: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Give the digest of the question told against this table."""
        return self.question.digest(self.chosen.data_sha256)


@lru_cache(maxsize=4)
def laid_out(question: Question) -> Laid:
    """Lay a question out; kept for the next who asks it. Raises what readers and engine raise."""
    chosen, ground = _ground(question.data, question.elasticities, question.horizon)
    asked = Scenario(question.name, question.shocks, tolerance=1e-10)
    episode = solve(ground, measures_of(ground.world, asked))
    in_force, told = _without_limits(episode)
    sectors = sectors_of(question, ground)
    menu = Menu(
        coercer=question.coercer,
        partners=question.partners,
        lines=tuple(Line(kind, sector) for kind in question.instruments for sector in sectors),
        levels=(0.0, *(each / 100 for each in question.levels)),
        replies=tuple(each / 100 for each in question.retaliation),
    )
    ceiling = question.terms.ceiling
    terms = Terms(
        ceiling=math.inf if ceiling is None else ceiling / 100,
        key=question.terms.transfers,
        pool=question.terms.among,
        least_harm=question.terms.least_harm / 100,
    )
    stage = stage_for(ground, menu, episode=in_force)
    assumed = (*episode.certificate.assumptions, *told, *chosen.said)
    return Laid(question, chosen, ground, asked, episode, in_force, stage, terms, assumed)


def sectors_of(question: Question, ground: Ground) -> tuple[str, ...]:
    """Give the codes of the sectors that a question names."""
    world = ground.world
    numbers = chosen_sectors(world, question.sectors, where="sectors")
    return tuple(world.sectors[each] for each in numbers)


def table_countries() -> tuple[str, ...]:
    """Give the countries of the table of this copy."""
    return shipped_world().regions


def table_sectors() -> tuple[str, ...]:
    """Give the sectors of the table of this copy."""
    return shipped_world().sectors


def published_sets(laid: Laid) -> tuple[ElasticitySet, ...]:
    """Give the sets of the band: every published one that fits, and the table's own, short run."""
    world = laid.ground.world
    told = [replace(set_for(world, OF_THE_WORLD, Horizon.SHORT), name=SHORT_RUN)]
    for key in shipped_elasticities():
        with suppress(FileRefused):
            told.append(set_for(world, key))
    return tuple(told)


@lru_cache(maxsize=2)
def _ground(data: str | None, elasticities: str, horizon: str) -> tuple[ChosenWorld, Ground]:
    chosen = chosen_world(
        None if data is None else Path(data), elasticities=elasticities, horizon=horizon
    )
    return chosen, prepare(chosen.world)


def _without_limits(episode: Solution) -> tuple[Measures, tuple[str, ...]]:
    """Give tariffs and barriers that have the same quantities, and what that assumes."""
    told, said = episode.measures, []
    if told.limits is not None:
        said.append(QUOTAS)
    barriers = told.barriers
    if told.export_taxes is not None and np.any(told.export_taxes):
        barriers = barriers * (1 + told.export_taxes)
        said.append(WITHHELD)
    in_force = Measures(told.tariffs, barriers, final_barriers=told.final_barriers,
                        transfers=told.transfers, capital=told.capital)  # fmt: skip
    return in_force, tuple(said)

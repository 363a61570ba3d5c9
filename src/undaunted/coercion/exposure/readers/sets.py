"""The engine's sets of elasticities, made of published ones and of a table's own, by horizon.

Whatever solves a scenario under other elasticities takes them from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.exposure.readers.elasticities import (
    elasticity_set,
    shipped_elasticities,
    shipped_horizons,
)
from undaunted.coercion.exposure.readers.refusals import FileRefused
from undaunted.engines.trade import ElasticitySet, Horizon
from undaunted.engines.trade.scenario import OF_THE_WORLD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.engines.trade import World

__all__ = ["set_for", "sets_for"]


def set_for(world: World, name: str, horizon: str = Horizon.LONG) -> ElasticitySet:
    """Give a published set for the sectors of a world, or with `data` the world's own.

    `world` has elasticities of the long run. Raises `FileRefused`.
    """
    horizons = shipped_horizons()
    if horizon not in horizons:
        raise FileRefused("horizon", f"{horizon} is not known; there are {', '.join(horizons)}")
    if name == OF_THE_WORLD:
        theta, key, source = world.elasticities, world.elasticity_set, ""
    else:
        told = elasticity_set(name)
        theta, key, source = told.for_sectors(world.sectors), told.key, told.citation
    span = horizons[horizon]
    if horizon != Horizon.LONG:
        theta = theta * span.part
        key = f"{key}, {horizon} run ({span.part:g} of them)"
    values = dict(zip(world.sectors, theta.tolist(), strict=True))
    return ElasticitySet(key, values, Horizon(horizon), source=source)


def sets_for(
    world: World, horizons: Sequence[str] = tuple(Horizon)
) -> tuple[tuple[ElasticitySet, ...], tuple[str, ...]]:
    """Give every set that comes with this copy and the world's own, for each horizon.

    Beside them, why a set that does not know the world's sectors is left out.
    """
    names, left_out = [], []
    for name in shipped_elasticities():
        try:
            set_for(world, name)
        except FileRefused as reason:
            left_out.append(f"Left out of the band: {reason}")
        else:
            names.append(name)
    if world.elasticity_set not in names:
        names.insert(0, OF_THE_WORLD)
    told = tuple(set_for(world, name, horizon) for horizon in horizons for name in names)
    return told, tuple(left_out)

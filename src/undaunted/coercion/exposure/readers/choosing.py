"""The world that a scenario is told against: whose table, which elasticities, by when."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from undaunted.coercion.exposure.readers.arrays import read_world
from undaunted.coercion.exposure.readers.elasticities import shipped_horizons
from undaunted.coercion.exposure.readers.sets import set_for
from undaunted.coercion.exposure.readers.shipped import shipped_paper, shipped_world
from undaunted.coercion.exposure.readers.tariffs import levied, read_tariffs
from undaunted.engines.trade import Horizon, with_elasticities
from undaunted.engines.trade.scenario import OF_THE_WORLD

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.engines.trade import World

__all__ = ["OF_THE_TABLE", "ChosenWorld", "chosen_world"]

OF_THE_TABLE = OF_THE_WORLD


@dataclass(frozen=True, slots=True)
class ChosenWorld:
    """A world with elasticities, and what belongs beside its numbers.

    Attributes:
        data: the table's name and year.
        data_sha256: of the table's file.
        elasticities: name of the set and horizon, for the certificate.
        attribution: to print with every number; empty for a user's own table.
        said: what was repaired or assumed, in whole sentences.
    """

    world: World
    data: str
    data_sha256: str
    elasticities: str
    attribution: str
    said: tuple[str, ...]


def chosen_world(
    table: Path | None,
    *,
    tariffs: Path | None = None,
    elasticities: str = OF_THE_TABLE,
    horizon: str = Horizon.LONG,
) -> ChosenWorld:
    """Give the world of a file, or that of this copy without one. Raises `FileRefused`.

    `tariffs` is a file of the benchmark's tariffs for a table that has none.
    """
    if table is None:
        paper = shipped_paper()
        world, digest, attribution = shipped_world(), paper.sha256, paper.attribution
        said: tuple[str, ...] = (paper.tariffs,)
        named = paper.elasticities
    else:
        loaded = read_world(table)
        world, said, attribution = loaded.world, loaded.said, ""
        with table.open("rb") as held:
            digest = hashlib.file_digest(held, "sha256").hexdigest()
        named = "of the table"
    if tariffs is not None:
        world = levied(world, read_tariffs(tariffs, world), where=tariffs.name)
        said = (f"Tariffs of the benchmark are those of {tariffs.name}.", *_untold(said))
    world = replace(world, elasticity_set=named)
    told = set_for(world, elasticities, horizon)
    if told.horizon != Horizon.LONG:
        span = shipped_horizons()[horizon]
        said = (*said, f"{span.says} {span.citation}.")
    world = with_elasticities(world, told)
    return ChosenWorld(world, world.name, digest, told.name, attribution, said)


def _untold(said: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out that there are no tariffs."""
    return tuple(each for each in said if "tariffs are" not in each)

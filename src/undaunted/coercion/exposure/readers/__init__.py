"""Trade data from files, as frozen rows and worlds: what comes with this copy, and users' own."""

from undaunted.coercion.exposure.readers.arrays import LoadedWorld, read_world, write_world
from undaunted.coercion.exposure.readers.choosing import OF_THE_TABLE, ChosenWorld, chosen_world
from undaunted.coercion.exposure.readers.elasticities import (
    PublishedHorizon,
    PublishedSet,
    elasticity_set,
    shipped_elasticities,
    shipped_horizons,
)
from undaunted.coercion.exposure.readers.flows import Flows, read_flows
from undaunted.coercion.exposure.readers.monthly import is_monthly, read_monthly
from undaunted.coercion.exposure.readers.refusals import FileRefused, PackBroken
from undaunted.coercion.exposure.readers.sets import set_for, sets_for
from undaunted.coercion.exposure.readers.shipped import (
    TablePaper,
    sector_names,
    shipped_paper,
    shipped_world,
)
from undaunted.coercion.exposure.readers.tables import Layout, read_table
from undaunted.coercion.exposure.readers.tariffs import levied, read_tariffs
from undaunted.coercion.exposure.readers.worlds import world_of

__all__ = [
    "OF_THE_TABLE",
    "ChosenWorld",
    "FileRefused",
    "Flows",
    "Layout",
    "LoadedWorld",
    "PackBroken",
    "PublishedHorizon",
    "PublishedSet",
    "TablePaper",
    "chosen_world",
    "elasticity_set",
    "is_monthly",
    "levied",
    "read_flows",
    "read_monthly",
    "read_table",
    "read_tariffs",
    "read_world",
    "sector_names",
    "set_for",
    "sets_for",
    "shipped_elasticities",
    "shipped_horizons",
    "shipped_paper",
    "shipped_world",
    "world_of",
    "write_world",
]

"""Trade data from files, as frozen rows and worlds: what comes with this copy, and users' own."""

from undaunted.coercion.exposure.readers.elasticities import (
    ElasticitySet,
    Horizon,
    elasticity_set,
    shipped_elasticities,
    shipped_horizons,
)
from undaunted.coercion.exposure.readers.refusals import FileRefused, PackBroken
from undaunted.coercion.exposure.readers.shipped import (
    TablePaper,
    sector_names,
    shipped_paper,
    shipped_world,
)
from undaunted.coercion.exposure.readers.worlds import world_of

__all__ = [
    "ElasticitySet",
    "FileRefused",
    "Horizon",
    "PackBroken",
    "TablePaper",
    "elasticity_set",
    "sector_names",
    "shipped_elasticities",
    "shipped_horizons",
    "shipped_paper",
    "shipped_world",
    "world_of",
]

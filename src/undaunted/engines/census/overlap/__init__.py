"""How many people are on none of the lists? Multiple-systems estimation, always experimental.

From three or more lists of one population, linked person by person, two families of models tell how
many nobody listed: log-linear models with their AIC and BIC averages, and decomposable graphs with
their posterior (Madigan and York 1997). Both are given side by side, with the overlaps; where lists
overlap too little, neither is, and the reason is told. Such estimates add up to no world total.

    table = overlap_table(("A", "B", "C"), patterns, counts)
    log_linear_answers(table, Fitting(), Resampling(generator)).aic.persons
    graph_answer(table).persons

`docs/explanation/census.md` says what the numbers mean and what they cannot say.
"""

from undaunted.engines.census.overlap.bootstrap import Resampling, ResamplingKind
from undaunted.engines.census.overlap.decomposable import (
    GraphPosterior,
    GraphPrior,
    GraphShare,
    decomposable_graphs,
    graph_answer,
    graph_posterior,
)
from undaunted.engines.census.overlap.loglinear import LogLinear, log_linear_answers
from undaunted.engines.census.overlap.models import Fitting, Model, hierarchical_models, model_name
from undaunted.engines.census.overlap.pairs import PairEstimate, pair_estimates
from undaunted.engines.census.overlap.results import (
    LABEL,
    Estimate,
    Method,
    ModelShare,
    OverlapAssumption,
)
from undaunted.engines.census.overlap.tables import (
    OverlapTable,
    Thinness,
    ThinOverlap,
    overlap_table,
    thin_overlap,
)

__all__ = [
    "LABEL",
    "Estimate",
    "Fitting",
    "GraphPosterior",
    "GraphPrior",
    "GraphShare",
    "LogLinear",
    "Method",
    "Model",
    "ModelShare",
    "OverlapAssumption",
    "OverlapTable",
    "PairEstimate",
    "Resampling",
    "ResamplingKind",
    "ThinOverlap",
    "Thinness",
    "decomposable_graphs",
    "graph_answer",
    "graph_posterior",
    "hierarchical_models",
    "log_linear_answers",
    "model_name",
    "overlap_table",
    "pair_estimates",
    "thin_overlap",
]

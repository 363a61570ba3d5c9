"""What every estimate of the unlisted carries."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from undaunted.engines.census.overlap.tables import ThinOverlap

__all__ = ["LABEL", "Estimate", "Method", "ModelShare", "NoEstimate", "OverlapAssumption"]

LABEL: Final = "experimental"
"""On every estimate, whatever its interval: prisons are open populations, lists lean on lists."""


class Method(StrEnum):
    """How the estimate was made."""

    LOG_LINEAR_AIC = "log_linear_aic"
    LOG_LINEAR_BIC = "log_linear_bic"
    DECOMPOSABLE_GRAPHS = "decomposable_graphs"


class NoEstimate(StrEnum):
    """Why there is none although the overlap is thick enough."""

    NO_MODEL_FITS = "no_model_can_be_fitted"
    POSTERIOR_NOT_CLOSED = "posterior_reaches_beyond_the_largest_number_allowed"
    GRID_TOO_COARSE = "posterior_is_narrower_than_the_steps_of_the_grid"


class OverlapAssumption(StrEnum):
    """What must hold; the caller words it."""

    ONE_POPULATION = "lists_are_of_one_population_on_one_date_by_one_definition"
    CLOSED = "nobody_entered_or_left_while_the_lists_were_made"
    LINKED = "records_of_one_person_were_joined_and_no_others"
    ALIKE = "persons_differ_only_in_ways_the_models_allow"
    NO_DEPENDENCE_OF_ALL = "no_dependence_of_all_lists_together_beyond_the_models"


@dataclass(frozen=True, slots=True)
class ModelShare:
    """One model: its weight in the average, and what it says alone.

    ``left_out``: it could not be fitted, for a margin that it needs is empty or its largest
    likelihood lies at the edge; then it weighs nothing and ``persons`` is None.
    """

    name: str
    weight: float
    persons: float | None
    parameters: int
    criterion: float | None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """Everybody, listed or not: ``persons`` with an interval; None where a ``reason`` says why.

    ``models`` in order of weight. ``replicates``: samples behind the interval (0: a posterior).
    """

    method: Method
    lists: tuple[str, ...]
    observed: int
    persons: float | None
    low: float | None
    high: float | None
    confidence: float
    models: tuple[ModelShare, ...]
    replicates: int
    reason: ThinOverlap | NoEstimate | None
    label: str = LABEL
    assumptions: tuple[OverlapAssumption, ...] = tuple(OverlapAssumption)

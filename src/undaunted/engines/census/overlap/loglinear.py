"""All log-linear models weighed by AIC and by BIC, with intervals by resampling.

No model is picked: the estimates of all are averaged, each weighing exp(-difference / 2), and every
sample behind the interval is fitted and weighed anew, so that the doubt about the model is in it.
BIC counts the persons seen.

Sources: Akaike 1973, Schwarz 1978 (criteria); Buckland, Burnham and Augustin 1997 (weights).
"""

from dataclasses import dataclass, replace

import numpy as np

from undaunted.engines.census.confidence import tail
from undaunted.engines.census.days import Flags, Reals
from undaunted.engines.census.overlap.bootstrap import Resampling, ResamplingKind, drawn_tables
from undaunted.engines.census.overlap.models import (
    Fits,
    Fitting,
    Model,
    design_of,
    fit_counts,
    hierarchical_models,
    likelihood_has_a_peak,
    model_name,
)
from undaunted.engines.census.overlap.results import Estimate, Method, ModelShare, NoEstimate
from undaunted.engines.census.overlap.tables import (
    OverlapTable,
    Thinness,
    ThinOverlap,
    thin_overlap,
)

__all__ = ["LogLinear", "log_linear_answers"]


@dataclass(frozen=True, slots=True)
class LogLinear:
    """The same models weighed in two ways."""

    aic: Estimate
    bic: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """Fits of many models to many tables, shape (models, tables)."""

    weight: Reals
    criterion: Reals
    persons: Reals

    @property
    def average(self) -> Reals:
        """The averaged number of everybody for each table; nan where no model could be fitted."""
        summed: Reals = (self.weight * self.persons).sum(axis=0)
        return np.where(self.weight.sum(axis=0) > 0, summed, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class _Family:
    """The models that the table at hand can carry, and the fits to it."""

    table: OverlapTable
    models: tuple[Model, ...]
    designs: tuple[Reals, ...]
    usable: Flags
    fits: tuple[Fits, ...]
    fitting: Fitting

    @property
    def counts(self) -> Reals:
        """The seen cells as one table, shape (1, cells)."""
        return self.table.cells.ravel()[1:].astype(np.float64)[None]


def log_linear_answers(
    table: OverlapTable,
    fitting: Fitting,
    resampling: Resampling,
    *,
    thinness: Thinness | None = None,
) -> LogLinear:
    """Return both averages with their intervals, or why there are none."""
    methods = (Method.LOG_LINEAR_AIC, Method.LOG_LINEAR_BIC)
    thin = thin_overlap(table, thinness or Thinness())
    if thin is not None:
        return LogLinear(*(_refused(table, method, resampling, thin) for method in methods))
    family = _family(table, fitting)
    return LogLinear(*(_estimate(family, method, resampling) for method in methods))


def _family(table: OverlapTable, fitting: Fitting) -> _Family:
    lists = len(table.lists)
    counts = table.cells.ravel()[1:].astype(np.float64)
    models = hierarchical_models(lists, fitting.order)
    designs = tuple(design_of(model, lists) for model in models)
    fits = tuple(fit_counts(design, counts[None], fitting) for design in designs)
    usable = [
        bool(fit.settled[0]) and likelihood_has_a_peak(design, counts)
        for design, fit in zip(designs, fits, strict=True)
    ]
    return _Family(table, models, designs, np.array(usable), fits, fitting)


def _estimate(family: _Family, method: Method, resampling: Resampling) -> Estimate:
    weighed = _weigh(family.fits, family.designs, family.counts, family.usable, method)
    persons = float(weighed.average[0])
    if not np.isfinite(persons):
        return _refused(family.table, method, resampling, NoEstimate.NO_MODEL_FITS)
    samples = _samples(family, weighed, method, resampling)
    out = tail(resampling.confidence)
    low, high = np.quantile(samples, [out, 1 - out]) if samples.size else (np.nan, np.nan)
    observed = family.table.observed
    return Estimate(
        method=method,
        lists=family.table.lists,
        observed=observed,
        persons=persons,
        low=max(float(low), float(observed)) if samples.size else None,
        high=float(high) if samples.size else None,
        confidence=resampling.confidence,
        models=_shares(family, weighed),
        replicates=int(samples.size),
        reason=None,
    )


def _samples(family: _Family, weighed: _Weighed, method: Method, resampling: Resampling) -> Reals:
    """Give everybody's number in each drawn table; tables that no model fits are left out."""
    cells = family.counts[0]
    missing = float(weighed.average[0]) - cells.sum()
    if resampling.kind is ResamplingKind.PARAMETRIC:
        fitted = np.stack([fit.fitted[0] for fit in family.fits])
        cells = (weighed.weight[:, 0, None] * fitted).sum(axis=0)
    drawn = drawn_tables(cells, missing, resampling)
    kept = [place for place, use in enumerate(family.usable) if use]
    designs = tuple(family.designs[place] for place in kept)
    fits = tuple(_slim(fit_counts(design, drawn, family.fitting)) for design in designs)
    average = _weigh(fits, designs, drawn, np.ones(len(kept), dtype=np.bool_), method).average
    return average[np.isfinite(average)]


def _slim(fits: Fits) -> Fits:
    """Let the fitted cells go: of a thousand models and tables they are gigabytes."""
    return replace(fits, fitted=np.empty((0, 0)))


def _weigh(
    fits: tuple[Fits, ...],
    designs: tuple[Reals, ...],
    counts: Reals,
    usable: Flags,
    method: Method,
) -> _Weighed:
    observed = counts.sum(axis=1)
    price = np.log(np.maximum(observed, 1)) if method is Method.LOG_LINEAR_BIC else 2.0
    width = np.array([design.shape[1] for design in designs])
    likelihood = np.stack([fit.likelihood for fit in fits])
    criterion = width[:, None] * price - 2 * likelihood
    able = np.stack(
        [
            fit.settled & np.all(counts @ design[:, 1:] > 0, axis=1)
            for fit, design in zip(fits, designs, strict=True)
        ]
    )
    criterion = np.where(able & usable[:, None], criterion, np.inf)
    best = criterion.min(axis=0)
    raw = np.exp(-(criterion - np.where(np.isfinite(best), best, 0)) / 2)
    total = raw.sum(axis=0)
    weight = np.divide(raw, total, out=np.zeros_like(raw), where=total > 0)
    persons = observed + np.stack([fit.missing for fit in fits])
    return _Weighed(weight, criterion, persons)


def _shares(family: _Family, weighed: _Weighed) -> tuple[ModelShare, ...]:
    rows = zip(
        family.models,
        family.designs,
        weighed.weight[:, 0],
        weighed.persons[:, 0],
        weighed.criterion[:, 0],
        strict=True,
    )
    shares = [
        ModelShare(
            name=model_name(model, family.table.lists),
            weight=float(weight),
            persons=float(persons) if np.isfinite(criterion) else None,
            parameters=design.shape[1],
            criterion=float(criterion) if np.isfinite(criterion) else None,
            left_out=not np.isfinite(criterion),
        )
        for model, design, weight, persons, criterion in rows
    ]
    return tuple(sorted(shares, key=lambda share: -share.weight))


def _refused(
    table: OverlapTable,
    method: Method,
    resampling: Resampling,
    reason: ThinOverlap | NoEstimate,
) -> Estimate:
    return Estimate(
        method=method,
        lists=table.lists,
        observed=table.observed,
        persons=None,
        low=None,
        high=None,
        confidence=resampling.confidence,
        models=(),
        replicates=0,
        reason=reason,
    )

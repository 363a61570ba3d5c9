"""Log-linear models of dependence between lists, and their fit by iterated least squares.

A model names which lists go together beyond chance. Hierarchical: whoever holds a term of three
lists holds the terms of two within it; every model holds each list by itself. Counts of cells are
Poisson; the cell of those on no list is not seen, and the fitted model fills it in.

Sources: Fienberg 1972 and Bishop, Fienberg and Holland 1975, chapter 6 (the models); Nelder and
Wedderburn 1972 (the fit); Fienberg and Rinaldo 2012 (when a largest likelihood exists).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
import scipy

from undaunted.engines.census.days import Flags, Reals
from undaunted.engines.census.errors import ArgumentRefused
from undaunted.engines.census.overlap.tables import list_patterns

__all__ = [
    "Fits",
    "Fitting",
    "Model",
    "design_of",
    "fit_counts",
    "hierarchical_models",
    "likelihood_has_a_peak",
    "model_name",
]

Term = tuple[int, ...]
Model = frozenset[Term]
"""The terms of two lists or more, by the places of the lists."""

_PAIRS, _TRIPLES = 2, 3
_MOST_FOR_TRIPLES = 4
_FARTHEST = 30.0


@dataclass(frozen=True, slots=True)
class Fitting:
    """Up to how many lists a term joins, and when a fit has settled.

    ``order``: 2, or 3 with four lists. ``tolerance``: last change of the deviance for each person.
    """

    order: int = 2
    tolerance: float = 1e-9
    iterations: int = 60


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """Fits of one model to many tables.

    Shape (r,): ``missing`` persons on no list, log-``likelihood``, whether the fit has ``settled``;
    ``fitted`` has shape (r, cells).
    """

    missing: Reals
    likelihood: Reals
    settled: Flags
    fitted: Reals


def hierarchical_models(lists: int, order: int) -> tuple[Model, ...]:
    """Return every hierarchical model with terms of up to ``order`` lists, the simplest first.

    The term of all lists together is in none: with the cell of nobody unseen it cannot be told.
    """
    if order not in {_PAIRS, _TRIPLES} or order >= lists:
        raise ArgumentRefused(f"order: {order} with {lists} lists; 2, or 3 with four lists")
    if order == _TRIPLES and lists > _MOST_FOR_TRIPLES:
        raise ArgumentRefused(f"order: terms of three lists are for four lists, not {lists}")
    triples = tuple(combinations(range(lists), _TRIPLES)) if order == _TRIPLES else ()
    found = []
    for pairs in _subsets(combinations(range(lists), _PAIRS)):
        held = set(pairs)
        allowed = [each for each in triples if held.issuperset(combinations(each, _PAIRS))]
        found += [frozenset(pairs + more) for more in _subsets(allowed)]
    return tuple(sorted(found, key=lambda model: (len(model), sorted(model))))


def model_name(model: Model, lists: tuple[str, ...]) -> str:
    """Return the largest terms, as `A·B + C`."""
    terms = [set(term) for term in model] + [{each} for each in range(len(lists))]
    largest = [term for term in terms if not any(term < other for other in terms)]
    ordered = sorted(sorted(term) for term in largest)
    return " + ".join("·".join(lists[each] for each in term) for term in ordered)


def design_of(model: Model, lists: int) -> Reals:
    """Return the columns of a model over the seen cells, shape (2 ** lists - 1, terms)."""
    patterns = list_patterns(lists)[1:].astype(np.float64)
    columns: list[Reals] = [np.ones(len(patterns))]
    columns += [patterns[:, each] for each in range(lists)]
    columns += [patterns[:, list(term)].prod(axis=1) for term in sorted(model)]
    return np.column_stack(columns)


def fit_counts(design: Reals, counts: Reals, fitting: Fitting) -> Fits:
    """Return the fits to ``counts``, shape (r, cells); ``design``: shape (cells, terms)."""
    level = np.log(counts + 0.5)
    deviance = np.full(len(counts), np.inf)
    settled = np.zeros(len(counts), dtype=np.bool_)
    found = np.zeros((len(counts), design.shape[1]))
    for _ in range(fitting.iterations):
        open_ = np.flatnonzero(~settled)
        if not open_.size:
            break
        fitted = np.exp(level[open_])
        target = level[open_] + counts[open_] / fitted - 1
        found[open_] = _least_squares(design, fitted, target)
        level[open_] = np.clip(found[open_] @ design.T, -_FARTHEST, _FARTHEST)
        reached = _deviance(counts[open_], level[open_])
        step = np.abs(deviance[open_] - reached)
        near = step < fitting.tolerance * (counts[open_].sum(axis=1) + 1)
        deviance[open_], settled[open_] = reached, near
    likelihood = (counts * level - np.exp(level) - scipy.special.gammaln(counts + 1)).sum(axis=1)
    missing = np.exp(np.clip(found[:, 0], -_FARTHEST, _FARTHEST))
    return Fits(missing, likelihood, settled, np.exp(level))


def likelihood_has_a_peak(design: Reals, counts: Reals) -> bool:
    """Return whether a largest likelihood exists for one table, shape (cells,).

    It does where some table without an empty cell has the same margins (a linear programme).
    """
    if np.all(counts > 0):
        return True
    cells = counts.size
    found = scipy.optimize.linprog(
        np.append(np.zeros(cells), -1.0),
        A_ub=np.hstack([-np.eye(cells), np.ones((cells, 1))]),
        b_ub=np.zeros(cells),
        A_eq=np.hstack([design.T, np.zeros((design.shape[1], 1))]),
        b_eq=design.T @ counts,
        bounds=[(0, None)] * cells + [(None, 1)],
    )
    return bool(found.success and -found.fun > 1e-9)  # noqa: PLR2004 - zero, as floats have it


def _least_squares(design: Reals, weights: Reals, target: Reals) -> Reals:
    weighted = design.T[None] * weights[:, None, :]
    normal = weighted @ design
    width = design.shape[1]
    diagonal = np.einsum("rii->ri", normal)
    diagonal += 1e-12 * diagonal.max(axis=1, keepdims=True)  # solvable where cells are empty
    solved = np.linalg.solve(normal, weighted @ target[:, :, None])
    return np.asarray(solved, dtype=np.float64).reshape(len(weights), width)


def _deviance(counts: Reals, level: Reals) -> Reals:
    fitted = np.exp(level)
    parts = scipy.special.xlogy(counts, counts) - counts * level - counts + fitted
    return np.asarray(2 * parts.sum(axis=1), dtype=np.float64)


def _subsets(terms: Iterable[Term]) -> Iterable[tuple[Term, ...]]:
    kept = tuple(terms)
    return chain.from_iterable(combinations(kept, size) for size in range(len(kept) + 1))

"""Overlapping lists: closed forms, laws, thin overlaps and what cannot be a table."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undaunted.engines.census import ArgumentRefused, TableMalformed
from undaunted.engines.census.overlap import (
    LABEL,
    Fitting,
    GraphPrior,
    OverlapTable,
    Resampling,
    ResamplingKind,
    Thinness,
    ThinOverlap,
    decomposable_graphs,
    graph_answer,
    hierarchical_models,
    log_linear_answers,
    model_name,
    overlap_table,
    pair_estimates,
    thin_overlap,
)
from undaunted.engines.census.overlap.models import (
    design_of,
    fit_counts,
    likelihood_has_a_peak,
)
from undaunted.engines.census.overlap.results import NoEstimate

SEEN = list(product((0, 1), repeat=3))[1:]


def three(*counts: int) -> OverlapTable:
    """Cells 001, 010, 011, 100, 101, 110, 111."""
    return overlap_table("ABC", SEEN, counts)


def resampling(
    replicates: int = 0, kind: ResamplingKind = ResamplingKind.NON_PARAMETRIC, seed: int = 7
) -> Resampling:
    return Resampling(np.random.default_rng(seed), replicates, kind)


def drawn_lists(persons: int, chances: tuple[float, ...], seed: int) -> OverlapTable:
    generator = np.random.default_rng(seed)
    marks = (generator.uniform(size=(persons, len(chances))) < chances).astype(int)
    seen = marks[marks.any(axis=1)]
    return overlap_table("ABCDE"[: len(chances)], seen.tolist(), [1] * len(seen))


def test_a_table_tells_who_is_on_what() -> None:
    table = three(1, 2, 3, 4, 5, 6, 7)
    assert (table.observed, table.on_several) == (28, 21)
    assert table.on_each == (22, 18, 16)
    assert table.shared.tolist() == [[22, 13, 12], [13, 18, 10], [12, 10, 16]]
    assert table.cells[1, 0, 1] == 5


def test_rows_of_one_pattern_add_up() -> None:
    table = overlap_table(("A", "B"), [(1, 0), (1, 0), (0, 1)], [2, 3, 4])
    assert table.on_each == (5, 4)


@pytest.mark.parametrize(
    ("lists", "patterns", "counts", "told"),
    [
        (("A",), [], [], "lists: two or more"),
        (("A", "A"), [], [], "lists: two or more"),
        (("A", "B"), [(1, 0)], [], "counts: one for each row"),
        (("A", "B"), [(1, 0), (1,)], [1, 1], "row 2: 1 marks for 2 lists"),
        (("A", "B"), [(1, 2)], [1], "row 1, B: 2 is neither 0 nor 1"),
        (("A", "B"), [(1, 0)], [-1], "row 1: -1 persons"),
        (("A", "B"), [(0, 0)], [1], "row 1: persons on no list"),
    ],
)
def test_rows_that_cannot_be_are_refused(
    lists: tuple[str, ...], patterns: list[tuple[int, ...]], counts: list[int], told: str
) -> None:
    with pytest.raises(TableMalformed, match=told):
        overlap_table(lists, patterns, counts)


def test_a_row_of_nobody_on_no_list_is_let_pass() -> None:
    assert overlap_table(("A", "B"), [(0, 0), (1, 1)], [0, 4]).observed == 4


THIN = [
    (overlap_table("AB", [(1, 0), (0, 1), (1, 1)], [50, 50, 50]),
     ThinOverlap.FEWER_THAN_THREE_LISTS),
    (overlap_table("ABCDEF", [(1,) * 6], [50]), ThinOverlap.MORE_THAN_FIVE_LISTS),
    (three(50, 50, 0, 50, 0, 30, 0), ThinOverlap.LISTS_FALL_APART),
    (three(50, 50, 1, 50, 1, 30, 1), ThinOverlap.LIST_STANDS_ALONE),
    (three(900, 900, 10, 900, 10, 10, 10), ThinOverlap.FEW_ON_SEVERAL),
]  # fmt: skip


@pytest.mark.parametrize(("table", "reason"), THIN, ids=str)
def test_a_thin_overlap_gives_no_estimate_but_a_reason(
    table: OverlapTable, reason: ThinOverlap
) -> None:
    both = log_linear_answers(table, Fitting(), resampling())
    for found in (graph_answer(table), both.aic, both.bic):
        assert (found.persons, found.low, found.high, found.reason) == (None, None, None, reason)
        assert (found.label, found.models) == (LABEL, ())
        assert found.observed == table.observed


def test_the_limits_of_thinness_are_the_readers() -> None:
    table = three(50, 50, 1, 50, 1, 30, 1)
    assert thin_overlap(table, Thinness(persons=3)) is None
    assert thin_overlap(table, Thinness(persons=3, share=0.5)) is ThinOverlap.FEW_ON_SEVERAL


@pytest.mark.parametrize(
    ("lists", "order", "models"), [(3, 2, 8), (4, 2, 64), (4, 3, 113), (5, 2, 1024)]
)
def test_there_are_so_many_hierarchical_models(lists: int, order: int, models: int) -> None:
    found = hierarchical_models(lists, order)
    assert len(set(found)) == len(found) == models
    assert found[0] == frozenset()


@pytest.mark.parametrize(("lists", "order"), [(3, 1), (3, 3), (4, 4), (5, 3), (2, 2)])
def test_orders_that_cannot_be_told_are_refused(lists: int, order: int) -> None:
    with pytest.raises(ArgumentRefused, match=f"order: {order}|terms of three lists"):
        hierarchical_models(lists, order)


@pytest.mark.parametrize(("lists", "graphs"), [(3, 7), (4, 60), (5, 821)])
def test_there_are_so_many_decomposable_graphs(lists: int, graphs: int) -> None:
    """All labelled chordal graphs (8, 61, 822; OEIS A058862) but the one that joins everything."""
    assert len(decomposable_graphs(lists)) == graphs
    assert len(decomposable_graphs(lists, full=True)) == graphs + 1


def test_a_model_is_named_by_its_largest_terms() -> None:
    lists = ("A", "B", "C", "D")
    assert model_name(frozenset(), lists) == "A + B + C + D"
    triple = frozenset({(0, 1), (0, 2), (1, 2), (0, 1, 2), (2, 3)})
    assert model_name(triple, lists) == "A·B·C + C·D"


_cells = st.lists(st.integers(1, 300), min_size=7, max_size=7)


@settings(deadline=None, max_examples=40)
@given(_cells)
def test_models_of_three_lists_are_their_closed_forms(counts: list[int]) -> None:
    """Bishop, Fienberg and Holland 1975, section 6.4."""
    c001, c010, c011, c100, c101, c110, c111 = counts
    closed = {
        frozenset({(0, 1), (0, 2), (1, 2)}): c111 * c100 * c010 * c001 / (c110 * c101 * c011),
        frozenset({(0, 1), (0, 2)}): c010 * c001 / c011,
        frozenset({(0, 1), (1, 2)}): c100 * c001 / c101,
        frozenset({(0, 2), (1, 2)}): c100 * c010 / c110,
        frozenset({(0, 1)}): c001 * (c100 + c010 + c110) / (c101 + c011 + c111),
        frozenset({(0, 2)}): c010 * (c100 + c001 + c101) / (c110 + c011 + c111),
    }
    seen = np.array([counts], dtype=float)
    for model, missing in closed.items():
        found = fit_counts(design_of(model, 3), seen, Fitting(tolerance=1e-12))
        assert found.settled[0]
        assert found.missing[0] == pytest.approx(missing, rel=1e-5)


@settings(deadline=None, max_examples=30)
@given(_cells)
def test_a_fit_keeps_the_margins_of_its_terms(counts: list[int]) -> None:
    seen = np.array([counts], dtype=float)
    for model in hierarchical_models(3, 2):
        design = design_of(model, 3)
        fitted = fit_counts(design, seen, Fitting(tolerance=1e-12)).fitted
        assert fitted @ design == pytest.approx(seen @ design, rel=1e-5)


@settings(deadline=None, max_examples=15)
@given(_cells, st.permutations(range(3)))
def test_the_order_of_the_lists_does_not_matter(counts: list[int], order: list[int]) -> None:
    table = three(*counts)
    turned = OverlapTable(tuple("ABC"[each] for each in order), table.cells.transpose(order))
    limits = Thinness(0, 0)
    here, there = (graph_answer(each, thinness=limits) for each in (table, turned))
    assert (here.persons, here.reason) == (there.persons, there.reason)
    first, second = (
        log_linear_answers(each, Fitting(), resampling(), thinness=limits)
        for each in (table, turned)
    )
    assert first.aic.persons == pytest.approx(second.aic.persons)
    assert first.bic.persons == pytest.approx(second.bic.persons)


def test_many_tables_are_fitted_as_each_alone() -> None:
    tables = np.array([[9, 8, 7, 6, 5, 4, 3], [40, 3, 9, 12, 7, 30, 2]], dtype=float)
    design = design_of(frozenset({(0, 1)}), 3)
    together = fit_counts(design, tables, Fitting())
    for row in range(2):
        one = fit_counts(design, tables[row : row + 1], Fitting())
        assert together.missing[row] == pytest.approx(one.missing[0])
        assert together.likelihood[row] == pytest.approx(one.likelihood[0])


@pytest.mark.parametrize("times", [1, 1_000, 100_000_000])
def test_a_table_so_many_times_as_large_gives_so_many_times_as_many(times: int) -> None:
    counts = np.array([[9, 8, 7, 6, 5, 4, 3]], dtype=float)
    for model in hierarchical_models(3, 2):
        design = design_of(model, 3)
        small, large = (fit_counts(design, counts * by, Fitting()) for by in (1, times))
        assert large.settled[0]
        assert large.missing[0] == pytest.approx(times * small.missing[0], rel=1e-6)


def test_a_likelihood_without_a_peak_is_noticed() -> None:
    counts = np.array([9, 8, 0, 6, 5, 4, 3], dtype=float)
    assert likelihood_has_a_peak(design_of(frozenset({(0, 1)}), 3), counts)
    whole = design_of(frozenset({(0, 1), (0, 2), (1, 2)}), 3)
    assert not likelihood_has_a_peak(whole, counts)
    assert likelihood_has_a_peak(whole, counts + 1)


def test_a_model_that_cannot_be_fitted_weighs_nothing_and_is_told() -> None:
    found = log_linear_answers(three(90, 80, 0, 60, 50, 40, 30), Fitting(), resampling()).aic
    left_out = [model for model in found.models if model.left_out]
    assert left_out
    assert all((model.weight, model.persons, model.criterion) == (0, None, None)
               for model in left_out)  # fmt: skip
    assert sum(model.weight for model in found.models) == pytest.approx(1)


def test_where_no_model_settles_there_is_no_estimate() -> None:
    found = log_linear_answers(
        three(90, 80, 70, 60, 50, 40, 30), Fitting(iterations=1), resampling()
    )
    assert (found.aic.persons, found.aic.reason) == (None, NoEstimate.NO_MODEL_FITS)


@pytest.mark.parametrize("kind", ResamplingKind)
def test_independent_lists_find_everybody(kind: ResamplingKind) -> None:
    table = drawn_lists(1200, (0.4, 0.5, 0.35, 0.45), seed=3)
    both = log_linear_answers(table, Fitting(), resampling(60, kind))
    for found in (graph_answer(table), both.aic, both.bic):
        assert found.low is not None
        assert found.high is not None
        assert table.observed <= found.low < 1200 < found.high < 2 * 1200
        assert found.persons == pytest.approx(1200, rel=0.12)
    assert both.aic.replicates == 60


def test_a_list_that_leans_on_another_is_noticed() -> None:
    """Half of who is on A is put on B by it: the model of independence counts too few."""
    generator = np.random.default_rng(11)
    marks = (generator.uniform(size=(4000, 3)) < (0.4, 0.25, 0.4)).astype(int)
    marks[:, 1] |= marks[:, 0] & (generator.uniform(size=4000) < 0.5)
    seen = marks[marks.any(axis=1)]
    table = overlap_table("ABC", seen.tolist(), [1] * len(seen))
    found = graph_answer(table)
    names = {model.name: model for model in found.models}
    assert found.persons == pytest.approx(4000, rel=0.05)
    assert names["A + B + C"].weight < 1e-6
    assert (names["A + B + C"].persons or 0) < 3700
    assert sum(each.weight for each in found.models if "A·B" in each.name) > 0.999


def test_the_same_seed_gives_the_same_interval_and_none_is_asked_for_without_samples() -> None:
    table = drawn_lists(600, (0.4, 0.5, 0.5), seed=3)
    one, other = (log_linear_answers(table, Fitting(), resampling(40)) for _ in range(2))
    assert one == other
    none = log_linear_answers(table, Fitting(), resampling(0)).aic
    assert (none.low, none.high, none.replicates) == (None, None, 0)
    assert none.persons == one.aic.persons


def test_a_posterior_that_is_not_closed_is_no_answer() -> None:
    table = drawn_lists(600, (0.2, 0.2, 0.2), seed=5)
    found = graph_answer(table, prior=GraphPrior(most=0.3))
    assert (found.persons, found.reason) == (None, NoEstimate.POSTERIOR_NOT_CLOSED)


def test_a_coarse_grid_gives_the_same_answer_nearly() -> None:
    table = drawn_lists(5000, (0.4, 0.3, 0.4), seed=5)
    fine, coarse = (graph_answer(table, prior=GraphPrior(points=each)) for each in (10**6, 4000))
    assert coarse.persons == pytest.approx(fine.persons, rel=0.005)
    few = graph_answer(table, prior=GraphPrior(points=40))
    assert (few.persons, few.reason) == (None, NoEstimate.GRID_TOO_COARSE)


@pytest.mark.parametrize(
    "given", [{"cell": 0}, {"most": -1}, {"points": 0}, {"gamma": (2.0, 0.0)}], ids=str
)
def test_priors_of_nothing_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ArgumentRefused, match="prior"):
        GraphPrior(**given)


def test_pairs_without_anybody_on_both_have_no_petersen() -> None:
    pair = pair_estimates(overlap_table("AB", [(1, 0), (0, 1)], [5, 5]))[0]
    assert (pair.petersen, pair.both, pair.chapman) == (None, 0, 35)
    assert pair.low == 10

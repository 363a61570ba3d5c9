"""Overlapping lists against answers that others have published."""

import csv
from itertools import product
from math import exp, lgamma, log
from pathlib import Path

import numpy as np
import pytest

from undaunted.engines.census.overlap import (
    Fitting,
    GraphPrior,
    LogLinear,
    OverlapTable,
    Resampling,
    graph_answer,
    graph_posterior,
    log_linear_answers,
    overlap_table,
    pair_estimates,
)
from undaunted.engines.census.overlap.pairs import chapman

SHARED = Path(__file__).parents[4] / "shared" / "data"
KOSOVO = SHARED / "counts" / "kosovo_overlap.csv"

# Hepatitis A in a college in northern Taiwan, 1995: serum tests (P), hospital records (Q) and a
# questionnaire (E). Chao, Tsay, Lin, Shau and Chao 2001, Statistics in Medicine 20, 3123-3157.
HEPATITIS = {"100": 69, "010": 55, "001": 63, "110": 21, "101": 17, "011": 18, "111": 28}

# Spina bifida in upstate New York, 1969 to 1974: birth certificates (B), death certificates (D),
# rehabilitation records (R). Madigan and York 1997, Biometrika 84, 19-31; the table, the prior and
# the published answers as the tests of the R package dga 2.0 give them.
SPINA_BIFIDA = {"001": 60, "010": 49, "011": 4, "100": 247, "101": 112, "110": 142, "111": 12}
BELIEVED = GraphPrior(cell=1.0, gamma=(13.14, 55.17), most=300 / 626, full=True)


def table_of(lists: str, cells: dict[str, int]) -> OverlapTable:
    return overlap_table(lists, [[int(mark) for mark in cell] for cell in cells], [*cells.values()])


def answers(table: OverlapTable, replicates: int = 0, **fitting: int) -> LogLinear:
    resampling = Resampling(np.random.default_rng(1), replicates)
    return log_linear_answers(table, Fitting(**fitting), resampling)


def alone(found: LogLinear) -> dict[str, float]:
    return {model.name: model.persons or 0.0 for model in found.aic.models}


def test_pairs_of_the_hepatitis_lists() -> None:
    """The pairwise Petersen estimates of the paper: 336, 378 and 334."""
    pairs = pair_estimates(table_of("PQE", HEPATITIS))
    assert [round(pair.petersen or 0) for pair in pairs] == [336, 378, 334]
    assert [(pair.first, pair.second, pair.both) for pair in pairs] == [
        (135, 122, 49), (135, 126, 45), (122, 126, 46),
    ]  # fmt: skip


def test_models_of_the_hepatitis_lists() -> None:
    """388 if the lists are independent, 1,313 with every pair; the serum of all found 545."""
    found = alone(answers(table_of("PQE", HEPATITIS)))
    assert len(found) == 8
    assert round(found["P + Q + E"]) == 388
    assert round(found["P·Q + P·E + Q·E"]) == 1313


def test_chapman_is_the_textbook_example() -> None:
    """Ten marked, fifteen caught, five of them marked: 28.3 (Chapman's estimate of the example)."""
    persons, error = chapman(10, 15, 5)
    assert persons == pytest.approx(28.333, abs=1e-3)
    assert error == pytest.approx((11 * 16 * 5 * 10 / (36 * 7)) ** 0.5)


def test_graphs_of_the_spina_bifida_lists() -> None:
    """Best graph 0.37; 731 expected (under relative squared loss) and 728 the likeliest."""
    found = graph_posterior(table_of("BDR", SPINA_BIFIDA), prior=BELIEVED)
    assert sum(share.weight for share in found.shares) == pytest.approx(1)
    best = found.shares[0]
    assert (best.name, round(best.weight, 2)) == ("B + D·R", 0.37)
    assert best.persons == pytest.approx(731, abs=1)
    assert [(share.low, share.high) for share in found.shares[:3]] == [
        (701, 767), (714, 811), (681, 751),
    ]  # fmt: skip
    assert found.everybody[np.argmax(found.chances)] == 728
    first, second = ((found.chances / found.everybody**power).sum() for power in (1, 2))
    assert round(first / second) == 731


def _log_beta(first: float, second: float) -> float:
    return lgamma(first) + lgamma(second) - lgamma(first + second)


def test_the_graph_without_edges_is_a_product_of_beta_laws() -> None:
    """Worked out anew: each list is drawn for itself, so its margin has a Beta likelihood."""
    table = table_of("BDR", SPINA_BIFIDA)
    found = graph_answer(table, prior=GraphPrior(cell=0.5, most=3))
    share = next(each for each in found.models if each.name == "B + D + R")
    weights = []
    for missing in range(3 * table.observed + 1):
        everybody = table.observed + missing
        weight = lgamma(everybody + 1) - lgamma(missing + 1) - log(everybody)
        for on in table.on_each:
            weight += _log_beta(on + 2, everybody - on + 2) - _log_beta(2, 2)
        weights.append(weight)
    scaled = [exp(weight - max(weights)) for weight in weights]
    mean = sum((table.observed + at) * each for at, each in enumerate(scaled)) / sum(scaled)
    assert share.persons == pytest.approx(mean)


def test_a_chain_is_two_pairs_by_what_they_share() -> None:
    """Worked out anew: B·D and B·R over B, with Dirichlet margins of the same prior."""
    table = table_of("BDR", SPINA_BIFIDA)
    found = graph_answer(table, prior=GraphPrior(cell=0.5, most=3))
    share = next(each for each in found.models if each.name == "B·D + B·R")
    cells = table.cells.astype(float)
    weights = []
    for missing in range(3 * table.observed + 1):
        full, everybody = cells.copy(), table.observed + missing
        full[0, 0, 0] = missing
        weight = lgamma(everybody + 1) - lgamma(missing + 1) - log(everybody)
        margins = (full.sum(axis=2), full.sum(axis=1), full.sum(axis=(1, 2)))
        for margin, prior, sign in zip(margins, (1.0, 1.0, 2.0), (1, 1, -1), strict=True):
            whole = lgamma(4) - lgamma(everybody + 4)
            inner = sum(lgamma(n + prior) - lgamma(prior) for n in margin.ravel())
            weight += sign * (whole + inner)
        weights.append(weight)
    scaled = [exp(weight - max(weights)) for weight in weights]
    mean = sum((table.observed + at) * each for at, each in enumerate(scaled)) / sum(scaled)
    assert share.persons == pytest.approx(mean)


# Five lists, published in Madigan and York 1997 and shipped as the example of the R package dga.
FIVE = [0, 27, 37, 19, 4, 4, 1, 1, 97, 22, 37, 25, 2, 1, 3, 5,
        83, 36, 34, 18, 3, 5, 0, 2, 30, 5, 23, 8, 0, 3, 0, 2]  # fmt: skip


def test_five_lists_are_averaged_over_821_graphs() -> None:
    patterns = list(product((0, 1), repeat=5))
    found = graph_answer(overlap_table("ABCDE", patterns, FIVE), prior=GraphPrior(0.5))
    assert len(found.models) == 821
    assert (found.observed, found.persons, found.low, found.high) == (537, 616, 588, 655)


@pytest.mark.realdata
@pytest.mark.skipif(not KOSOVO.exists(), reason="the table of killings in Kosovo is not beside us")
def test_killings_in_kosovo_side_by_side() -> None:
    """Ball et al. 2002, stratified: 10,356 (9,002 to 12,122). Pooled, the models differ."""
    with KOSOVO.open() as lines:
        header, *rows = list(csv.reader(lines))
    marks = [[int(mark) for mark in row] for row in rows]
    table = overlap_table(header[:-1], [row[:-1] for row in marks], [row[-1] for row in marks])
    assert table.observed == 4400
    graphs = graph_answer(table)
    assert (graphs.persons, graphs.low, graphs.high) == (12595, 9827, 16544)
    assert graphs.models[0].name == "EXH·ABA·OSCE + EXH·OSCE·HRW"
    pairs, triples = answers(table, 60), answers(table, 60, order=3)
    assert [round(found.persons or 0) for found in (pairs.aic, pairs.bic)] == [14358, 14343]
    assert [round(found.persons or 0) for found in (triples.aic, triples.bic)] == [14016, 13184]
    for found in (graphs, triples.aic, triples.bic):
        assert (found.low or 0) < 10356 < (found.high or 0), "the stratified answer lies within"
        assert found.label == "experimental"
    assert (pairs.bic.low or 0) > 10356, "terms of two lists alone are too few for this table"


def test_the_truth_of_the_hepatitis_lists_lies_where_the_page_says() -> None:
    """545 by serum: in the intervals of the graphs and of BIC, and just outside that of AIC."""
    table = table_of("PQE", HEPATITIS)
    graphs, both = graph_answer(table), answers(table, 2000)
    assert (graphs.persons, graphs.low, graphs.high) == (402, 354, 630)
    told = [(round(each.low or 0), round(each.high or 0)) for each in (both.aic, both.bic)]
    assert told == [(560, 3264), (407, 3367)]

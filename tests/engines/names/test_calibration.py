"""The committed thresholds are what the committed script works out, and they reach the targets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from benchmarks.names_calibration import Row, digest_of, rows_of, thresholds_of

from undaunted.engines.names import LabelledPair, evaluate, prepare
from undaunted.engines.names import calibration as table
from undaunted.engines.names.calibration import threshold
from undaunted.engines.names.pairs.comparing import uncalibrated
from undaunted.engines.names.pairs.weighing import calibrated

__all__: list[str] = []

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "sanctions" / "pairs"
DATA = Path(os.environ.get("UNDAUNTED_NAME_PAIRS", SHARED))
REAL = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the pairs of ../shared/data are not here"),
]


def test_a_threshold_lies_at_the_score_of_review() -> None:
    for (left, right), at in table.THRESHOLDS.items():
        assert calibrated(at, right, left) == pytest.approx(0.7)
        assert calibrated(at - 0.01, left, right) < 0.7
    assert calibrated(0.0, "latin", "thai") == 0.0
    assert calibrated(1.0, "latin", "thai") == 1.0
    assert threshold("thai", "latin") == 0.7


def test_pairs_of_one_bearer_are_on_one_side() -> None:
    pair = LabelledPair("a", "b", same=True)
    assert {Row(pair, "one bearer").held_out for _ in range(3)} in ({True}, {False})
    assert {Row(pair, str(n)).held_out for n in range(20)} == {True, False}


def test_few_pairs_make_no_threshold() -> None:
    rows = [Row(LabelledPair("Карл", "Karl", same=n > 1), "x") for n in range(9)]
    assert thresholds_of([*rows, Row(LabelledPair("", "Karl", same=True), "x")]) == {}


def test_where_no_pair_lies_between_the_threshold_is_the_middle_of_the_gap() -> None:
    pairs = [("김영철", "KIM Yong Chol", True), ("박인수", "PARK Young Han", False)]
    rows = [Row(LabelledPair(one, other, same=same), "x") for one, other, same in pairs * 30]
    high, low = (uncalibrated(prepare(one), prepare(other)) for one, other, _ in pairs)
    assert low < 0.5 < high
    assert thresholds_of(rows) == {("hangul", "latin"): round((high + low) / 2, 2)}
    near = [("김창혁", "KIM Chang Hyok", False), *pairs]
    mixed = [Row(LabelledPair(one, other, same=same), "x") for one, other, same in near * 30]
    assert thresholds_of(mixed)["hangul", "latin"] > 0.7


@pytest.mark.parametrize("_", [pytest.param(0, marks=REAL)])
def test_the_table_is_reproduced_from_the_data(_: int) -> None:
    assert digest_of(DATA) == table.DATA_DIGEST
    rows = rows_of(DATA)
    assert thresholds_of(row for row in rows if not row.held_out) == table.THRESHOLDS


@pytest.mark.parametrize("_", [pytest.param(0, marks=REAL)])
def test_targets_are_reached_on_the_half_that_thresholds_never_saw(_: int) -> None:
    found = evaluate(row.pair for row in rows_of(DATA) if row.held_out)
    auc = {script: one.auc or 0.0 for script, one in found.scripts.items()}
    assert auc["cyrillic"] >= 0.985
    assert auc["arabic"] >= 0.97
    assert auc["hangul"] >= 0.99
    assert found.scripts["cyrillic"].recall >= 0.95
    assert (found.scripts["arabic"].precision or 0.0) >= 0.95

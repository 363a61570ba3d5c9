"""Figures on labelled pairs, against what they mean by definition."""

from __future__ import annotations

import pytest

from undaunted.engines.names import Kind, LabelledPair, PairsMalformed, evaluate
from undaunted.engines.names.pairs.evaluating import figures

__all__: list[str] = []


def test_figures_by_definition() -> None:
    found = figures([0.9, 0.8, 0.8, 0.3], [True, True, False, False], 0.7)
    assert found.auc == (2 + 1 + 0.5) / 4
    assert found.recall == 1.0
    assert found.precision == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(0.8)
    assert found.best_f1 == pytest.approx(0.8)
    assert found.best_threshold == 0.8


def test_one_label_alone_has_no_auc() -> None:
    assert figures([0.9], [True], 0.7).auc is None
    nothing = figures([0.1, 0.2], [False, False], 0.7)
    assert (nothing.auc, nothing.recall, nothing.precision, nothing.f1) == (None, 0, None, 0)


def test_pairs_are_reported_overall_and_by_script() -> None:
    found = evaluate(
        [
            LabelledPair("Карл Брандт", "Karl Brandt", same=True),
            LabelledPair("Карл Брандт", "Otto Weber", same=False),
            LabelledPair("محمد", "Mohammed", same=True, script="arabic"),
            LabelledPair("Nordwind AG", "Nordwind", same=True, kind=Kind.ORGANISATION),
            LabelledPair("", "Nordwind", same=True),
            LabelledPair("Nordwind", "…", same=False, script="arabic"),
        ]
    )
    assert set(found.scripts) == {"cyrillic-latin", "arabic", "latin"}
    assert found.scripts["cyrillic-latin"].auc == 1.0
    assert found.scripts["arabic"].refused == 1
    assert found.overall.pairs == 6
    assert found.overall.refused == 2
    assert found.threshold == 0.7


def test_refused_pair_is_found_at_no_threshold() -> None:
    """It was never compared: counted as found from 0 on, it made the best F1 better than it is."""
    found = figures([0.9, 0.2, None, None], [True, False, True, True], 0.0)
    assert (found.refused, found.positives) == (2, 3)
    assert found.best_f1 == pytest.approx(0.5)
    assert found.recall == pytest.approx(1 / 3)
    assert (found.best_threshold, found.precision) == (0.9, 0.5)
    nothing = evaluate([LabelledPair("", "Nordwind", same=True)], threshold=0.0)
    assert (nothing.overall.best_f1, nothing.overall.recall, nothing.overall.refused) == (0, 0, 1)
    assert nothing.overall.precision is None
    assert nothing.scripts == {}


def test_no_pair_is_refused() -> None:
    with pytest.raises(PairsMalformed, match="no pair"):
        evaluate([])


def test_what_is_no_pair_is_refused_and_a_gap_is_a_refused_name() -> None:
    with pytest.raises(PairsMalformed, match="LabelledPair"):
        evaluate([("Zarina", "Zarina", 1)])  # type: ignore[list-item]
    pairs = [LabelledPair("Zarina", None, same=True), LabelledPair("Bo", "Bo", same=True)]  # type: ignore[arg-type]
    found = evaluate(pairs)
    assert (found.overall.refused, found.refused[0].row, found.refused[0].name) == (1, 1, "None")
    assert found.refused[0].why.startswith("a name is a text")

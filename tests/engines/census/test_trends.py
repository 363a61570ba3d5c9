"""Trends of short series: exact chances against enumeration and published tables."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undaunted.engines.census import (
    ArgumentRefused,
    Demand,
    RowsMalformed,
    TrendReason,
    Verdict,
    trend_of,
)
from undaunted.engines.census.kendall import critical_score, inversions, normal_p_value, p_value

YEARS = list(range(2016, 2026))


@pytest.mark.parametrize(
    ("length", "score", "one_sided"),
    [(4, 6, 0.042), (4, 4, 0.167), (5, 10, 0.0083), (5, 8, 0.042), (8, 16, 0.031), (8, 18, 0.016),
     (8, 20, 0.0071), (9, 20, 0.022), (10, 21, 0.036), (10, 25, 0.014)],
)  # fmt: skip
def test_chances_are_those_of_the_published_table(
    length: int, score: int, one_sided: float
) -> None:
    """Kendall 1975, appendix table 1, as in Gilbert 1987, table A18."""
    assert p_value((1,) * length, score) / 2 == pytest.approx(one_sided, rel=0.03)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_the_distribution_is_that_of_all_arrangements(values: list[int]) -> None:
    groups = tuple(int(size) for size in np.unique(values, return_counts=True)[1])
    scores = [
        sum(np.sign(b - a) for at, a in enumerate(each) for b in each[at + 1 :])
        for each in permutations(values)
    ]
    ways = inversions(groups)
    share = len(scores) / sum(ways)
    for falling, way in enumerate(ways):
        assert scores.count(len(ways) - 1 - 2 * falling) == way * share
    highest = max(scores)
    assert p_value(groups, highest) == np.mean(np.abs(scores) >= abs(highest))


@pytest.mark.parametrize(("length", "critical"), [(4, None), (5, 10), (6, 13), (10, 23)])
def test_critical_scores_are_those_of_the_published_table(
    length: int, critical: int | None
) -> None:
    """Hollander and Wolfe 1999, table A.30: the smallest score of 0.025 or less on one side."""
    assert critical_score(length, 0.025) == critical


def test_a_steady_rise_is_rising() -> None:
    found = trend_of(YEARS, [2.0 * year for year in YEARS])
    assert (found.verdict, found.score, found.tau) == (Verdict.RISING, 45, 1.0)
    assert (found.slope, found.slope_low, found.slope_high) == (2, 2, 2)
    assert found.exact
    assert found.p_value == 2 / 3628800


def test_a_fall_is_falling_and_chance_is_no_trend() -> None:
    assert trend_of(YEARS, [-year for year in YEARS]).verdict is Verdict.FALLING
    assert trend_of(YEARS, [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]).verdict is Verdict.NO_TREND_SHOWN


def test_one_wild_year_does_not_carry_the_slope() -> None:
    values = [10.0, 11, 12, 13, 14, 15, 16, 17, 18, 1000]
    found = trend_of(YEARS, values)
    assert found.slope == 1
    assert found.slope_high is not None
    assert found.slope_low == 1


def test_four_points_are_too_short_to_say() -> None:
    found = trend_of(YEARS[:4], [1, 2, 3, 4])
    assert (found.verdict, found.reason) == (Verdict.TOO_SHORT, TrendReason.TOO_FEW_POINTS)
    assert (found.slope, found.slope_low, found.slope_high) == (1, None, None)


def test_values_so_tied_that_no_order_would_do_are_too_short() -> None:
    found = trend_of(YEARS[:6], [1, 1, 1, 1, 1, 2])
    assert (found.verdict, found.reason) == (Verdict.TOO_SHORT, TrendReason.NO_ORDER_WOULD_DO)
    same = trend_of(YEARS, [4] * 10)
    assert (same.verdict, same.tau, same.p_value, same.slope) == (Verdict.TOO_SHORT, None, 1, 0)


@pytest.mark.parametrize("points", [0, 1])
def test_of_one_point_or_none_nothing_is_said(points: int) -> None:
    found = trend_of(YEARS[:points], [1.0][:points], demand=Demand(fewest=0))
    assert (found.verdict, found.slope, found.tau) == (Verdict.TOO_SHORT, None, None)


def test_what_lies_before_the_last_break_is_left_out() -> None:
    values = [1.0, 2, 3, 4, 100, 101, 99, 102, 98, 100]
    whole, since = trend_of(YEARS, values), trend_of(YEARS, values, breaks=(2017, 2020))
    assert whole.verdict is Verdict.RISING
    assert (since.verdict, since.points, since.left_out) == (Verdict.NO_TREND_SHOWN, 6, 4)


def test_the_order_of_the_rows_does_not_matter() -> None:
    values = [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3]
    assert trend_of(YEARS[::-1], values[::-1]) == trend_of(YEARS, values)


def test_long_series_take_the_normal_distribution() -> None:
    values = [float(year % 7) for year in range(80)]
    found = trend_of(range(80), values)
    assert not found.exact
    exact = trend_of(range(80), values, demand=Demand(exact_up_to=80))
    assert found.p_value == pytest.approx(exact.p_value, abs=0.005)
    assert found.slope_low is not None
    assert exact.slope_low == pytest.approx(found.slope_low, abs=0.002)
    assert normal_p_value((3,), 0) == normal_p_value((3,), 5) == 1.0


@pytest.mark.parametrize(
    ("times", "values", "told"),
    [
        ([1, 2], [1], "one value per time"),
        ([1, 2], [1, float("nan")], "row 2: no number"),
        ([1, 1], [1, 2], "a time stands there twice"),
    ],
)
def test_rows_that_cannot_be_are_refused(
    times: list[float], values: list[float], told: str
) -> None:
    with pytest.raises(RowsMalformed, match=told):
        trend_of(times, values)


def test_a_confidence_that_is_none_is_refused() -> None:
    with pytest.raises(ArgumentRefused, match="confidence"):
        Demand(confidence=1.5)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-20, 20), min_size=5, max_size=14))
def test_turned_over_the_trend_turns_over(values: list[int]) -> None:
    times = range(len(values))
    there, back = trend_of(times, values), trend_of(times, [-value for value in values])
    assert there.score == -back.score
    assert there.p_value == pytest.approx(back.p_value)
    assert there.slope is not None
    assert back.slope is not None
    assert there.slope == pytest.approx(-back.slope)
    if there.slope_low is not None and there.slope_high is not None:
        assert there.slope_low <= there.slope <= there.slope_high


def test_the_slope_interval_holds_the_true_slope_as_often_as_it_says() -> None:
    generator = np.random.default_rng(4)
    held = 0
    for _ in range(400):
        found = trend_of(range(9), (0.5 * np.arange(9) + generator.normal(size=9)).tolist())
        assert found.slope_low is not None
        assert found.slope_high is not None
        held += found.slope_low <= 0.5 <= found.slope_high
    assert 0.93 <= held / 400 <= 0.99

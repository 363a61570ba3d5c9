"""Rates with exact intervals against published answers, and refusals."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from undaunted.engines.census import ArgumentRefused, RowsMalformed
from undaunted.engines.census.rates import (
    Denominator,
    RateReason,
    compare_rates,
    poisson_interval,
    rate_of,
)

DAY = date(2025, 7, 1)


def people(number: float | None) -> Denominator:
    return Denominator(number, "invented", DAY)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390),
     (100, 81.364, 121.627)],
)  # fmt: skip
def test_intervals_are_those_of_the_published_table(count: int, low: float, high: float) -> None:
    """Garwood 1936 and Pearson and Hartley 1966, table 40: 95 percent limits of a Poisson mean."""
    assert poisson_interval(count) == pytest.approx((low, high), abs=6e-4)


def test_a_rate_is_for_so_many_inhabitants() -> None:
    found = rate_of(10, people(200_000))
    assert (found.rate, found.reason) == (5.0, None)
    assert (found.low, found.high) == pytest.approx((4.795 / 2, 18.390 / 2), abs=6e-4)


def test_the_single_rate_of_the_r_documentation() -> None:
    """R, `?poisson.test`: 137 events over 24.19893 give 5.661407 (4.753125 to 6.692709)."""
    found = rate_of(137, people(24.19893), per=1)
    assert (found.rate, found.low, found.high) == pytest.approx((5.661407, 4.753125, 6.692709))


def test_the_comparison_of_the_r_documentation() -> None:
    """R, `?poisson.test`: 11 in 800 against 21 in 3011 (breast cancer data)."""
    found = compare_rates((11, people(800)), (6 + 8 + 7, people(1083 + 1050 + 878)))
    assert found.ratio == pytest.approx(1.971488, abs=1e-6)
    assert found.p_value == pytest.approx(0.07967, abs=1e-5)
    assert (found.low, found.high) == pytest.approx((0.8584264, 4.2772659), abs=1e-6)


@pytest.mark.parametrize(
    ("number", "reason"),
    [(None, RateReason.DENOMINATOR_MISSING), (0, RateReason.DENOMINATOR_EMPTY)],
)
def test_no_rate_without_a_denominator(number: float | None, reason: RateReason) -> None:
    found = rate_of(3, people(number))
    assert (found.rate, found.low, found.high, found.reason) == (None, None, None, reason)
    for pair in (((3, people(number)), (3, people(9))), ((3, people(9)), (3, people(number)))):
        compared = compare_rates(*pair)
        assert (compared.ratio, compared.p_value, compared.reason) == (None, None, reason)


def test_nobody_in_either_cannot_be_compared() -> None:
    found = compare_rates((0, people(10)), (0, people(20)))
    assert (found.ratio, found.reason) == (None, RateReason.NOBODY_IN_EITHER)


def test_nobody_in_one_leaves_one_end_open() -> None:
    none_second = compare_rates((4, people(10)), (0, people(10)))
    assert (none_second.ratio, none_second.high) == (float("inf"), float("inf"))
    none_first = compare_rates((0, people(10)), (4, people(10)))
    assert (none_first.ratio, none_first.low) == (0, 0)
    assert none_second.p_value == none_first.p_value == pytest.approx(0.125)


@pytest.mark.parametrize("number", [-1, float("nan"), float("inf")])
def test_a_population_that_is_none_is_refused(number: float) -> None:
    with pytest.raises(RowsMalformed, match="population of invented"):
        rate_of(3, people(number))


def test_persons_below_zero_and_rates_per_none_are_refused() -> None:
    with pytest.raises(RowsMalformed, match="persons: -1"):
        rate_of(-1, people(9))
    with pytest.raises(RowsMalformed, match="persons: -1"):
        poisson_interval(-1)
    with pytest.raises(ArgumentRefused, match="per: 0"):
        rate_of(1, people(9), per=0)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 500), st.floats(0.5, 0.999))
def test_the_interval_is_where_the_count_is_not_too_odd(count: int, confidence: float) -> None:
    low, high = poisson_interval(count, confidence=confidence)
    out = (1 - confidence) / 2
    assert low <= count <= high
    assert stats.poisson.cdf(count, high) == pytest.approx(out)
    if count:
        assert stats.poisson.sf(count - 1, low) == pytest.approx(out)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 900), st.integers(1, 900))
def test_the_comparison_is_the_binomial_test_and_turns_with_its_order(
    one: int, other: int, first: int, second: int
) -> None:
    found = compare_rates((one, people(first)), (other, people(second)))
    if not one + other:
        assert found.reason is RateReason.NOBODY_IN_EITHER
        return
    exact = stats.binomtest(one, one + other, first / (first + second)).pvalue
    assert found.p_value == pytest.approx(exact)
    back = compare_rates((other, people(second)), (one, people(first)))
    assert back.p_value == pytest.approx(found.p_value)
    if one and other:
        assert found.low is not None
        assert back.high == pytest.approx(1 / found.low)


def test_counting_starts_without_scipy() -> None:
    told = "import sys, undaunted.engines.census; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

"""How long people are held: published curves, hand-made ones, laws and bounds."""

from datetime import UTC, date, datetime
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undaunted.engines.census import (
    ALWAYS,
    NEVER,
    ArgumentRefused,
    Band,
    Lengths,
    Recognitions,
    RowsMalformed,
    Scenario,
    Spell,
    SpellWindows,
    SurvivalReason,
    day_number,
    durations_until,
    gather_spells,
    lengths_of,
    survival_of,
    survival_of_people,
    survival_of_spells,
    take_census,
)

# Freireich et al. 1963, weeks in remission under 6-MP and placebo, as in Klein and Moeschberger
# 2003, tables 1.2 and 4.1A: deaths and censorings (marked +) of 21 patients each.
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
TREATED_CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
TABLE_4_1A = {
    6: (21, 3, 0.857, 0.0764),
    7: (17, 1, 0.807, 0.0869),
    10: (15, 1, 0.753, 0.0963),
    13: (12, 1, 0.690, 0.1068),
    16: (11, 1, 0.627, 0.1141),
    22: (7, 1, 0.538, 0.1282),
    23: (6, 1, 0.448, 0.1346),
}


def lengths(
    ended: list[int], censored: list[int] | None = None, entry: list[int] | None = None
) -> Lengths:
    days = ended + (censored or [])
    begun = entry or [0] * len(days)
    return Lengths(np.array(begun), np.array(days), np.arange(len(days)) < len(ended))


def test_the_curve_is_that_of_the_published_table() -> None:
    found = survival_of(lengths(TREATED, TREATED_CENSORED))
    assert found.days.tolist() == list(TABLE_4_1A)
    for row, (at_risk, ended, share, error) in enumerate(TABLE_4_1A.values()):
        assert (found.at_risk[row], found.ended[row]) == (at_risk, ended)
        assert found.share[row] == pytest.approx(share, abs=5e-4)
        assert found.error[row] == pytest.approx(error, abs=6e-5)
    assert found.median == 23
    assert (found.persons, found.censored, found.entered_late) == (21, 12, 0)
    assert found.reasons == ()


def test_the_median_of_the_placebo_is_the_published_one() -> None:
    found = survival_of(lengths(PLACEBO), band=Band.GREENWOOD)
    assert found.median == 8
    assert found.restricted_mean == pytest.approx(np.mean(PLACEBO))
    assert found.restricted_error == pytest.approx(np.std(PLACEBO) / np.sqrt(len(PLACEBO)))


def test_log_log_and_greenwood_intervals_are_those_of_the_formulas() -> None:
    log_log = survival_of(lengths(TREATED, TREATED_CENSORED))
    plain = survival_of(lengths(TREATED, TREATED_CENSORED), band=Band.GREENWOOD)
    share, error, z = log_log.share[2], log_log.error[2], 1.959963985
    theta = np.exp(z * error / (share * np.log(share)))
    assert log_log.low[2] == pytest.approx(share ** (1 / theta))
    assert log_log.high[2] == pytest.approx(share**theta)
    assert plain.low[2] == pytest.approx(share - z * error)
    assert plain.high[2] == pytest.approx(share + z * error)
    assert (log_log.median_low, log_log.median_high) == (13, None)
    assert plain.high[0] == 1.0


def test_the_restricted_mean_is_the_area_under_the_steps() -> None:
    found = survival_of(lengths([1, 3], [4]), horizon=4)
    assert found.restricted_mean == pytest.approx(1 + 2 * 2 / 3 + 1 / 3)
    assert survival_of(lengths([1, 3], [4]), horizon=2).restricted_mean == pytest.approx(1 + 2 / 3)
    assert survival_of(lengths([1, 3], [4]), horizon=0).restricted_mean == 0


def test_a_horizon_beyond_what_was_seen_gives_no_mean() -> None:
    found = survival_of(lengths([1, 3], [4]), horizon=9)
    assert (found.restricted_mean, found.restricted_error) == (None, None)
    assert SurvivalReason.HORIZON_BEYOND_DATA in found.reasons
    assert survival_of(lengths([1, 3]), horizon=9).restricted_mean == 2


def test_a_horizon_below_zero_is_refused() -> None:
    with pytest.raises(ArgumentRefused, match="horizon: -1"):
        survival_of(lengths([1]), horizon=-1)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_that_is_none_is_refused(confidence: float) -> None:
    with pytest.raises(ArgumentRefused, match="confidence"):
        survival_of(lengths([1]), confidence=confidence)


def test_who_enters_late_is_at_risk_only_from_then() -> None:
    found = survival_of(lengths([5, 8, 8], [10], entry=[0, 6, 0, 2]))
    assert found.at_risk.tolist() == [3, 3]
    assert found.share.tolist() == pytest.approx([2 / 3, 2 / 9])
    assert (found.median, found.entered_late) == (8, 2)


def test_a_curve_that_begins_late_says_so() -> None:
    found = survival_of(lengths([5, 8], [10], entry=[2, 3, 4]))
    assert SurvivalReason.NOBODY_FROM_THE_FIRST_DAY in found.reasons


def test_a_curve_that_falls_to_zero_too_early_gives_no_median() -> None:
    found = survival_of(lengths([2, 8], [10], entry=[0, 6, 6]))
    assert found.share.tolist() == [0, 0]
    assert SurvivalReason.RISK_SET_EMPTIED in found.reasons
    assert (found.median, found.restricted_mean) == (None, None)
    assert found.high.tolist() == [1, 1]


def test_once_nobody_is_left_the_upper_end_stays() -> None:
    found = survival_of(lengths([1, 2, 3]))
    assert found.low[-1] == 0
    assert found.high[-1] == found.high[-2] < 1


def test_of_nobody_nothing_is_said() -> None:
    found = survival_of(lengths([]))
    assert found.reasons == (SurvivalReason.NOBODY,)
    assert (found.median, found.restricted_mean, found.persons) == (None, None, 0)


def test_a_median_that_is_not_reached_is_none() -> None:
    found = survival_of(lengths([4], [5, 6]))
    assert found.median is None
    assert found.reasons == (SurvivalReason.FEWER_THAN_HALF_ENDED,)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (([0], [1, 2], [True]), "exit has one value per row"),
        (([0, 4], [1, 4], [True, True]), "row 2: seen from day 4 to day 4"),
        (([-1], [1], [True]), "row 1: seen from day -1"),
        (([0, 0], [1, 100_001], [True, True]), "row 2: 100001 days is longer than anybody lives"),
    ],
)
def test_rows_that_cannot_be_are_refused(columns: tuple[list[int], ...], told: str) -> None:
    with pytest.raises(RowsMalformed, match=told):
        Lengths(*(np.array(column) for column in columns))


def windows(*rows: tuple[int, int, int, int], watched_from: int = ALWAYS) -> SpellWindows:
    columns = np.array(rows).reshape(-1, 4).T
    first, second, third, fourth = columns
    return SpellWindows(first, second, third, fourth, np.full(len(rows), watched_from))


AS_OF = date(2025, 12, 31)
TODAY = day_number(AS_OF)


def test_partial_dates_give_the_shortest_and_the_longest() -> None:
    found = survival_of_spells(windows((0, 10, 30, 50), (0, 0, 40, 40)), as_of=AS_OF)
    assert found.shortest.days.tolist() == [20, 40]
    assert found.longest.days.tolist() == [40, 50]
    assert (found.median, found.proven, found.left_out) == ((20, 40), True, (0, 0))


def test_who_may_still_be_held_is_censored_in_the_longest() -> None:
    found = survival_of_spells(windows((0, 0, 30, NEVER), (0, 0, 60, 60)), as_of=AS_OF)
    assert (found.shortest.censored, found.longest.censored) == (0, 1)
    assert not found.proven


def test_what_ended_before_anybody_watched_is_left_out() -> None:
    rows = windows((0, 0, 30, 30), (0, 0, 90, 90), (TODAY, TODAY, NEVER, NEVER), watched_from=40)
    found = survival_of_spells(rows, as_of=AS_OF)
    assert (found.left_out, found.proven) == ((2, 2), False)
    short = lengths_of(rows, Scenario.SHORTEST, as_of=AS_OF)
    assert (short.entry.tolist(), short.exit.tolist(), short.ended.tolist()) == ([40], [90], [True])


def test_who_is_free_on_the_day_has_ended() -> None:
    rows = windows((0, 0, TODAY, TODAY), (0, 0, TODAY + 1, TODAY + 1))
    assert lengths_of(rows, Scenario.LONGEST, as_of=AS_OF).ended.tolist() == [True, False]


@pytest.mark.parametrize(
    ("row", "told"),
    [((5, 4, 9, 9), "row 1: start ends"), ((4, 4, 9, 8), "row 1: end ends")],
)
def test_windows_that_end_before_they_begin_are_refused(
    row: tuple[int, int, int, int], told: str
) -> None:
    with pytest.raises(RowsMalformed, match=told):
        windows(row)


def test_windows_of_unequal_length_are_refused() -> None:
    with pytest.raises(RowsMalformed, match="end_latest has one value per row"):
        SpellWindows(*(np.zeros(size, dtype=np.int64) for size in (2, 2, 2, 1, 2)))


def test_a_person_held_twice_is_one_length() -> None:
    spells = gather_spells([
        Spell.exact(1, date(2025, 1, 1), date(2025, 1, 11)),
        Spell.exact(1, date(2025, 3, 1), date(2025, 3, 6)),
        Spell.exact(2, date(2025, 12, 1)),
        Spell(3, date(2025, 12, 1), date(2025, 12, 20), date(2025, 12, 10), date(2025, 12, 25)),
    ])  # fmt: skip
    everyone = Recognitions.of_all(np.array([1, 2, 3]))
    known = datetime(2026, 1, 1, tzinfo=UTC)
    census = take_census(spells, everyone, standard="pace-1900", known_at=known)
    found = survival_of_people(durations_until(census, AS_OF))
    assert found.shortest.days.tolist() == [15]
    assert found.longest.days.tolist() == [15, 24]
    assert (found.left_out, found.longest.censored, found.proven) == ((1, 0), 1, False)


_spell = st.tuples(st.integers(0, 30), st.integers(0, 9), st.integers(20, 60), st.integers(0, 9))


@settings(deadline=None, max_examples=60)
@given(st.lists(_spell, min_size=1, max_size=12), st.data())
def test_any_days_within_the_windows_lie_between_the_proven_curves(
    rows: list[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    spells = [(s, s + doubt, s + 9 + length, s + 9 + length + more)
              for s, doubt, length, more in rows]  # fmt: skip
    bounds = survival_of_spells(windows(*spells), as_of=AS_OF)
    assert bounds.proven
    chosen = [(data.draw(st.integers(a, b)), data.draw(st.integers(c, d))) for a, b, c, d in spells]
    exact = survival_of_spells(windows(*((s, s, e, e) for s, e in chosen)), as_of=AS_OF).shortest
    for day in range(100):
        low, here, high = (_share(each, day) for each in (bounds.shortest, exact, bounds.longest))
        assert low <= here + 1e-9 <= high + 2e-9


def test_with_censoring_the_two_curves_are_scenarios_and_no_bounds() -> None:
    """The first end one day later than a censoring: the curve beyond it is lower, not higher."""
    early, late = survival_of(lengths([1], [2, 2])), survival_of(lengths([3], [2, 2]))
    assert (early.median, late.median) == (None, 3)


def _share(survival: object, day: int) -> float:
    days, share = survival.days, survival.share  # type: ignore[attr-defined]
    row = int(np.searchsorted(days, day, side="right")) - 1
    return 1.0 if row < 0 else float(share[row])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=25))
def test_the_curve_falls_within_its_interval(rows: list[tuple[int, bool]]) -> None:
    ended = [day for day, end in rows if end]
    censored = [day for day, end in rows if not end]
    for band in Band:
        found = survival_of(lengths(ended, censored), band=band)
        assert np.all(np.diff(found.share) <= 1e-12)
        assert np.all((found.low <= found.share + 1e-12) & (found.share <= found.high + 1e-12))
        assert np.all((found.low >= 0) & (found.high <= 1))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=25))
def test_without_censoring_the_curve_is_the_share_of_the_longer(ended: list[int]) -> None:
    found = survival_of(lengths(ended))
    for day, share in zip(found.days, found.share, strict=True):
        assert share == pytest.approx(sum(each > day for each in ended) / len(ended))


@pytest.mark.skipif(find_spec("lifelines") is None, reason="lifelines is not installed")
def test_the_curve_is_that_of_lifelines() -> None:
    from lifelines import KaplanMeierFitter  # noqa: PLC0415 - only where installed

    days, events = TREATED + TREATED_CENSORED, [1] * 9 + [0] * 12
    entry = [0] * 11 + [5] * 10
    theirs = KaplanMeierFitter().fit(days, events, entry=entry)
    ours = survival_of(Lengths(np.array(entry), np.array(days), np.array(events)))
    for day, share in zip(ours.days, ours.share, strict=True):
        assert theirs.predict(day) == pytest.approx(share)

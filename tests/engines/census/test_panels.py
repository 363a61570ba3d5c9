"""Change is told on what was covered alike; everything else is a break."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undaunted.engines.census import (
    Covered,
    PanelBreak,
    PanelPoint,
    PanelReason,
    PeriodReversed,
    RowsMalformed,
    panel_change,
    panel_changes,
)

FIRST, SECOND, THIRD = (date(year, 12, 31) for year in (2023, 2024, 2025))
LIST = frozenset({"list"})


def at(day: date, *rows: Covered) -> PanelPoint:
    return PanelPoint(day, rows)


def row(
    unit: str, persons: int, sources: frozenset[str] = LIST, rule: str = "pace-1900"
) -> Covered:
    return Covered(unit, persons, sources, rule)


def test_a_country_covered_for_the_first_time_is_no_increase() -> None:
    change = panel_change(at(FIRST, row("XR", 10)), at(SECOND, row("XR", 12), row("XS", 500)))
    assert (change.change, change.ratio) == (2, 1.2)
    assert (change.total_before, change.total_after) == (10, 512)
    (broken,) = change.breaks
    assert (broken.unit, broken.reasons) == ("XS", (PanelBreak.STARTED,))
    assert (broken.before, broken.after, broken.sources_gained) == (None, 500, LIST)
    assert change.units[0].change == 2


def test_a_country_no_longer_covered_is_no_decrease() -> None:
    change = panel_change(at(FIRST, row("XR", 10), row("XS", 500)), at(SECOND, row("XR", 12)))
    assert change.change == 2
    assert change.breaks[0].reasons == (PanelBreak.STOPPED,)
    assert (change.breaks[0].sources_lost, change.left_out_before) == (LIST, 500)


def test_a_change_of_source_is_a_break_and_never_a_trend() -> None:
    other = frozenset({"list", "another"})
    change = panel_change(at(FIRST, row("XR", 10)), at(SECOND, row("XR", 80, other)))
    assert (change.change, change.ratio) == (None, None)
    assert change.reason is PanelReason.NO_COMMON_UNIT
    (broken,) = change.breaks
    assert broken.reasons == (PanelBreak.SOURCES_CHANGED,)
    assert (broken.sources_gained, broken.sources_lost) == (frozenset({"another"}), frozenset())


def test_a_change_of_source_and_rule_names_both() -> None:
    new = row("XR", 80, frozenset({"another"}), "wgad")
    (broken,) = panel_change(at(FIRST, row("XR", 10)), at(SECOND, new)).breaks
    assert broken.reasons == (PanelBreak.SOURCES_CHANGED, PanelBreak.RULE_CHANGED)


def test_no_ratio_where_nobody_was_counted_before() -> None:
    change = panel_change(at(FIRST, row("XR", 0)), at(SECOND, row("XR", 3)))
    assert (change.change, change.ratio, change.reason) == (3, None, PanelReason.NONE_BEFORE)


def test_each_pair_of_years_has_a_panel_of_its_own() -> None:
    points = [
        at(THIRD, row("XR", 14), row("XS", 510)),
        at(FIRST, row("XR", 10)),
        at(SECOND, row("XR", 12), row("XS", 500)),
    ]
    assert [change.change for change in panel_changes(points)] == [2, 12]
    assert panel_change(points[1], points[0]).change == 4


def test_reversed_days_are_refused() -> None:
    with pytest.raises(PeriodReversed, match="2023-12-31 does not come after 2024-12-31"):
        panel_change(at(SECOND), at(FIRST))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((row("XR", 1), row("XR", 2)), "row 2: XR is covered twice"),
        ((row("XR", -1),), "row 1: XR counts -1 persons"),
    ],
)
def test_rows_that_cannot_be_are_refused(rows: tuple[Covered, ...], told: str) -> None:
    with pytest.raises(RowsMalformed, match=told):
        panel_change(at(FIRST, *rows), at(SECOND))


_rows = st.dictionaries(
    st.sampled_from(("XR", "XS", "XB", "XF", "XZ")),
    st.tuples(
        st.integers(0, 50), st.frozensets(st.sampled_from("ab"), max_size=2), st.sampled_from("rs")
    ),
    max_size=5,
).map(lambda found: tuple(Covered(unit, *rest) for unit, rest in found.items()))


@settings(deadline=None, max_examples=60)
@given(_rows, _rows)
def test_what_is_told_adds_up_and_every_unit_is_in_one_place(
    old: tuple[Covered, ...], new: tuple[Covered, ...]
) -> None:
    change = panel_change(PanelPoint(FIRST, old), PanelPoint(SECOND, new))
    whole = sum(each.persons for each in new) - sum(each.persons for each in old)
    assert whole == (change.change or 0) + change.left_out_after - change.left_out_before
    told = [each.unit for each in change.units] + [each.unit for each in change.breaks]
    assert sorted(told) == sorted({each.unit for each in (*old, *new)})
    back = panel_change(PanelPoint(FIRST, new), PanelPoint(SECOND, old))
    assert (back.change or 0) == -(change.change or 0)

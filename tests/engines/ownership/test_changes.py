"""Stakes change: control from where they did equals control from the start; filings; creeping."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.ownership.tables import interpreted, table
from undaunted.engines.ownership import (
    MAJORITY,
    Assets,
    Exposure,
    PartyKind,
    QuestionMalformed,
    control,
    crossings,
    exposure,
    over_one_register,
    recontrolled,
    threshold_of,
    votes_graph,
    with_filing,
)

__all__: list[str] = []

NAMES = "abcdefg"
DRAWN = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 9), st.sampled_from([0, 0, 0, 3])
)
BASE = tuple((each, f"{each}'", 0.0) for each in NAMES)


def _rows(drawn: list[tuple[str, str, int, int]]) -> list[tuple[Any, ...]]:
    return [(a, b, (lo / 10, min(lo + wide, 10) / 10)) for a, b, lo, wide in drawn]


@given(
    st.lists(DRAWN, max_size=14),
    st.lists(DRAWN, max_size=3),
    st.sets(st.integers(0, 13), max_size=3),
    st.sampled_from(NAMES),
)
def test_control_from_where_stakes_changed_is_control_from_the_start(
    drawn: list[tuple[str, str, int, int]],
    added: list[tuple[str, str, int, int]],
    removed: set[int],
    seed: str,
) -> None:
    rows = _rows(drawn)
    kept = [row for at, row in enumerate(rows) if at not in removed] + _rows(added)
    before, after = (votes_graph(table(*BASE, *each)) for each in (rows, kept))
    gone = [row for at, row in enumerate(rows) if at in removed]
    touched = after.parties.numbers_of({row[1] for row in (*gone, *_rows(added))})
    with interpreted():
        found = recontrolled(control(before, [seed]), after, touched)
        afresh = control(after, [seed])
    for kind in ("must", "may", "joint", "contested"):
        assert found.names(getattr(found, kind)) == afresh.names(getattr(afresh, kind))


def test_control_anew_comes_to_an_owner_and_to_a_company_found_before_and_goes_on() -> None:
    after = votes_graph(
        table(*BASE, ("a", "b", 0.6), ("b", "a", 0.1), ("b", "c", 0.6), ("b", "c", 0.1))
    )
    found = recontrolled(control(after, ["a"]), after, after.parties.numbers_of(["b", "c"]))
    assert found.names(found.must) == ("b", "c")


def test_control_anew_where_a_share_has_become_a_range() -> None:
    before, after = (
        votes_graph(table(*BASE, ("a", "b", 0.6), ("b", "c", share))) for share in (0.6, (0.4, 0.7))
    )
    found = recontrolled(control(before, ["a"]), after, after.parties.numbers_of(["c"]))
    assert (found.names(found.must), found.names(found.may)) == (("b",), ("c",))


def test_control_anew_among_ranges_takes_out_what_may_no_longer_be() -> None:
    rows = (*BASE, ("a", "b", (0.4, 0.7)), ("b", "c", 0.6))
    before = votes_graph(table(*rows, ("a", "d", (0.2, 0.6))))
    after = votes_graph(table(*rows, ("a", "d", (0.2, 0.5))))
    told = control(before, ["a"])
    assert told.names(told.may) == ("b", "c", "d")
    found = recontrolled(told, after, after.parties.numbers_of(["d"]))
    assert (found.names(found.must), found.names(found.may)) == ((), ("b", "c"))


def test_a_filing_stands_for_what_its_owner_had() -> None:
    rows = (("state", "shell", 1.0), ("shell", "port", 0.0), ("seller", "port", 0.8))
    stakes = table(*rows)
    filing = table(("shell", "port", 0.6), ("seller", "port", 0.2), source="filing")
    filed = with_filing(*over_one_register(stakes, filing))
    assert control(votes_graph(stakes), ["state"]).must.size == 1
    found = control(votes_graph(filed), ["state"])
    assert found.names(found.must) == ("port", "shell")
    assert filed.sources == ("list", "filing")
    sold = with_filing(*over_one_register(stakes, table(("seller", "port", 0.0))))
    assert len(sold) == 2


def test_exposure_is_told_before_and_after_by_capacity() -> None:
    stakes = table(("XR", "a", 0.6), ("XR", "b", (0.0, 1.0)), ("XS", "c", 0.6), ("o", "b", 0.1))
    number = stakes.parties.number_of
    assets = Assets(
        np.array([number(each) for each in ("a", "b", "c", "c")]), np.array([5.0, 3, 1, 1]), "GW"
    )
    states = {each: stakes.parties.numbers_of([each]) for each in ("XR", "XS")}
    told = exposure(votes_graph(stakes), assets, states)
    assert told == {"XR": Exposure(5, 8, 10), "XS": Exposure(2, 2, 10)}
    assert told["XR"].shares == (0.5, 0.8)
    filing = table(("XR", "c", 0.6), ("XS", "c", 0.0), kinds={"XR": PartyKind.STATE})
    filed = with_filing(*over_one_register(stakes, filing))
    assert filed.parties.kinds[number("XR")] == PartyKind.STATE
    after = exposure(votes_graph(filed), assets, states)
    assert after == {"XR": Exposure(7, 10, 10), "XS": Exposure(0, 0, 10)}
    assert Exposure(0, 0, 0).shares == (0, 0)


@pytest.mark.parametrize("capacity", [[1.0, -1.0], [1.0, np.nan], [1.0]])
def test_capacities_that_mean_nothing_are_refused(capacity: list[float]) -> None:
    with pytest.raises(QuestionMalformed):
        Assets(np.array([0, 1]), np.array(capacity))


def test_acquisitions_that_creep_are_told_by_day() -> None:
    first, second, third = date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)
    stakes = table(
        ("state", "x", 0.2, None, first, second), ("state", "x", 0.3, None, second, None),
        ("shell", "x", 0.25, None, second, third), ("state", "shell", 0.9),
    )  # fmt: skip
    found = crossings(stakes, ["state"], "x", [threshold_of(0.25), MAJORITY])
    assert [(each.day, str(each.threshold), each.upward) for each in found] == [
        (second, "> 25 %", True), (second, "> 50 %", True), (third, "> 50 %", False),
    ]  # fmt: skip

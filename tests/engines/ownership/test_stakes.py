"""Stakes keep what a source says, and tell what is wrong with it, row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.engines.ownership.tables import table
from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    WHOLE,
    Finding,
    Parties,
    PartyKind,
    PartyUnknown,
    Register,
    Right,
    Rule,
    Settled,
    StakesMalformed,
    Treatment,
    as_part,
    check_stakes,
    gather_stakes,
    in_words,
    settle,
    some_of,
    units,
    unstated,
)

__all__: list[str] = []


def _settled(lowest: list[float], highest: list[float] | None = None, **said: Any) -> Settled:
    number = len(lowest)
    given: dict[str, Any] = {
        "valid_from": np.full(number, ALWAYS), "valid_to": np.full(number, NEVER),
        "row": np.arange(2, number + 2), "stated": np.ones(number, bool),
        "doubtful": np.zeros(number, bool),
    } | said  # fmt: skip
    return settle(np.array(lowest), np.array(highest or lowest), **given)


def test_three_sixths_are_not_more_than_half() -> None:
    sixth = int(units(np.array([1 / 6]))[0])
    assert 3 * sixth <= WHOLE // 2
    assert units(np.array([0.57, 0.29, 1.0, 0.1 + 0.2])).tolist() == [
        570_000_000, 290_000_000, WHOLE, 300_000_000,
    ]  # fmt: skip
    assert int(units(np.array([1 / 3]), up=True)[0]) == 333_333_334


def test_shares_are_told_with_the_digits_they_have() -> None:
    assert in_words(367_500_000) == "36.75 %"
    assert in_words(WHOLE) == "100 %"
    assert as_part(WHOLE // 4) == 0.25


def test_a_general_partner_has_more_than_nothing() -> None:
    assert some_of(Right.PARTNER, 0, 0) == (1, 1)
    assert some_of(Right.PARTNER, 20, WHOLE) == (20, WHOLE)
    assert some_of(Right.SPECIAL, 0, 0) == (0, 0)
    assert [unstated(*each) for each in ((0, WHOLE), (1, WHOLE), (2, WHOLE), (0, 1))] == [
        True, True, False, False,
    ]  # fmt: skip


def test_bad_shares_and_days_are_named_and_kept_as_stakes_that_may_hold() -> None:
    found = _settled(
        [0.4, np.nan, 1.2, 0.6, 0.3, 0.2, -0.1],
        [0.4, np.nan, 1.2, 0.4, 0.3, 0.2, -0.1],
        valid_from=np.array([0, 0, 0, 0, 20, 0, 0]),
        valid_to=np.array([9, 9, 9, 9, 10, 9, 9]),
        stated=np.array([True, True, True, True, True, False, True]),
    )
    told = {(each.rule, each.rows) for each in found.findings}
    assert told == {
        (Rule.MISSING, (7,)), (Rule.FINITE, (3,)), (Rule.RANGE, (4,)), (Rule.RANGE, (8,)),
        (Rule.ORDER, (5,)), (Rule.DATES, (6,)),
    }  # fmt: skip
    assert found.lo.tolist() == [400_000_000, 0, 0, 0, 0, 0, 0]
    assert found.hi.tolist() == [
        400_000_000, WHOLE, WHOLE, WHOLE, 300_000_000, WHOLE, WHOLE,
    ]  # fmt: skip
    assert (found.valid_from[4], found.valid_to[4]) == (ALWAYS, NEVER)


def test_a_row_that_could_not_be_read_whole_may_hold_and_need_not() -> None:
    found = _settled([0.25, 0.4], [0.5, 0.4], doubtful=np.array([False, True]))
    assert found.lo.tolist() == [250_000_000, 0]
    assert found.hi.tolist() == [500_000_000, 400_000_000]
    assert found.findings == ()


def test_a_finding_says_row_rule_and_remedy() -> None:
    told = str(Finding(Rule.ORDER, (12,), "0.6 to 0.4"))
    assert told.startswith("row 12: the largest share is below the smallest (0.6 to 0.4); ")
    assert told.endswith("[max_below_min]")
    assert str(Finding(Rule.SELF, (1, 2))).startswith("rows 1, 2: ")
    assert Rule.COMPANY.treatment is Treatment.LEFT_OUT


def test_the_whole_table_is_checked_for_loops_of_one_repeats_lots_and_totals() -> None:
    stakes = table(
        ("a", "x", 0.6), ("b", "x", 0.5), ("x", "x", 0.1), ("a", "y", 0.2), ("a", "y", 0.2),
        ("a", "y", 0.3), ("c", "z", 0.7), ("d", "z", 0.7, Right.VOTES),
    )  # fmt: skip
    checked, findings = check_stakes(stakes)
    told = {(each.rule, each.rows) for each in findings}
    assert told == {
        (Rule.SELF, (3,)), (Rule.REPEAT, (5,)), (Rule.SEVERAL, (4, 6)), (Rule.TOTAL, (1, 2, 3)),
    }  # fmt: skip
    assert checked.lo[4] == 0
    assert checked.hi[4] == 200_000_000
    assert len(checked) == len(stakes)
    total = next(each for each in findings if each.rule is Rule.TOTAL)
    assert total.detail == "x: 120 % of equity"


def test_stakes_of_different_days_do_not_add_up() -> None:
    stakes = table(
        ("a", "x", 0.8, None, date(2020, 1, 1), date(2021, 1, 1)),
        ("b", "x", 0.8, None, date(2021, 1, 1), None),
        ("a", "y", 0.8, None, date(2020, 1, 1), date(2021, 1, 2)),
        ("a", "y", 0.3, None, date(2021, 1, 1), None),
    )
    _, findings = check_stakes(stakes)
    assert {(each.rule, each.rows) for each in findings} == {
        (Rule.SEVERAL, (3, 4)), (Rule.TOTAL, (3, 4)),
    }  # fmt: skip
    assert [len(stakes.as_of(date(year, 1, 1))) for year in (2019, 2020, 2021, 2022)] == [
        0, 2, 3, 2,
    ]  # fmt: skip


def test_an_empty_table_has_no_findings() -> None:
    checked, findings = check_stakes(table())
    assert (len(checked), findings) == (0, ())


def test_what_was_known_is_told_apart_from_what_was_true() -> None:
    stakes = gather_stakes(
        Parties(("a", "x"), np.zeros(2, np.int8)),
        {
            "owner": [0, 0], "owned": [1, 1], "lo": [WHOLE, WHOLE // 2],
            "known_from": [date(2026, 1, 1).toordinal(), date(2026, 6, 1).toordinal()],
            "known_to": [date(2026, 6, 1).toordinal(), NEVER],
        },
    )  # fmt: skip
    assert stakes.known_at(date(2026, 5, 31)).lo.tolist() == [WHOLE]
    assert stakes.known_at(date(2026, 6, 1)).lo.tolist() == [WHOLE // 2]
    assert check_stakes(stakes)[1] == ()


def test_layers_are_told_apart_and_tables_joined_over_one_register() -> None:
    stakes = table(("a", "x", 0.4), ("a", "x", 0.6, Right.VOTES))
    votes, equity = stakes.of(Right.VOTES), stakes.of(Right.EQUITY)
    joined = votes.joined_with(equity)
    assert joined.lo.tolist() == [600_000_000, 400_000_000]
    assert joined.sources == ("list", "list")
    assert joined.source.tolist() == [0, 1]
    with pytest.raises(StakesMalformed, match="one register"):
        votes.joined_with(table(("a", "x", 0.4)))


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"owner": [0], "owned": [1]}, "columns of stakes"),
        ({"owner": [0], "owned": [1], "lo": [1], "share": [1]}, "columns of stakes"),
        ({"owner": [0, 0], "owned": [1], "lo": [1, 1]}, "one value a stake"),
        ({"owner": [2], "owned": [1], "lo": [1]}, "owner is a number below 2"),
        ({"owner": [0], "owned": [1], "lo": [1], "right": [99]}, "right is a number below 13"),
        ({"owner": [0], "owned": [1], "lo": [2], "hi": [1]}, "shares lie between"),
        ({"owner": [0], "owned": [1], "lo": [-1]}, "shares lie between"),
        ({"owner": [0], "owned": [1], "lo": [WHOLE + 1]}, "shares lie between"),
    ],
)
def test_columns_that_do_not_fit_are_refused(columns: dict[str, list[int]], said: str) -> None:
    with pytest.raises(StakesMalformed, match=said):
        gather_stakes(Parties(("a", "x"), np.zeros(2, np.int8)), columns)


def test_parties_are_found_by_identifier_and_near_names_offered() -> None:
    register = Register()
    register.number("STATE:XR")
    register.number("STATE:XR", PartyKind.STATE, "Ruritania")
    register.number("ports")
    parties = register.parties()
    assert len(parties) == 2
    assert "ports" in parties
    assert parties.kinds.tolist() == [PartyKind.STATE, PartyKind.UNKNOWN]
    assert (parties.label(0), parties.label(1)) == ("Ruritania", "ports")
    assert parties.numbers_of(["ports", "STATE:XR", "ports"]).tolist() == [0, 1]
    assert parties.named([1, 0]) == ("ports", "STATE:XR")
    with pytest.raises(PartyUnknown, match='"xr"; there is STATE:XR'):
        parties.number_of("xr")
    with pytest.raises(PartyUnknown, match=r'no stake names "nobody"$'):
        parties.number_of("nobody")


def test_a_list_of_parties_names_each_once() -> None:
    with pytest.raises(StakesMalformed, match="twice"):
        Parties(("a", "a"), np.zeros(2, np.int8))
    with pytest.raises(StakesMalformed, match="one kind"):
        Parties(("a", "b"), np.zeros(1, np.int8))

"""By what control is measured: a majority, the test of a law, a share of one's own."""

from __future__ import annotations

import pytest

from undaunted.coercion.screening.rules import (
    ScreeningRefused,
    measure_by_share,
    measure_for,
    measure_named,
    measures,
    regime_named,
)
from undaunted.engines.ownership import HALF, MAJORITY, WHOLE, Threshold

__all__: list[str] = []


def test_a_law_that_sets_a_share_is_the_measure_and_a_majority_where_none_does() -> None:
    assert measure_for([]) == (measure_named("majority"), None)
    assert measure_for([regime_named("model")]) == (measure_named("majority"), None)
    found, regime = measure_for([regime_named("model"), regime_named("uk-nsia")])
    assert (found.key, regime and regime.key) == ("uk_more_than_quarter", "uk-nsia")
    assert measure_for([regime_named("us-cfius")])[0].key == "cfius_parent"
    assert all(each.law for each in measures()[1:])
    with pytest.raises(ScreeningRefused, match="there are majority, cfius_parent"):
        measure_named("weight")
    with pytest.raises(ScreeningRefused, match="between 0 and 1"):
        measure_by_share(1.2, reached=False)


def test_a_test_of_who_acquires_is_no_measure_of_a_target() -> None:
    assert "cfius_substantial_state" not in {each.key for each in measures()}
    with pytest.raises(ScreeningRefused, match="'cfius_substantial_state' is none"):
        measure_named("cfius_substantial_state")


def test_a_share_of_ones_own_is_no_law_and_carries_through_every_link() -> None:
    quarter = measure_by_share(0.25, reached=True)
    assert (quarter.key, quarter.law) == ("share", "")
    assert quarter.threshold == quarter.chain == Threshold(WHOLE // 4, reached=True)
    told = quarter.told()
    assert told["asks"] == "votes, through whatever is controlled"
    assert (told["verified"], told["read"]) == (None, "")
    with pytest.raises(ScreeningRefused, match="threshold: "):
        measure_by_share(0, reached=True)


def test_links_above_the_last_ask_for_a_majority_and_of_a_parent_for_half() -> None:
    assert measure_named("uk_more_than_quarter").chain == MAJORITY
    assert measure_named("cfius_substantial_stake").chain == Threshold(HALF, reached=True)


def test_a_measure_of_a_law_says_which_and_where_it_was_read() -> None:
    told = measure_named("uk_more_than_quarter").told()
    assert (told["measure"], told["verified"]) == ("uk_more_than_quarter", True)
    assert told["law"] == "National Security and Investment Act 2021, section 8"
    assert str(told["read"]).startswith("legislation.gov.uk")
    assert str(told["read"]).endswith(", 2026-11-27")

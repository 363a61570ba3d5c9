"""What each law calls enough: the worked examples of the laws, and thresholds at their edges."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engines.ownership.tables import table
from undaunted.engines.ownership import (
    STANDARDS,
    WHOLE,
    Answer,
    QuestionMalformed,
    Right,
    Stakes,
    imputed,
    network_power,
    readings,
    shapley_shubik,
    share_in_words,
    substantial_interest,
    together,
    upstream,
    votes_graph,
    weakest_link,
)

__all__: list[str] = []

PERCENT = 10_000_000


def _told(stakes: Stakes, company: str, owner: str = "state") -> dict[str, Answer]:
    return {each.standard.key: each.answer for each in readings(stakes, [owner], company)}


@pytest.mark.parametrize(("link", "interest"), [(0.51, 75), (0.5, 75), (0.49, 36.75)])
def test_examples_of_31_cfr_800_244(link: float, interest: float) -> None:
    """Examples (d)(1) and (2): a parent counts as 100 %, any other holder is multiplied."""
    stakes = table(("state", "B", 0.75), ("B", "A", link), ("people", "B", 0.25), ("A", "X", 0.3))
    assert imputed(stakes, ["state"], "A", may=False) == interest * PERCENT
    expected = Answer.MUST if interest >= 49 else Answer.NO
    assert substantial_interest(stakes, ["state"], "A", "X") is expected


def test_example_of_31_cfr_800_235() -> None:
    """Example (c)(1): P is a parent of R, S, Y and Z, and not of X."""
    stakes = table(
        ("P", "R", 0.5), ("P", "S", 0.5), ("R", "X", 0.4), ("S", "Y", 0.5), ("Y", "Z", 0.5)
    )
    parents = {each: _told(stakes, each, "P")["cfius_parent"] for each in "RSYZX"}
    assert parents == dict.fromkeys("RSYZ", Answer.MUST) | {"X": Answer.NO}
    both = table(("A", "B", 0.6, Right.VOTES), ("C", "B", 0.8, Right.PROFITS))
    assert _told(both, "B", "C")["cfius_parent"] is Answer.MUST


def test_a_general_partner_is_parent_whatever_its_share() -> None:
    """31 CFR 800.235(a)(2) and (b), 800.244(b) and (c): two per cent, and all that it directs."""
    some = (1e-9, 1.0)
    stakes = table(
        ("state", "GP", 0.6), ("GP", "fund", 0.02), ("GP", "fund", some, Right.PARTNER),
        ("limited", "fund", 0.98), ("fund", "port", 0.5), ("fund", "X", 0.3), ("state", "X", 0.1),
    )  # fmt: skip
    found = {each.standard.key: each for each in readings(stakes, ["state"], "fund")}
    assert found["cfius_parent"].answer is Answer.MUST
    assert found["cfius_parent"].rests_on == "a general partner"
    assert found["cfius_substantial_state"].answer is Answer.MUST
    assert found["cfius_substantial_state"].lowest == 60 * PERCENT
    assert found["uk_more_than_quarter"].answer is Answer.NO
    assert _told(stakes, "port")["cfius_parent"] is Answer.MUST
    assert _told(stakes, "fund", "limited")["cfius_parent"] is Answer.MUST
    assert _told(stakes, "fund", "limited")["cfius_substantial_state"] is Answer.NO
    assert imputed(stakes, ["state"], "X", may=False) == 28 * PERCENT
    assert substantial_interest(stakes, ["state"], "fund", "X") is Answer.MUST
    assert substantial_interest(stakes, ["GP"], "fund", "X") is Answer.MUST
    assert substantial_interest(stakes, ["limited"], "fund", "X") is Answer.NO


def test_a_partner_in_doubt_only_may_be_parent() -> None:
    """A row in doubt has a lowest share of nothing; two may be partners, and neither hides one."""
    stakes = table(
        ("state", "fund", (0.0, 1.0), Right.PARTNER), ("other", "fund", some := (1e-9, 1.0),
         Right.PARTNER), ("state", "shell", (0.0, 1.0), Right.PARTNER), ("state", "shell", 0.2),
    )  # fmt: skip
    assert _told(stakes, "fund")["cfius_parent"] is Answer.MAY
    assert _told(stakes, "fund")["cfius_substantial_state"] is Answer.MAY
    assert _told(stakes, "fund", "other")["cfius_parent"] is Answer.MUST
    assert _told(stakes, "shell")["cfius_parent"] is Answer.MAY
    reading = readings(stakes, ["state"], "shell")[2]
    assert (reading.answer, reading.lowest) == (Answer.MAY, 20 * PERCENT)
    assert share_in_words(round(some[0] * WHOLE), WHOLE) == "a share that is not stated"


def test_interests_do_not_run_in_circles_or_above_the_whole() -> None:
    loop = table(("state", "A", 0.1), ("B", "A", 0.5), ("A", "B", 0.5))
    assert imputed(loop, ["state"], "B", may=False) == 10 * PERCENT
    many = table(("state", "A", 0.9), ("state", "B", 0.9), ("A", "C", 0.5), ("B", "C", 0.5))
    assert imputed(many, ["state"], "C", may=False) == 100 * PERCENT
    unknown = table(("state", "A", (0.0, 1.0)), ("A", "X", 0.3), ("A", "Y", 0.2))
    assert substantial_interest(unknown, ["state"], "A", "X") is Answer.MAY
    assert substantial_interest(unknown, ["state"], "A", "Y") is Answer.NO


def test_levels_of_the_united_kingdom_are_exceeded_or_reached() -> None:
    levels = ("uk_more_than_quarter", "uk_more_than_half", "uk_three_quarters")
    for share, met in ((0.25, 0), (0.26, 1), (0.5, 1), (0.51, 2), (0.749, 2), (0.75, 3)):
        told = _told(table(("state", "x", share)), "x")
        assert [told[each] for each in levels] == [Answer.MUST] * met + [Answer.NO] * (3 - met)
    assert _told(table(("state", "x", (0.2, 0.8))), "x")["uk_three_quarters"] is Answer.MAY


def test_what_may_be_controlled_on_the_way_counts_at_most() -> None:
    """A chain with a range in it is no "no", and no share of nothing."""
    stakes = table(("state", "a", 1), ("a", "b", (0.4, 0.6)), ("b", "x", 0.8))
    found = {each.standard.key: each for each in readings(stakes, ["state"], "x")}
    for each in ("uk_more_than_quarter", "uk_more_than_half", "uk_three_quarters", "cfius_parent"):
        assert found[each].answer is Answer.MAY
        assert (found[each].lowest, found[each].highest) == (0, 80 * PERCENT)


@pytest.mark.parametrize(
    ("right", "share", "answer"),
    [
        (Right.EQUITY, 0.5, Answer.NO), (Right.EQUITY, 0.51, Answer.MUST),
        (Right.VOTES, 0.51, Answer.MUST), (Right.BOARD, 0.6, Answer.MUST),
        (Right.BOARD, 0.5, Answer.NO), (Right.SPECIAL, 0.0, Answer.MUST),
        (Right.CONTRACT, 0.0, Answer.MAY), (Right.LENDER, 0.9, Answer.NO),
        (Right.EQUITY, (0.3, 0.7), Answer.MAY),
    ],
)  # fmt: skip
def test_government_linked_by_article_10(
    right: Right, share: float | tuple[float, float], answer: Answer
) -> None:
    stakes = table(("state", "fund", 0.6), ("fund", "x", share, right), ("o", "x", 0.1))
    found = next(
        each
        for each in readings(stakes, ["state"], "x")
        if each.standard.key == "eu_government_linked"
    )
    assert found.answer is answer
    assert bool(found.rests_on) == (right in {Right.SPECIAL, Right.CONTRACT})


def test_every_test_names_law_source_and_strictness() -> None:
    assert len({each.key for each in STANDARDS}) == len(STANDARDS) == 7
    for each in STANDARDS:
        assert each.law
        assert each.source
        assert each.asks
        assert "copy" in each.source
    read = {each.key for each in STANDARDS if each.verified}
    assert read == {"uk_more_than_quarter", "uk_more_than_half", "uk_three_quarters"}


def test_the_surroundings_of_a_company_are_all_above_it() -> None:
    stakes = table(("s", "a", 0.6), ("a", "b", 0.6), ("b", "a", 0.1), ("b", "c", 1), ("z", "y", 1))
    near = upstream(stakes, "b", ("z",))
    assert near.parties.ids == ("s", "a", "b", "z")
    assert near.row.tolist() == [1, 2, 3]


def test_stakes_hang_together_through_any_others() -> None:
    rows = [("s", "a", 0.6), ("b", "a", 0.1), ("z", "y", 1), ("b", "c", 1), ("w", "w", 0.1)]
    stakes = table(*rows, *[("b", "d", 0.001)] * 256)
    assert together(stakes, ["c", "nobody"]).tolist() == [True, True, False, True, False] + 256 * [
        True
    ]
    assert not together(stakes, []).any()


def test_interests_are_worked_out_for_so_many_parties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("undaunted.engines.ownership.imputing.MOST", 1)
    with pytest.raises(QuestionMalformed, match="2 parties are above x; 1 are taken"):
        imputed(table(("s", "x", 0.5)), ["s"], "x", may=False)


def test_interests_that_settle_slowly_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("undaunted.engines.ownership.imputing.ROUNDS", 2)
    stakes = table(("state", "a", 0.9), ("a", "b", 0.4), ("b", "x", 0.4))
    assert imputed(stakes, ["state"], "x", may=False) == 0


def test_measures_of_research_differ_from_control() -> None:
    stakes = table(
        ("s", "a", 0.21), ("a", "b", 0.3), ("b", "s", 0.3), ("s", "c", 0.2),
        *((f"h{each}", "wide", 0.05) for each in range(19)),
    )  # fmt: skip
    graph, number = votes_graph(stakes), stakes.parties.number_of
    seeds = stakes.parties.numbers_of(["s"])
    assert weakest_link(graph, seeds).tolist() == sorted([number("a"), number("b")])
    with pytest.raises(QuestionMalformed, match="19 holders"):
        shapley_shubik(graph, number("wide"))
    shared = votes_graph(table(("p", "x", 0.5), ("q", "x", 0.3), ("r", "x", 0.2)))
    found = shapley_shubik(shared, shared.parties.number_of("x"))
    assert {shared.parties.ids[each]: index for each, index in found.items()} == pytest.approx(
        {"p": 2 / 3, "q": 1 / 6, "r": 1 / 6}
    )


def test_network_power_carries_the_index_of_each_company_through_the_network() -> None:
    """One company has the index of Shapley and Shubik; who controls has all of it; circles stay."""
    stakes = table(
        ("p", "x", 0.5), ("q", "x", 0.3), ("r", "x", 0.2), ("x", "y", 0.6), ("q", "z", 0.3),
        ("s", "a", 0.6), ("s", "b", 0.6), ("a", "c", 0.3), ("b", "c", 0.3), ("r", "c", 0.4),
        ("s", "half", 0.5), ("t", "half", 0.5), ("m", "n", 0.6), ("n", "m", 0.6), ("q", "s", 0.9),
    )  # fmt: skip
    graph, number = votes_graph(stakes), stakes.parties.number_of
    for owner, index in (("p", 2 / 3), ("q", 1 / 6), ("r", 1 / 6)):
        power = network_power(graph, stakes.parties.numbers_of([owner]), np.random.default_rng(7))
        told = [power[number(each)] for each in "xyz"]
        assert told == pytest.approx([index, index, 0], abs=0.04)
    power = network_power(graph, stakes.parties.numbers_of(["s"]), np.random.default_rng(7))
    assert {each: power[number(each)] for each in "sabcmn"} == dict.fromkeys("sabc", 1.0) | {
        "m": 0.0, "n": 0.0,
    }  # fmt: skip
    assert power[number("half")] == pytest.approx(1 / 2, abs=0.04)

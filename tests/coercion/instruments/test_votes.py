"""The Council's vote: every member recorded, and both sides of the double majority."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coercion.instruments.designs import shipped
from tests.coercion.instruments.factories import (
    AT,
    ELEMENTS_MET,
    Scene,
    make_scene,
    stepped,
    voted,
)
from undaunted.coercion.instruments.actions import assess_elements, confirm_step, propose_step
from undaunted.coercion.instruments.analysis import StepFacts, StepPlan, counted, counted_of
from undaunted.coercion.instruments.queries import stage_of
from undaunted.coercion.instruments.rules import (
    Ballot,
    CouncilFigures,
    InstrumentRefused,
    PackBroken,
    Stage,
    StageRefused,
    council_figures,
    count_ballots,
    qualified_majority,
    read_ballots,
    read_council,
)
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from collections.abc import Mapping

EQUAL = {f"M{number:02}": 10 for number in range(27)}
DAY = date(2026, 9, 21)


def all_but(people: Mapping[str, int], **changed: str) -> dict[str, Ballot]:
    return read_ballots(dict.fromkeys(people, "for") | changed, people)


def test_fifteen_of_twenty_seven_that_are_most_of_the_people_carry_a_vote() -> None:
    people = EQUAL | {"M00": 200}
    ayes = [f"M{number:02}" for number in range(15)]
    assert qualified_majority(people, ayes).carried
    assert not qualified_majority(people, ayes[:-1]).carried
    assert not qualified_majority(people, [*ayes[1:], "M15"]).carried


def test_three_members_cannot_block_however_many_they_are() -> None:
    people = EQUAL | {"M00": 1000, "M01": 1000, "M02": 1000}
    against = {"M00", "M01", "M02"}
    vote = qualified_majority(people, set(people) - against)
    assert (vote.carried, vote.members, vote.of, vote.population) == (True, 24, 27, 240)
    assert not qualified_majority(people, set(people) - against - {"M03"}).carried


def test_votes_without_people_are_refused_with_the_remedy() -> None:
    with pytest.raises(InstrumentRefused) as refused:
        qualified_majority({"XF": 10, "XB": 0}, ["XR"])
    assert [each.split(":")[0] for each in refused.value.problems] == ["XR", "XB", "populations"]


def test_who_abstains_or_stays_away_does_not_vote_for_it() -> None:
    people = council_figures(DAY).people
    large = ("DE", "FR", "IT")
    for ballot in ("against", "abstained", "absent"):
        three = count_ballots(people, all_but(people, **dict.fromkeys(large, ballot)))
        assert three.carried, "three cannot block"
        four = count_ballots(people, all_but(people, **dict.fromkeys((*large, "MT"), ballot)))
        assert four.carried is False, "with a fourth, however small, they can"


def test_a_vote_is_open_while_one_member_is_not_recorded() -> None:
    people = council_figures(DAY).people
    told = count_ballots(people, all_but(people, LT=""))
    assert (told.missing, told.vote, told.carried) == (("LT",), None, None)
    whole = count_ballots(people, all_but(people)).vote
    assert whole is not None
    assert whole.share == 100
    assert len(told.by_ballot[Ballot.FOR]) == 26, "however many have voted"
    assert count_ballots(people, {}).missing == tuple(sorted(people))


def test_where_some_take_no_part_those_that_do_are_counted() -> None:
    people = dict.fromkeys("ABCDEFGHI", 10) | {"J": 20}
    told = count_ballots(people, all_but(people, A="apart", B="against", C="against"))
    assert told.vote is not None
    assert (told.vote.of, told.vote.least, told.vote.of_all) == (9, 5, 100)
    assert told.vote.blocking == 4, "three of them are more than 35 %, and one more"
    assert told.carried
    few = dict.fromkeys("BCDE", "against")
    assert count_ballots(people, all_but(people, A="apart", **few)).carried is False


@given(st.lists(st.integers(1, 50), min_size=3, max_size=8))
def test_fewer_than_the_blocking_minority_never_reach_it(sizes: list[int]) -> None:
    people = {f"M{number}": size for number, size in enumerate(sizes)}
    vote = qualified_majority(people, list(people), all_take_part=False)
    most = max(
        (sum(each) for each in combinations(sizes, vote.blocking - 2)), default=0
    )  # fmt: skip
    assert most * 100 <= 35 * sum(sizes)
    every = [sum(each) for each in combinations(sizes, vote.blocking - 1)]
    assert max(every) * 100 > 35 * sum(sizes)


def test_ballots_of_nobody_and_strange_ones_are_told_by_member() -> None:
    with pytest.raises(InstrumentRefused) as refused:
        read_ballots({"QQ": "for", "LT": "yes", "LV": ""}, {"LT": 1, "LV": 1})
    assert [each.split(":")[0] for each in refused.value.problems] == ["QQ", "LT"]
    with pytest.raises(InstrumentRefused, match="votes: there are none"):
        read_ballots({"LT": ""}, {"LT": 1})


def test_figures_count_from_their_day_and_are_kept_whole() -> None:
    before, after = council_figures(date(2025, 12, 31)), council_figures(date(2026, 1, 1))
    assert (before.of_year, after.of_year) == (2023, 2024)
    assert CouncilFigures.read(after.told()) == after
    assert len(after.people) == 27
    assert after.status == "unverified", "the Council's own figures were not read"
    with pytest.raises(InstrumentRefused, match="the first count from 2023-12-27"):
        council_figures(date(2023, 12, 26))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("AT = 9041851", "AT = -1", "figures[1], people, AT: -1"),
        ("AT = 9041851", "At = 1", "At: is no code"),
        ("of_year = 2022", 'of_year = "2022"', "figures[1], of_year"),
        ("valid_from = 2023-12-27", "valid_from = 1", "figures[1], valid_from"),
        ('status = "unverified"\n[figures', 'status = "sure"\n[figures', "figures[1], status"),
        ("published = 2026-03-06", "published = 1", "source, published"),
        ('title = "Pop', 'heading = "Pop', "source, title"),
    ],
)
def test_a_pack_that_is_broken_is_refused_with_the_place(old: str, new: str, said: str) -> None:
    text = shipped("council.toml")
    assert old in text
    with pytest.raises(PackBroken) as refused:
        read_council(text.replace(old, new, 1))
    assert any(said in each for each in refused.value.problems)


def test_a_pack_without_figures_or_people_is_none() -> None:
    head = shipped("council.toml").partition("\n[[figures]]\n")[0]
    with pytest.raises(PackBroken, match="figures: there are none"):
        read_council(head)
    row = '[[figures]]\nvalid_from = 2026-01-01\nof_year = 2024\nstatus = "unverified"\n'
    with pytest.raises(PackBroken, match="people: write a number"):
        read_council(head + "\n" + row)


@pytest.fixture
def scene(ledger: Any, owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    with acting_as(made.ours.documenter) as actor:
        assess_elements(made.proceeding, ELEMENTS_MET, actor=actor, at=AT)
    stepped(made, Stage.EXAMINATION, date(2026, 5, 4))
    return made


def test_the_count_decides_whether_the_determination_stands(scene: Scene) -> None:
    held = scene.proceeding
    with pytest.raises(StageRefused, match="votes while it is in determination"):
        voted(scene, DAY)
    stepped(scene, Stage.DETERMINATION, date(2026, 8, 3))
    with pytest.raises(InstrumentRefused, match="on: 2026-08-02 lies before 2026-08-03"):
        voted(scene, date(2026, 8, 2))
    failed = voted(scene, DAY, DE="against", FR="against", IT="absent", MT="abstained")
    assert counted(failed).count.carried is False
    for before, said in (
        (StepPlan(Stage.ENGAGEMENT, DAY, "x"), "only be closed"),
        (StepPlan(Stage.CLOSED, date(2026, 9, 20), "x"), "2026-09-21; take"),
    ):
        with acting_as(scene.ours.documenter) as actor, pytest.raises(StageRefused, match=said):
            propose_step(held, before, actor=actor, at=AT)
    voted(scene, DAY, LT="")
    for to in (Stage.ENGAGEMENT, Stage.CLOSED):
        with acting_as(scene.ours.documenter) as actor, pytest.raises(StageRefused, match="open"):
            propose_step(held, StepPlan(to, DAY, "x"), actor=actor, at=AT)
    voted(scene, DAY)
    with acting_as(scene.ours.documenter) as actor:
        step = propose_step(held, StepPlan(Stage.ENGAGEMENT, DAY, "x"), actor=actor, at=AT)
    again = voted(scene, DAY, HU="abstained")
    with acting_as(scene.ours.publisher) as actor:
        with pytest.raises(StageRefused, match="what it rests on changed"):
            confirm_step(step, actor=actor, at=AT)
        held_now = counted_of(actor, held)
        assert held_now is not None
        assert held_now.ballots["HU"] is Ballot.ABSTAINED
        assert counted(again).rows()[0] == ("AT", Ballot.FOR, 9177982)
        assert stage_of(actor, held) is Stage.DETERMINATION


def test_a_vote_that_fails_closes_and_rests_on_its_record(scene: Scene) -> None:
    stepped(scene, Stage.DETERMINATION, date(2026, 8, 3))
    failed = voted(scene, DAY, DE="against", FR="against", IT="absent", MT="abstained")
    step = stepped(scene, Stage.CLOSED, DAY)
    assert step.facts["rests"] == {"vote": str(failed.pk)}


def test_a_tick_of_before_is_read_and_decides_nothing() -> None:
    assert StepFacts.read({"given": {"carried": True, "ground": "ceased"}}).ground == "ceased"

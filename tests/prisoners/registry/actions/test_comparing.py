"""Records are compared in the background; what is found is kept, and verdicts stand above it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.prisoners.registry.desk import AT, ROWS, bring_in, make_list
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import SAME
from undaunted.engines.linkage import MemoryExhausted
from undaunted.prisoners.registry import tasks
from undaunted.prisoners.registry.actions.comparing import ask_comparison
from undaunted.prisoners.registry.actions.imports import accept_import, propose_import
from undaunted.prisoners.registry.actions.matching import judge_pair, undo_match
from undaunted.prisoners.registry.actions.undo import undo_import
from undaunted.prisoners.registry.analysis import candidates
from undaunted.prisoners.registry.analysis.candidates import ComparisonFailed, candidate_pairs
from undaunted.prisoners.registry.models import Candidate, Comparison
from undaunted.prisoners.registry.queries.candidates import (
    candidate_of,
    comparisons_of,
    waiting_candidates,
)
from undaunted.prisoners.registry.tasks import compare_records, run_import

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tests.prisoners.registry.desk import Desk
    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import User
    from undaunted.prisoners.registry.models import SourceList

__all__: list[str] = []

SECOND = "b7,Mirela ANTOVA,female,1980-05-06,2020-01-10,,,,B,held"


def compared(desk: Desk) -> None:
    with acting_as(desk.reviewer) as actor:
        ask_comparison(desk.organisation, actor=actor, at=AT)
    compare_records(holder=str(desk.organisation), user_id=str(desk.reviewer.pk))


def waiting(user: User) -> list[tuple[UUID, UUID]]:
    with acting_as(user) as actor:
        return [(one.left_id, one.right_id) for one in waiting_candidates(actor, most=100)]


@pytest.fixture
def two_lists(desk: Desk, first_list: SourceList) -> SourceList:
    bring_in(desk, first_list, *ROWS)
    second = make_list(desk, "second")
    bring_in(desk, second, SECOND)
    return second


def test_nothing_waits_until_records_were_compared(desk: Desk, two_lists: SourceList) -> None:
    assert waiting(desk.reviewer) == []
    with acting_as(desk.reviewer) as actor:
        (one,) = comparisons_of(actor)
        assert (one.last, one.records, one.stale) == (None, 5, False)
    compared(desk)
    (pair,) = waiting(desk.reviewer)
    with acting_as(desk.reviewer) as actor:
        (found,) = candidate_pairs(actor)
        assert (found.left, found.right) == pair
        kept = candidate_of(actor, found.right, found.left)
        assert kept is not None
        assert kept.bits == pytest.approx(found.weighing.bits)
        assert sum(step["bits"] + step["rarity"] for step in kept.steps) == pytest.approx(kept.bits)
        (one,) = comparisons_of(actor)
        assert one.last is not None
        assert (one.last.under_way, one.last.records, one.last.kept) == (False, 5, 1)
    assert two_lists.slug == "second"


def test_a_verdict_takes_its_pair_out_and_an_undone_one_brings_it_back(
    desk: Desk, two_lists: SourceList
) -> None:
    compared(desk)
    (pair,) = waiting(desk.reviewer)
    with acting_as(desk.reviewer) as actor:
        verdict = judge_pair(*pair, actor=actor, at=AT, verdict=SAME)
    assert waiting(desk.reviewer) == []
    compared(desk)
    assert waiting(desk.reviewer) == [], "a judged pair is not asked again"
    with acting_as(desk.reviewer) as actor:
        undo_match(verdict, actor=actor, at=AT)
    assert waiting(desk.reviewer) == [pair], "without comparing anew"
    assert two_lists.slug == "second"


def test_records_that_came_or_went_since_are_told(desk: Desk, two_lists: SourceList) -> None:
    compared(desk)
    batch = bring_in(desk, two_lists, SECOND, "b8,Ulf Zander,male,,,,,,B,held", days=1)
    with acting_as(desk.steward) as actor:
        assert comparisons_of(actor)[0].stale
        undo_import(batch, actor=actor, at=AT + timedelta(days=2))
        assert not comparisons_of(actor)[0].stale
        first = two_lists.batches.order_by("finished_at").first()
        assert first is not None
        undo_import(first, actor=actor, at=AT + timedelta(days=3))
    assert waiting(desk.reviewer) == [], "one of the records is withdrawn"


def test_an_import_asks_for_a_comparison(
    desk: Desk, two_lists: SourceList, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[UUID] = []

    def recorded(holder: UUID, *, actor: Actor, at: datetime) -> None:
        ask_comparison(holder, actor=actor, at=at)
        asked.append(holder)

    monkeypatch.setattr(tasks, "start_comparison", recorded)
    from tests.prisoners.registry.desk import MAPPING, table  # noqa: PLC0415

    with acting_as(desk.steward) as actor:
        batch = propose_import(
            two_lists, actor=actor, at=AT, file=table("b9,Zan Ulf,male,,,,,,B,held"),
            file_name="list.csv", mapping_toml=MAPPING,
        )  # fmt: skip
        accept_import(batch, actor=actor, at=AT)
    run_import(batch_id=str(batch.pk), user_id=str(desk.steward.pk))
    assert asked == [desk.organisation]
    with acting_as(desk.steward) as actor:
        last = comparisons_of(actor)[0].last
        assert last is not None
        assert last.under_way
    run_import(batch_id=str(batch.pk), user_id=str(desk.steward.pk))
    assert asked == [desk.organisation], "the second run finds nothing to write"


def test_what_fails_is_told_and_what_was_found_before_stands(
    desk: Desk, two_lists: SourceList, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared(desk)

    def too_many(*_: object, **_more: object) -> None:
        raise MemoryExhausted("5 files need more")

    monkeypatch.setattr(candidates, "link", too_many)
    with pytest.raises(ComparisonFailed):
        compared(desk)
    with acting_as(desk.reviewer) as actor:
        last = comparisons_of(actor)[0].last
        assert last is not None
        assert (last.under_way, last.failure) == (False, "ComparisonFailed: 5 files need more")
    assert len(waiting(desk.reviewer)) == 1
    assert two_lists.slug == "second"


@pytest.mark.parametrize("part", ["gathered", "found_among", "keep_candidates"])
def test_whatever_breaks_is_told(
    desk: Desk, two_lists: SourceList, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **_more: object) -> None:
        raise ZeroDivisionError("nobody thought of it")

    monkeypatch.setattr(tasks, part, broken)
    with pytest.raises(ZeroDivisionError):
        compared(desk)
    with acting_as(desk.reviewer) as actor:
        last = comparisons_of(actor)[0].last
        assert last is not None
        assert last.failure == "ZeroDivisionError: nobody thought of it"
    assert two_lists.slug == "second"


def test_a_comparison_whose_asker_lost_the_role_ends_in_time(
    desk: Desk, two_lists: SourceList
) -> None:
    now = timezone.now()
    with acting_as(desk.reviewer) as actor:
        asked = ask_comparison(desk.organisation, actor=actor, at=now)
    with pytest.raises(Forbidden):
        compare_records(holder=str(desk.organisation), user_id=str(desk.publisher.pk))
    assert asked.under_way
    asked.asked_at = now - timedelta(days=1, minutes=1)
    assert not asked.under_way
    assert two_lists.slug == "second"


def test_what_one_organisation_found_another_does_not_see(
    desk: Desk, two_lists: SourceList
) -> None:
    compared(desk)
    assert waiting(desk.stranger) == []
    with acting_as(desk.stranger):
        assert not Candidate.objects.exists()
        assert not Comparison.objects.exists()
    with acting_as(desk.stranger) as actor, pytest.raises(Forbidden):
        ask_comparison(desk.organisation, actor=actor, at=AT)
    with acting_as(desk.publisher) as actor, pytest.raises(Forbidden):
        ask_comparison(desk.organisation, actor=actor, at=AT)
    # Who works in both sees the pairs of the one, and is told of both.
    assert len(waiting(desk.both)) == 1
    with acting_as(desk.both) as actor:
        assert {one.holder for one in comparisons_of(actor)} == {desk.organisation, desk.other}
    assert two_lists.slug == "second"

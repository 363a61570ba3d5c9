"""Two published cases become one, or one two, in public only with a second person's approval."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.prisoners.registry.casework import PACE, agree, person_with_spell, published, recognised
from tests.prisoners.registry.desk import AT, Desk
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import SAME
from undaunted.core.actors.models import Judgement, Party
from undaunted.core.audit.models import Entry
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.rules import IdentityLevel
from undaunted.prisoners.registry.actions.matching import (
    judge_pair,
    judge_pairs_together,
    undo_match,
)
from undaunted.prisoners.registry.actions.publication import (
    ChangedMeanwhile,
    approve_changes,
    propose_publication,
    take_down,
)
from undaunted.prisoners.registry.models import (
    Change,
    Publication,
    PublishedCase,
    PublishedSpell,
)
from undaunted.prisoners.registry.queries.changes import (
    gates_waiting,
    merge_waits,
    offers_for,
    waiting_cases,
)
from undaunted.prisoners.registry.queries.counting import count

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.accounts.models import User

DAY = date(2025, 12, 31)


def case(desk: Desk) -> Publication:
    party, _spell = person_with_spell(desk)
    agree(desk, party)
    recognised(desk, party)
    return published(desk, party)


def persons() -> int:
    return count(PUBLIC, as_of=DAY, standard=PACE).persons


def join(desk: Desk, one: Publication, other: Publication) -> Judgement:
    return join_records(desk, one.party_id, other.party_id)


def join_records(desk: Desk, one: UUID, other: UUID) -> Judgement:
    with acting_as(desk.reviewer) as actor:
        return judge_pair(one, other, actor=actor, at=AT, verdict=SAME)


def shown() -> list[tuple[object, ...]]:
    return sorted(PublishedCase.objects.values_list("id", "reference", "name", "country", "status"))


def part(desk: Desk, judgement: Judgement) -> None:
    with acting_as(desk.reviewer) as actor:
        undo_match(judgement, actor=actor, at=AT)


def offers(user: User) -> dict[UUID, str]:
    with acting_as(user) as actor:
        return offers_for(actor, gates_waiting(actor).values_list("pk", flat=True))


def approve(user: User, seen: dict[UUID, str], at: datetime = AT + timedelta(days=1)) -> int:
    with acting_as(user) as actor:
        return approve_changes(seen, actor=actor, at=at)


def test_a_merge_moves_counts_and_pages_only_when_somebody_else_approves(desk: Desk) -> None:
    one, other = case(desk), case(desk)
    references = {one.reference, other.reference}
    join(desk, one, other)
    assert persons() == 2
    assert set(PublishedCase.objects.values_list("reference", flat=True)) == references
    with acting_as(desk.publisher) as actor:
        assert merge_waits(actor, [one.party_id])
        waiting = waiting_cases(actor, gates_waiting(actor))
    assert {each.gate.pk for each in waiting} == {one.pk, other.pk}
    assert all(each.hands == {desk.reviewer.pk} for each in waiting)
    for each in waiting:
        joined = next(difference for difference in each.differences if difference.kind == "records")
        assert joined.before == (each.gate.party_id,)
        assert set(joined.after) == {one.party_id, other.party_id}
    assert approve(desk.publisher, offers(desk.publisher)) == 2
    assert persons() == 1
    assert PublishedCase.objects.count() == 1
    assert PublishedSpell.objects.count() == 2
    with acting_as(desk.publisher) as actor:
        assert not merge_waits(actor, [one.party_id, other.party_id])


def test_approving_one_of_the_two_gates_approves_the_merge(desk: Desk) -> None:
    one, other = case(desk), case(desk)
    join(desk, one, other)
    seen = offers(desk.publisher)
    assert approve(desk.publisher, {other.pk: seen[other.pk]}) == 2
    assert (persons(), PublishedCase.objects.count()) == (1, 1)


def test_a_split_moves_counts_only_when_somebody_else_approves(desk: Desk) -> None:
    one, other = case(desk), case(desk)
    judgement = join(desk, one, other)
    approve(desk.publisher, offers(desk.publisher))
    part(desk, judgement)
    assert (persons(), PublishedCase.objects.count()) == (1, 1)
    seen = offers(desk.publisher)
    assert set(seen) == {one.pk, other.pk}
    approve(desk.publisher, seen, AT + timedelta(days=2))
    assert (persons(), PublishedCase.objects.count()) == (2, 2)
    assert PublishedSpell.objects.count() == 2


@pytest.mark.parametrize("first", [0, 1])
def test_a_split_approved_gate_by_gate_ends_the_same(desk: Desk, first: int) -> None:
    gates = [case(desk), case(desk)]
    judgement = join(desk, *gates)
    approve(desk.publisher, offers(desk.publisher))
    part(desk, judgement)
    for step, gate in enumerate((gates[first], gates[1 - first])):
        seen = offers(desk.publisher)
        approve(desk.publisher, {gate.pk: seen[gate.pk]}, AT + timedelta(days=2 + step))
        assert persons() in {1, 2}
    assert (persons(), PublishedCase.objects.count()) == (2, 2)


def test_a_merge_taken_back_before_the_approval_leaves_no_trace(desk: Desk) -> None:
    one, other = case(desk), case(desk)
    before = set(PublishedCase.objects.values_list("id", "reference"))
    part(desk, join(desk, one, other))
    assert set(PublishedCase.objects.values_list("id", "reference")) == before
    with acting_as(desk.publisher) as actor:
        waiting = waiting_cases(actor, gates_waiting(actor))
    assert all(not each.differences for each in waiting)
    approve(desk.publisher, offers(desk.publisher))
    assert persons() == 2


def test_who_merged_does_not_approve(desk: Desk) -> None:
    one, other = case(desk), case(desk)
    with acting_as(desk.publisher) as actor, pytest.raises(Forbidden):
        judge_pair(one.party_id, other.party_id, actor=actor, at=AT, verdict=SAME)
    join(desk, one, other)
    seen = offers(desk.publisher)
    with pytest.raises(Forbidden):
        approve(desk.reviewer, seen)
    assert persons() == 2


def test_an_approval_of_what_was_seen_before_the_merge_is_refused(desk: Desk) -> None:
    one, other = case(desk), case(desk)
    with acting_as(desk.publisher) as actor:
        seen = offers_for(actor, [one.pk])
    join(desk, one, other)
    with pytest.raises(ChangedMeanwhile):
        approve(desk.publisher, seen)
    assert persons() == 2


def test_what_is_taken_back_goes_at_once_while_a_merge_waits(desk: Desk) -> None:
    one, other = case(desk), case(desk)
    third, _spell = person_with_spell(desk)
    grant = agree(desk, third)
    recognised(desk, third)
    last = published(desk, third)
    join(desk, one, other)
    join(desk, other, last)
    assert persons() == 3
    with acting_as(desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=AT + timedelta(hours=1))
    assert persons() == 2
    with acting_as(desk.publisher) as actor:
        take_down(other, actor=actor, at=AT + timedelta(hours=2))
    assert set(PublishedCase.objects.values_list("reference", flat=True)) == {one.reference}
    assert persons() == 1


def test_many_pairs_judged_together_meet_the_same_gates(desk: Desk) -> None:
    one, other, alone = case(desk), case(desk), case(desk)
    (new, _), (newer, _) = person_with_spell(desk), person_with_spell(desk)
    pairs = [(one.party_id, other.party_id), (alone.party_id, new.pk), (new.pk, newer.pk)]
    with acting_as(desk.publisher) as actor, pytest.raises(Forbidden):
        judge_pairs_together(pairs, actor=actor, at=AT, verdict=SAME)
    with acting_as(desk.reviewer) as actor:
        made = judge_pairs_together(pairs, actor=actor, at=AT, verdict=SAME)
        states = dict(Publication.objects.values_list("pk", "state"))
    # Nothing moves before the public until somebody else approves.
    assert set(states.values()) == {"published"}
    assert persons() == 3
    assert all(row.score is not None and row.reasons for row in made)
    assert set(offers(desk.publisher)) == {one.pk, other.pk, alone.pk}
    assert approve(desk.publisher, offers(desk.publisher)) == 3
    assert persons() == 2
    with acting_as(desk.steward) as actor:
        verbs = Entry.objects.filter(verb__endswith="_together").values_list("verb", flat=True)
        assert set(verbs) == {"match.judged_together"}


def test_many_pairs_are_judged_all_or_none(desk: Desk) -> None:
    one, other = case(desk), case(desk)
    with acting_as(desk.reviewer) as actor:
        pairs = [(one.party_id, other.party_id), (one.party_id, uuid4())]
        with pytest.raises(Party.DoesNotExist, match="1 of these records"):
            judge_pairs_together(pairs, actor=actor, at=AT, verdict=SAME)
        assert not Judgement.objects.exists()


@pytest.mark.parametrize("older", [True, False], ids=["older", "newer"])
@pytest.mark.parametrize("state", ["recorded", "proposed", "taken down"])
def test_an_unpublished_record_joins_a_case_only_when_somebody_else_approves(
    desk: Desk, state: str, *, older: bool
) -> None:
    record = _unpublished(desk, state) if older else None
    gate = case(desk)
    record = record or _unpublished(desk, state)
    before = shown()
    judgement = join_records(desk, gate.party_id, record.pk)
    assert (_state(desk, gate), persons(), shown()) == ("published", 1, before)
    assert PublishedSpell.objects.count() == 1
    with acting_as(desk.publisher) as actor:
        assert merge_waits(actor, [record.pk])
        (waiting,) = waiting_cases(actor, gates_waiting(actor))
    assert waiting.gate.pk == gate.pk
    assert waiting.hands == {desk.reviewer.pk}
    joined = next(each for each in waiting.differences if each.kind == "records")
    assert set(joined.after) == {gate.party_id, record.pk}
    part(desk, judgement)
    assert (_state(desk, gate), persons(), shown()) == ("published", 1, before)
    with acting_as(desk.publisher) as actor:
        assert all(not one.differences for one in waiting_cases(actor, gates_waiting(actor)))
    join_records(desk, gate.party_id, record.pk)
    with pytest.raises(Forbidden):
        approve(desk.reviewer, offers(desk.publisher))
    assert approve(desk.publisher, offers(desk.publisher)) == 1
    if state == "taken down":  # what was taken down bars its group, now that two people said so
        assert persons() == 0
    else:
        assert (persons(), PublishedSpell.objects.count()) == (1, 2)


def _state(desk: Desk, gate: Publication) -> str:
    with acting_as(desk.publisher):
        return Publication.objects.get(pk=gate.pk).state


def _unpublished(desk: Desk, state: str) -> Party:
    party, _spell = person_with_spell(desk)
    if state == "recorded":
        return party
    agree(desk, party)
    with acting_as(desk.documenter) as actor:
        gate = propose_publication(party, actor=actor, at=AT)
    if state == "taken down":
        with acting_as(desk.publisher) as actor:
            take_down(gate, actor=actor, at=AT)
    return party


def test_records_that_joined_without_approval_leave_again_with_the_verdict(
    desk: Desk, owner_sql: Callable[..., list[tuple[object, ...]]]
) -> None:
    gate = case(desk)
    second, third = (_unpublished(desk, "recorded") for _ in range(2))
    before = shown()
    first = join_records(desk, gate.party_id, second.pk)
    join_records(desk, second.pk, third.pk)
    assert (persons(), shown()) == (1, before)
    part(desk, first)
    assert (persons(), shown()) == (1, before)
    assert owner_sql("SELECT count(*) FROM registry_grouping") == [(0,)]
    agree(desk, second)
    recognised(desk, second)
    published(desk, second)
    assert (persons(), PublishedSpell.objects.count()) == (2, 3)


def test_consent_given_while_a_record_waits_to_join_waits_under_its_hand(desk: Desk) -> None:
    record = _unpublished(desk, "recorded")
    party, _spell = person_with_spell(desk)
    agree(desk, party, IdentityLevel.CODE)
    recognised(desk, party)
    published(desk, party)
    join_records(desk, record.pk, party.pk)
    for subject in (party, record):
        with acting_as(desk.publisher) as actor:
            made = Change.objects.filter(kind="consent").count()
            assert gates_waiting(actor).count() == 1
        agree(desk, subject)
        with acting_as(desk.publisher):
            changes = Change.objects.filter(kind="consent")
            assert changes.count() == made + 1
            assert {change.by for change in changes} == {desk.documenter.pk}

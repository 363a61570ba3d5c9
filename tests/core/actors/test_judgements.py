"""Groups follow from the verdicts that stand, in whatever order they were made and undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import (
    DIFFERENT,
    POSTPONED,
    SAME,
    ComparedPair,
    JudgementsContradict,
    judge_match,
    judge_matches_together,
    undo_judgement,
)
from undaunted.core.actors.models import Judgement, Party
from undaunted.core.consent.models import News

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undaunted.config.postgres import Lease
    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import User

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def office(ledger: Lease, owner_sql: Callable[..., object]) -> tuple[UUID, User]:
    organisation = make_organisation(owner_sql)
    return organisation, make_user(owner_sql, {organisation: [Role.REVIEWER, Role.DOCUMENTER]})


def people(actor: Actor, holder: UUID, count: int = 4) -> list[Party]:
    made = []
    for number in range(count):
        new = uuid4()
        made.append(
            Party.objects.create(
                id=new,
                canonical=new,
                holder=holder,
                recorded_at=AT + timedelta(minutes=number),
                recorded_by=actor.person,
            )
        )
    return made


def groups(parties: Sequence[Party]) -> list[UUID]:
    found = dict(Party.objects.values_list("pk", "canonical"))
    return [found[party.pk] for party in parties]


def test_a_chain_of_verdicts_is_one_group_with_its_oldest_record(
    office: tuple[UUID, User],
) -> None:
    with acting_as(office[1]) as actor:
        a, b, c, d = people(actor, office[0])
        links = [
            judge_match(left, right, actor=actor, at=AT, verdict=SAME)
            for left, right in ((c, d), (b, c), (a, b))
        ]
        assert groups([a, b, c, d]) == [a.pk] * 4
        assert News.objects.filter(kind="merged").count() == 3
        undo_judgement(links[1], actor=actor, at=AT)
        assert groups([a, b, c, d]) == [a.pk, a.pk, c.pk, c.pk]
        with pytest.raises(ValueError, match="before"):
            undo_judgement(links[1], actor=actor, at=AT)


def test_the_order_of_undoing_leaves_no_trace(office: tuple[UUID, User]) -> None:
    with acting_as(office[1]) as actor:
        parties = people(actor, office[0], 3)
        a, b, c = parties
        for order in permutations(range(3)):
            made = [
                judge_match(left, right, actor=actor, at=AT, verdict=SAME)
                for left, right in ((a, b), (b, c), (a, c))
            ]
            for number in order:
                undo_judgement(made[number], actor=actor, at=AT)
            assert groups(parties) == [a.pk, b.pk, c.pk]


def test_contradicting_verdicts_are_refused_both_ways(office: tuple[UUID, User]) -> None:
    with acting_as(office[1]) as actor:
        a, b, c, _ = people(actor, office[0])
        judge_match(a, b, actor=actor, at=AT, verdict=SAME)
        judge_match(a, c, actor=actor, at=AT, verdict=DIFFERENT)
        with pytest.raises(JudgementsContradict):
            judge_match(b, c, actor=actor, at=AT, verdict=SAME)
        assert groups([a, b, c]) == [a.pk, a.pk, c.pk]
        judge_match(a, b, actor=actor, at=AT, verdict=POSTPONED)
        assert groups([a, b]) == [a.pk, b.pk]
        standing = Judgement.objects.filter(undone_at__isnull=True)
        assert standing.count() == 2


def test_nobody_merges_records_of_an_organisation_they_have_no_role_in(
    office: tuple[UUID, User], owner_sql: Callable[..., object]
) -> None:
    other = make_organisation(owner_sql)
    stranger = make_user(owner_sql, {other: [Role.REVIEWER, Role.DOCUMENTER]})
    with acting_as(office[1]) as actor:
        ours = people(actor, office[0], 1)[0]
    with acting_as(stranger) as actor:
        theirs = people(actor, other, 1)[0]
        with pytest.raises(Forbidden):
            judge_match(theirs, ours, actor=actor, at=AT, verdict=SAME)


def told(before: set[UUID]) -> list[tuple[frozenset[str], frozenset[str]]]:
    rows = News.objects.exclude(pk__in=before).values_list("detail", flat=True)
    return [(frozenset(one["members"]), frozenset(one["groups"])) for one in rows]


def test_verdicts_together_come_to_what_they_come_to_one_by_one(
    office: tuple[UUID, User],
) -> None:
    with acting_as(office[1]) as actor:
        first, again = people(actor, office[0], 7), people(actor, office[0], 7)
        links = ((5, 6), (0, 3), (3, 2), (2, 0))
        for left, right in links:
            judge_match(first[left], first[right], actor=actor, at=AT, verdict=SAME)
        before = set(News.objects.values_list("pk", flat=True))
        made = judge_matches_together(
            [ComparedPair(again[left], again[right]) for left, right in links],
            actor=actor,
            at=AT,
            verdict=SAME,
        )
        places = [
            [parties.index(next(p for p in parties if p.pk == one)) for one in groups(parties)]
            for parties in (first, again)
        ]
        assert places[0] == places[1] == [0, 1, 0, 0, 4, 5, 5]
        assert {frozenset((row.left_id, row.right_id)) for row in made} == {
            frozenset((again[left].pk, again[right].pk)) for left, right in links
        }
        trio, pair = ({str(again[n].pk) for n in numbers} for numbers in ((0, 2, 3), (5, 6)))
        assert sorted(told(before), key=lambda one: len(one[0])) == [
            (frozenset(pair), frozenset({str(again[5].pk)})),
            (frozenset(trio), frozenset({str(again[0].pk)})),
        ]


def test_verdicts_together_replace_earlier_ones_whichever_record_was_named_first(
    office: tuple[UUID, User],
) -> None:
    with acting_as(office[1]) as actor:
        a, b, c, _ = people(actor, office[0])
        judge_match(b, a, actor=actor, at=AT, verdict=SAME)
        judge_match(b, c, actor=actor, at=AT, verdict=SAME)
        judge_matches_together([ComparedPair(a, b)], actor=actor, at=AT, verdict=DIFFERENT)
        assert groups([a, b, c]) == [a.pk, b.pk, b.pk]
        standing = Judgement.objects.filter(undone_at__isnull=True)
        assert {(row.left_id, row.verdict) for row in standing} == {
            (a.pk, DIFFERENT),
            (b.pk, SAME),
        }


def test_verdicts_together_are_all_or_none(office: tuple[UUID, User]) -> None:
    with acting_as(office[1]) as actor:
        a, b, c, d = people(actor, office[0])
        judge_match(a, c, actor=actor, at=AT, verdict=DIFFERENT)
        with transaction.atomic(), pytest.raises(JudgementsContradict):
            judge_matches_together(
                [ComparedPair(a, b), ComparedPair(c, d), ComparedPair(b, c)],
                actor=actor,
                at=AT,
                verdict=SAME,
            )
        assert groups([a, b, c, d]) == [a.pk, b.pk, c.pk, d.pk]
        assert Judgement.objects.count() == 1
        twice = [ComparedPair(a, b), ComparedPair(b, a)]
        with pytest.raises(ValueError, match="twice"):
            judge_matches_together(twice, actor=actor, at=AT, verdict=SAME)


def test_a_record_held_elsewhere_stops_all_verdicts(
    office: tuple[UUID, User], owner_sql: Callable[..., object]
) -> None:
    other = make_organisation(owner_sql)
    with acting_as(make_user(owner_sql, {other: [Role.DOCUMENTER]})) as stranger:
        (foreign, *_) = people(stranger, other, 1)
    with acting_as(office[1]) as actor:
        a, b, *_ = people(actor, office[0])
        with pytest.raises(Forbidden):
            judge_matches_together(
                [ComparedPair(a, b), ComparedPair(b, foreign)], actor=actor, at=AT, verdict=SAME
            )
        assert groups([a, b]) == [a.pk, b.pk]

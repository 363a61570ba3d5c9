"""Groups follow from the verdicts that stand, in whatever order they were made and undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import (
    DIFFERENT,
    POSTPONED,
    SAME,
    JudgementsContradict,
    judge_match,
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

"""Which rows an actor sees: its organisations' and shared ones, a government's body its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.queries import seen_by
from undaunted.core.access.rules import PUBLIC, Role, Sharing
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import Party

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor

pytestmark = pytest.mark.usefixtures("ledger")
AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def offices(owner_sql: Any) -> tuple[UUID, UUID]:
    return make_organisation(owner_sql), make_organisation(owner_sql)


@pytest.fixture
def somebody(owner_sql: Any, offices: tuple[UUID, UUID]) -> Iterator[Actor]:
    """Give somebody of two offices, of which each holds a record of its own and a shared one."""
    user = make_user(owner_sql, {each: [Role.DOCUMENTER] for each in offices})
    with acting_as(user) as actor:
        for holder in offices:
            for sharing in (Sharing.ORGANISATION, Sharing.SHARED):
                Party.objects.create(
                    id=uuid4(), holder=holder, sharing=sharing, recorded_at=AT, recorded_by=user.pk
                )
        yield actor


def _seen(actor: Actor) -> set[tuple[UUID, str]]:
    return set(seen_by(actor, Party.objects.all()).values_list("holder", "sharing"))


def test_members_see_what_they_hold_and_what_others_share(
    somebody: Actor, offices: tuple[UUID, UUID]
) -> None:
    ours, theirs = offices
    of_one = replace(somebody, roles={ours: frozenset({Role.DOCUMENTER})})
    assert _seen(of_one) == {(ours, "organisation"), (ours, "shared"), (theirs, "shared")}


def test_whoever_works_for_a_government_sees_what_that_holds_alone(
    somebody: Actor, offices: tuple[UUID, UUID]
) -> None:
    ours, _ = offices
    official = replace(somebody, governments=frozenset({ours}))
    assert _seen(official) == {(ours, "organisation"), (ours, "shared")}
    assert _seen(replace(somebody, governments=frozenset({uuid4()}))) == set()


def test_without_a_second_factor_or_a_role_that_reads_nothing_is_seen(
    somebody: Actor, offices: tuple[UUID, UUID]
) -> None:
    assert _seen(replace(somebody, second_factor=False)) == set()
    assert _seen(replace(somebody, roles={offices[0]: frozenset()})) == set()
    assert _seen(PUBLIC) == set()

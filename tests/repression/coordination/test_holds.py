"""A hold takes back its organisation's go: going on after it takes two people, in SQL too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.repression.coordination.factories import accepted, gone, make_scene, timed
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.repression.coordination.actions import confirm_go, hold_announcement, say_go
from undaunted.repression.coordination.queries import proposal_for, stands_of
from undaunted.repression.coordination.rules import Announced, AnnouncementRefused

if TYPE_CHECKING:
    from tests.repression.coordination.factories import Body, Scene

pytestmark = pytest.mark.usefixtures("ledger")


def _agreed_but_for_the_partner(owner_sql: Any) -> Scene:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    timed(scene)
    gone(scene, scene.proposer)
    return scene


def _stands(body: Body, scene: Scene) -> Announced:
    with acting_as(body.documenter) as actor:
        held = proposal_for(actor, scene.proposal.pk)
        assert held is not None
        return stands_of(actor, held, timezone.now())


def _held(scene: Scene) -> None:
    with acting_as(scene.partner.documenter) as actor:
        hold_announcement(scene.proposal, "The court rules today.", actor=actor, at=timezone.now())


def _said(scene: Scene) -> None:
    with acting_as(scene.partner.documenter) as actor:
        say_go(scene.proposal, actor=actor, at=timezone.now())


def _confirmed(scene: Scene) -> None:
    with acting_as(scene.partner.publisher) as actor:
        confirm_go(scene.proposal, actor=actor, at=timezone.now())


@pytest.mark.parametrize("whole", [False, True])
def test_a_hold_ends_the_go_that_was_said_before_it(owner_sql: Any, *, whole: bool) -> None:
    scene = _agreed_but_for_the_partner(owner_sql)
    _said(scene)
    if whole:
        _confirmed(scene)
    _held(scene)
    with pytest.raises(AnnouncementRefused, match="nobody of your organisation has said it"):
        _confirmed(scene)
    assert _stands(scene.proposer, scene) is Announced.HELD
    _said(scene)
    assert _stands(scene.proposer, scene) is Announced.HELD
    with acting_as(scene.partner.documenter) as actor, pytest.raises(Forbidden):
        confirm_go(scene.proposal, actor=actor, at=timezone.now())
    _confirmed(scene)
    assert _stands(scene.proposer, scene) is Announced.AGREED


def test_a_go_said_after_a_hold_falls_with_the_next_hold(owner_sql: Any) -> None:
    scene = _agreed_but_for_the_partner(owner_sql)
    _held(scene)
    _said(scene)
    _held(scene)
    with pytest.raises(AnnouncementRefused, match="nobody of your organisation has said it"):
        _confirmed(scene)
    assert _stands(scene.proposer, scene) is Announced.HELD


@pytest.mark.parametrize(
    "told",
    [
        "held_at = now(), held_by = identity_actor()",
        "held_at = now(), held_by = identity_actor(), gone_at = NULL, gone_by = NULL",
        "go_for = NULL, go_by = NULL",
    ],
)
def test_nobody_holds_beside_a_go_that_stays_in_the_database(owner_sql: Any, told: str) -> None:
    scene = _agreed_but_for_the_partner(owner_sql)
    _said(scene)
    with (
        acting_as(scene.partner.documenter),
        pytest.raises(DatabaseError, match=r"a hold takes back|go is said"),
    ):
        _by_sql(f"UPDATE coordination_party SET {told} WHERE go_by = identity_actor()")


def test_nobody_lifts_a_hold_alone_in_the_database(owner_sql: Any) -> None:
    scene = _agreed_but_for_the_partner(owner_sql)
    _said(scene)
    _held(scene)
    for told in (
        "held_at = NULL, held_by = NULL",
        "held_at = NULL, held_by = NULL, gone_at = now(), gone_by = identity_actor()",
        """held_at = NULL, held_by = NULL, gone_at = now(), gone_by = identity_actor(),
           go_for = (SELECT moment FROM coordination_proposal), go_by = identity_actor()""",
    ):
        with (
            acting_as(scene.partner.publisher),
            pytest.raises(DatabaseError, match=r"lifted by two|go is (said|confirmed)"),
        ):
            _by_sql(f"UPDATE coordination_party SET {told} WHERE held_at IS NOT NULL")
    assert _stands(scene.proposer, scene) is Announced.HELD


def _by_sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

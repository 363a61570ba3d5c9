"""One person alone, with SQL: a guest's part ended, a package set aside, a key changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone as clock

from tests.repression.coordination.scene_elsewhere import agreed_across, make_across, refused_unread
from undaunted.core.accounts.actions import acting_as
from undaunted.repression.coordination.actions import (
    change_seat_key,
    confirm_guest,
    confirm_parting,
    invite_partner,
    propose_parting,
)
from undaunted.repression.coordination.queries import own_seats
from undaunted.repression.coordination.rules import CoordinationStep

if TYPE_CHECKING:
    from tests.repression.coordination.scene_elsewhere import Across

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def across(owner_sql: Any) -> Across:
    return make_across(owner_sql)


@pytest.fixture
def agreed(across: Across) -> Across:
    return agreed_across(across)


@pytest.mark.parametrize(
    "change",
    [
        "ended_at = now(), ended_by = identity_actor(), ending_by = identity_actor()",
        "ended_at = now(), ended_by = identity_actor()",
        "ending_by = gen_random_uuid()",
        "ending_by = identity_actor(), held_at = NULL",
    ],
)
def test_a_part_is_not_ended_by_one_alone_in_sql(agreed: Across, change: str) -> None:
    agreed.back(CoordinationStep.HOLD, "Wait.")
    with acting_as(agreed.ours.body.publisher):
        assert _why(f"UPDATE coordination_guest SET {change}") == "42501"


def test_nothing_is_set_aside_by_one_alone_in_sql(agreed: Across) -> None:
    body = agreed.ours.body
    insert = (
        "INSERT INTO coordination_setaside (id, holder, recorded_at, recorded_by, item)"
        " SELECT gen_random_uuid(), holder, now(), identity_actor(), id FROM sharing_arrivalitem"
    )
    accepted = "WHERE state = 'accepted' AND kind = 'coordination.answer'"
    with acting_as(body.publisher):
        assert _why(f"{insert} {accepted}") == "42501"
    refused_unread(agreed, CoordinationStep.HOLD, "Stop.")
    with acting_as(body.documenter):
        assert _why(f"{insert} WHERE state = 'rejected'") == "42501"


def test_a_later_key_is_confirmed_or_withdrawn_and_nothing_else_in_sql(across: Across) -> None:
    body = across.ours.body
    with acting_as(body.documenter) as actor:
        change_seat_key(own_seats(actor).get(), key=body.key, actor=actor, at=clock.now())
    gone = "withdrawn_at = now(), withdrawn_by = identity_actor()"
    for change in (
        gone,
        "withdrawn_at = now(), withdrawn_by = gen_random_uuid(), envelope = ''",
        f"{gone}, envelope = '', public_key = 'k'",
        f"{gone}, envelope = '', confirmed_at = now(), confirmed_by = identity_actor()",
    ):
        with acting_as(body.publisher):
            assert _why(f"UPDATE coordination_seatkey SET {change}") == "42501"
    with acting_as(body.documenter):
        assert _why("DELETE FROM coordination_wrapped") == "42501"


def test_a_part_is_begun_anew_by_two_and_answers_by_nothing_that_came_before_in_sql(
    agreed: Across,
) -> None:
    body = agreed.ours.body
    copied = (
        "INSERT INTO coordination_guest SELECT (jsonb_populate_record(g, jsonb_build_object("
        "'id', gen_random_uuid(), 'answer', 'invited', 'prepared', jsonb_build_object(),"
        " 'recorded_at', now(),"
        " 'recorded_by', identity_actor(), 'go_for', NULL, 'held_at', NULL, 'said_at', NULL,"
        " 'taken_at', NULL, 'taken_by', NULL, 'item', NULL, 'ending_by', NULL, 'ended_at', NULL,"
        " 'ended_by', NULL, 'invited_at', {at}, 'invited_by', {by}))).* FROM coordination_guest g"
    )
    with acting_as(body.documenter):
        assert _why(copied.format(at="NULL", by="NULL")) == "28000"
    with acting_as(body.documenter) as actor:
        propose_parting(agreed.guest, actor=actor, at=clock.now())
    with acting_as(body.publisher) as actor:
        confirm_parting(agreed.guest, actor=actor, at=clock.now())
        assert _why(copied.format(at="now()", by="identity_actor()")) == "42501"
    held = agreed.now()
    with acting_as(body.documenter) as actor:
        made = invite_partner(held, agreed.guest.partner, key=body.key, actor=actor, at=clock.now())
    opened = f"WHERE id = '{made.pk}'"
    alone = "UPDATE coordination_guest SET invited_at = now(), invited_by = identity_actor()"
    with acting_as(body.documenter):
        assert _why(f"{alone} {opened}") == "42501"
    with acting_as(body.publisher) as actor:
        confirm_guest(made, actor=actor, at=clock.now())
    earlier = (
        "item = (SELECT item FROM coordination_guest WHERE ended_at IS NOT NULL), said_at = now(),"
        " taken_at = now(), taken_by = identity_actor()"
    )
    with acting_as(body.documenter):
        for change in ("answer = 'accepted'", "answer = 'declined'"):
            assert _why(f"UPDATE coordination_guest SET {earlier}, {change} {opened}") == "42501"


def _why(statement: str) -> str:
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(getattr(refused.value.__cause__, "sqlstate", ""))

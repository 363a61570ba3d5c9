"""A key planted alone in SQL, so that a colleague seals a proposal's subject to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone as clock

from tests.repression.coordination.factories import SUBJECT, accepted, make_body, make_scene
from tests.repression.coordination.scene_elsewhere import make_across
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.rules import Tlp
from undaunted.core.vault.actions import new_receiving_key, open_abroad
from undaunted.core.vault.rules import VaultError, code_for_database
from undaunted.repression.coordination.actions import (
    begin_proposal,
    change_seat_key,
    confirm_invitation,
    confirm_seat_key,
    invite_another,
    renew_seal,
)
from undaunted.repression.coordination.actions.seats import keys_of
from undaunted.repression.coordination.models import SeatKnown
from undaunted.repression.coordination.queries import own_seats, proposal_for

if TYPE_CHECKING:
    from tests.repression.coordination.factories import Scene

pytestmark = pytest.mark.usefixtures("ledger")
PLANT = (
    "INSERT INTO coordination_party (id, holder, recorded_at, recorded_by, proposal_id, name,"
    " country, government, public_key, answer) VALUES (gen_random_uuid(), {holder}, now(),"
    " {by}, %(proposal)s, {name}, {country}, {government}, {key}, 'invited')"
)
ANYBODY = {
    "by": "identity_actor()",
    "holder": "gen_random_uuid()",
    "name": "'Observers'",
    "country": "''",
    "government": "false",
    "key": "%(key)s",
}
SEAT = "(SELECT {} FROM coordination_seat_known WHERE holder = %(holder)s)"
KNOWN = {
    "by": "identity_actor()",
    "holder": SEAT.format("holder"),
    "name": SEAT.format("name"),
    "country": SEAT.format("country"),
    "government": SEAT.format("government"),
    "key": SEAT.format("public_key"),
}
"""Exactly as the seat of an organisation that nobody invited is known."""


def _refused(scene: Scene, public: str, told: dict[str, str]) -> str:
    values: dict[str, Any] = {"proposal": scene.proposal.pk, "key": public}
    values["holder"] = scene.stranger.id
    with (
        pytest.raises(DatabaseError) as problem,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(PLANT.format(**told), values)
    return str(getattr(problem.value.__cause__, "sqlstate", ""))


def _sealed(scene: Scene) -> bytes:
    with acting_as(scene.proposer.documenter) as actor:
        renew_seal(scene.proposal, key=scene.proposer.key, actor=actor, at=clock.now())
        held = proposal_for(actor, scene.proposal.pk)
    assert held is not None
    return bytes(held.envelope or b"")


@pytest.mark.parametrize("sent", [True, False])
def test_a_party_is_not_planted_in_sql(owner_sql: Any, *, sent: bool) -> None:
    """A row that equals a seat that is known is none the less invited through the application."""
    scene = make_scene(owner_sql, sent=sent)
    _, public = new_receiving_key()
    forged: tuple[dict[str, str], ...] = (
        {"key": "%(key)s"},
        {"name": "'Observers'"},
        {"government": "true"},
        {},
    )
    for user in (scene.proposer.documenter, scene.proposer.publisher):
        with acting_as(user):
            assert _refused(scene, public, ANYBODY) == "28000"
            for change in forged:
                assert _refused(scene, public, KNOWN | change) == "28000"


def test_a_code_serves_for_no_other_key_than_the_seats(owner_sql: Any) -> None:
    """Whoever had a code for a party could not name another key, or another name, with it."""
    scene = make_scene(owner_sql)
    _, public = new_receiving_key()
    row = uuid4()
    code = code_for_database(
        settings.SESSION_BINDING_KEY,
        "coordination-invited",
        row,
        scene.proposal.pk,
        scene.stranger.id,
    )
    coded = PLANT.replace("answer)", "answer, vouched)").replace(
        "'invited')", "'invited', %(code)s)"
    )
    coded = coded.replace("gen_random_uuid()", "%(row)s", 1)
    values: dict[str, Any] = {
        "proposal": scene.proposal.pk,
        "holder": scene.stranger.id,
        "key": public,
        "code": code,
        "row": row,
    }
    for change in ({"key": "%(key)s"}, {"name": "'Observers'"}, {"country": "'XS'"}):
        with (
            acting_as(scene.proposer.documenter),
            pytest.raises(DatabaseError, match="no seat that is known"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(coded.format(**(KNOWN | change)), values)


def test_a_planted_key_opens_nothing_and_is_not_confirmed(owner_sql: Any) -> None:
    """A row from before there was a gate, put there by the keeper of the tables."""
    scene = make_scene(owner_sql)
    secret, public = new_receiving_key()
    columns = {"by": "%(by)s", "key": "%(key)s"}
    owner_sql(
        PLANT.format(**(ANYBODY | columns)),
        {"proposal": scene.proposal.pk, "key": public, "by": scene.proposer.documenter.pk},
    )
    with pytest.raises(VaultError):
        open_abroad(_sealed(scene), secret)
    confirm = (
        "UPDATE coordination_party SET invited_at = now(), invited_by = identity_actor()"
        " WHERE name = 'Observers'"
    )
    with (
        acting_as(scene.proposer.publisher),
        pytest.raises(DatabaseError, match="no seat that is known"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(confirm)


def test_a_guest_is_not_planted_in_sql(owner_sql: Any) -> None:
    across = make_across(owner_sql)
    body = across.ours.body
    copied = (
        "INSERT INTO coordination_guest SELECT (jsonb_populate_record(g, jsonb_build_object('id',"
        " gen_random_uuid(), 'proposal_id', %s, 'recorded_by', identity_actor(), 'invited_at',"
        " NULL, 'invited_by', NULL))).* FROM coordination_guest g"
    )
    with acting_as(body.documenter) as actor:
        other = begin_proposal(
            body.id,
            SUBJECT,
            tlp=Tlp.AMBER_STRICT,
            state="XR",
            invited=[],
            actor=actor,
            at=clock.now(),
        )
    with (
        acting_as(body.documenter),
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(copied, [other.pk])
    assert getattr(refused.value.__cause__, "sqlstate", "") == "28000"


def test_who_is_invited_through_the_application_reads_with_its_present_key(owner_sql: Any) -> None:
    """Of parties and of one more, keys are those of their seats; and the code is emptied."""
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    more = make_body(owner_sql, "XB", government=False)
    at = clock.now()
    with acting_as(scene.proposer.documenter) as actor:
        made = invite_another(scene.proposal, more.id, key=scene.proposer.key, actor=actor, at=at)
        assert owner_sql("SELECT count(*) FROM coordination_party WHERE vouched IS NOT NULL") == [
            (0,)
        ]
    with acting_as(scene.proposer.publisher) as actor:
        confirm_invitation(made, actor=actor, at=clock.now())
    with acting_as(more.documenter) as actor:
        later = change_seat_key(own_seats(actor).get(), key=more.key, actor=actor, at=clock.now())
    with acting_as(more.publisher) as actor:
        confirm_seat_key(later, actor=actor, at=clock.now())
    with acting_as(scene.proposer.documenter):
        parts = [scene.proposer.id, scene.partner.id, scene.committee.id, more.id]
        known = SeatKnown.objects.filter(holder__in=parts)
        expected = sorted(known.values_list("public_key", flat=True))
        assert later.public_key in expected
        assert sorted(keys_of(scene.proposal)) == expected

"""A seat's key is changed by two people; texts are sealed anew, and a loss is told."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.vault.factories import PASSPHRASE
from tests.repression.coordination.factories import SUBJECT, accepted, make_scene
from tests.repression.coordination.program import Program
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.repression.coordination.actions import (
    change_seat_key,
    confirm_seat_key,
    open_proposal,
    renew_seal,
    say,
    withdraw_seat_key,
)
from undaunted.repression.coordination.commands import commands
from undaunted.repression.coordination.models import Wrapped
from undaunted.repression.coordination.queries import (
    own_seats,
    proposal_for,
    seat_key_for,
    seat_keys_for,
    seats_known,
)
from undaunted.repression.coordination.rules import CoordinationRefused, SealUnreadable

if TYPE_CHECKING:
    from tests.repression.coordination.factories import Body, Scene
    from undaunted.repression.coordination.actions import Opened
    from undaunted.repression.coordination.models import SeatKey

pytestmark = pytest.mark.usefixtures("ledger")


def _changed(body: Body, *, lost: bool = False) -> SeatKey:
    with acting_as(body.documenter) as actor:
        seat = own_seats(actor).get()
        return change_seat_key(seat, key=body.key, lost=lost, actor=actor, at=timezone.now())


def _confirmed(body: Body, made: SeatKey) -> None:
    with acting_as(body.publisher) as actor:
        held = seat_key_for(actor, made.pk)
        assert held is not None
        confirm_seat_key(held, actor=actor, at=timezone.now())


def _opened(body: Body, scene: Scene) -> Opened:
    with acting_as(body.documenter) as actor:
        held = proposal_for(actor, scene.proposal.pk)
        assert held is not None
        return open_proposal(held, key=body.key, actor=actor, at=timezone.now())


def _said(body: Body, scene: Scene, text: str) -> None:
    with acting_as(body.documenter) as actor:
        say(scene.proposal, text, actor=actor, at=timezone.now())


def test_texts_are_sealed_anew_and_others_use_the_new_key(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    _said(scene.proposer, scene, "Before.")
    made = _changed(scene.partner)
    assert (made.rewrapped, made.closed, made.lost) == (2, 0, False)
    with acting_as(scene.partner.documenter) as actor:
        with pytest.raises(CoordinationRefused, match="another waits"):
            change_seat_key(
                own_seats(actor).get(), key=scene.partner.key, actor=actor, at=timezone.now()
            )
        with pytest.raises(Forbidden):
            confirm_seat_key(made, actor=actor, at=timezone.now())
        assert seats_known(actor).get(holder=scene.partner.id).public_key != made.public_key
    _said(scene.proposer, scene, "Between.")
    _confirmed(scene.partner, made)
    _said(scene.proposer, scene, "After.")
    with acting_as(scene.partner.documenter) as actor:
        assert seats_known(actor).get(holder=scene.partner.id).public_key == made.public_key
    opened = _opened(scene.partner, scene)
    assert opened.subject == SUBJECT
    assert [each["text"] for each in opened.remarks.values()] == ["Before.", "Between.", "After."]
    for body in scene.others:
        with acting_as(body.documenter) as actor:
            assert Wrapped.objects.count() == 0
            assert seat_key_for(actor, made.pk) is None
    # The earlier half is gone: what was wrapped, and what came after, opens without it.
    owner_sql("UPDATE coordination_seat SET envelope = 'x' WHERE holder = %s", [scene.partner.id])
    opened = _opened(scene.partner, scene)
    assert [each["text"] for each in opened.remarks.values()] == ["Before.", "After."]


def test_a_lost_key_is_told_and_its_texts_stay_closed(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    _said(scene.proposer, scene, "Before.")
    owner_sql("UPDATE coordination_seat SET envelope = 'x' WHERE holder = %s", [scene.partner.id])
    with pytest.raises(CoordinationRefused, match="lost: the earlier key"):
        _changed(scene.partner)
    made = _changed(scene.partner, lost=True)
    assert (made.rewrapped, made.closed, made.lost) == (0, 2, True)
    _confirmed(scene.partner, made)
    with pytest.raises(SealUnreadable):
        _opened(scene.partner, scene)
    with acting_as(scene.proposer.documenter) as actor:
        held = proposal_for(actor, scene.proposal.pk)
        assert held is not None
        renew_seal(held, key=scene.proposer.key, actor=actor, at=timezone.now())
    opened = _opened(scene.partner, scene)
    assert (opened.subject, opened.remarks) == (SUBJECT, {})
    told = owner_sql(
        "SELECT d.detail FROM audit_detail d JOIN audit_entry e ON e.id = d.entry_id"
        " WHERE e.verb = 'seat.key_made'"
    )
    assert "'lost': True" in str(told) or '"lost": true' in str(told)


def test_a_key_is_not_confirmed_by_one_alone_in_sql(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    _changed(scene.partner)
    for change in ("confirmed_at = now(), confirmed_by = identity_actor()", "public_key = 'k'"):
        with (
            acting_as(scene.partner.documenter),
            pytest.raises(DatabaseError, match=r"person|once"),
        ):
            _do(f"UPDATE coordination_seatkey SET {change}")


def test_the_key_is_changed_at_the_desk(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    client = signed_in_client(scene.partner.documenter)
    assert client.post("/desk/vault/", {"passphrase": PASSPHRASE}).status_code == 302
    with acting_as(scene.partner.documenter) as actor:
        seat = own_seats(actor).get()
    assert client.post(f"/desk/coordination/seats/{seat.pk}/key/").status_code == 302
    assert "1 text sealed anew" in client.get("/desk/coordination/").text
    second = signed_in_client(scene.partner.publisher)
    with acting_as(scene.partner.publisher) as actor:
        key = seat_keys_for(actor).get()
    assert second.post(f"/desk/coordination/keys/{key.pk}/confirm/").status_code == 302
    stranger = signed_in_client(scene.stranger.documenter)
    assert stranger.post(f"/desk/coordination/seats/{seat.pk}/key/").status_code == 404


@pytest.mark.parametrize("by", ["documenter", "publisher"])
def test_either_person_withdraws_a_key_that_waits(owner_sql: Any, by: str) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    _said(scene.proposer, scene, "Before.")
    made = _changed(scene.partner)
    with acting_as(scene.stranger.documenter) as actor, pytest.raises(Forbidden):
        withdraw_seat_key(made, actor=actor, at=timezone.now())
    with acting_as(getattr(scene.partner, by)) as actor:
        withdraw_seat_key(made, actor=actor, at=timezone.now())
        assert Wrapped.objects.count() == 0
        with pytest.raises(CoordinationRefused, match="withdrawn before"):
            withdraw_seat_key(made, actor=actor, at=timezone.now())
    with pytest.raises(CoordinationRefused, match="withdrawn before"):
        _confirmed(scene.partner, made)
    assert owner_sql("SELECT envelope FROM coordination_seatkey WHERE id = %s", [made.pk]) == [
        (b"",)
    ]
    assert [each["text"] for each in _opened(scene.partner, scene).remarks.values()] == ["Before."]
    again = _changed(scene.partner)
    _confirmed(scene.partner, again)
    with acting_as(scene.partner.documenter) as actor:
        assert seats_known(actor).get(holder=scene.partner.id).public_key == again.public_key
        with pytest.raises(CoordinationRefused, match="confirmed or withdrawn"):
            withdraw_seat_key(again, actor=actor, at=timezone.now())


def test_a_key_is_withdrawn_at_the_desk(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    key = _changed(scene.partner)
    second = signed_in_client(scene.partner.publisher)
    address = f"/desk/coordination/keys/{key.pk}/withdraw/"
    assert address in second.get("/desk/coordination/").text
    assert signed_in_client(scene.stranger.documenter).post(address).status_code == 404
    assert second.post(address).status_code == 302
    shown = second.get("/desk/coordination/").text
    assert address not in shown
    assert "withdrawn" in shown


def test_the_proposer_seals_it_anew_at_the_desk(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    page = f"/desk/coordination/proposals/{scene.proposal.pk}/"
    first, other = (signed_in_client(each.documenter) for each in (scene.proposer, scene.partner))
    for client in (first, other):
        assert client.post("/desk/vault/", {"passphrase": PASSPHRASE}).status_code == 302
    assert f"{page}seal/" in first.get(page).text
    assert f"{page}seal/" not in other.get(page).text
    before = owner_sql("SELECT envelope FROM coordination_proposal")
    assert first.post(f"{page}seal/").status_code == 302
    assert owner_sql("SELECT envelope FROM coordination_proposal") != before
    assert other.post(f"{page}seal/").status_code == 404
    assert SUBJECT.name in other.post(page).text


def _do(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_keys_are_read_confirmed_and_withdrawn_by_command_and_by_program(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    body = scene.partner
    first, second = (
        partial(run_at_terminal, commands, "key", person=user)
        for user in (body.documenter, body.publisher)
    )
    with acting_as(body.documenter) as actor:
        seat = own_seats(actor).get()
    assert f"seat  {seat.pk}  confirmed" in first("list")
    told = first("change", seat.pk, given=f"{PASSPHRASE}\n")
    assert "waits for a second person" in told
    key = re.findall(r"[0-9a-f-]{36}", told)[-1]
    assert "another waits" in first("change", seat.pk, given=f"{PASSPHRASE}\n", status=2)
    assert f"key  {key}  seat {seat.pk}  waits for a second person" in first("list")
    assert "there is no such key for you" in first("withdraw", seat.pk, status=2)
    assert "withdrawn" in first("withdraw", key)
    program, other = Program(body.documenter), Program(body.publisher)
    held = program.get("keys")
    assert [each["id"] for each in held["seats"]] == [str(seat.pk)]
    assert held["keys"][0]["withdrawn_at"]
    assert "envelope" not in str(held)
    assert other.post(f"keys/{key}/confirmation")[0] == 409
    made = _changed(body)
    assert program.post(f"keys/{made.pk}/confirmation")[0] in {403, 404}
    assert other.post(f"keys/{made.pk}/confirmation")[0] == 200
    assert f"key  {made.pk}  seat {seat.pk}  confirmed" in second("list")
    assert program.post(f"keys/{made.pk}/withdrawal")[0] == 409
    assert Program(scene.committee.documenter).post(f"keys/{made.pk}/withdrawal")[0] == 404

"""A proposal sought, forged and pushed by who has no part in it: SQL, API, audit, pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_user, signed_in_client
from tests.repression.coordination.factories import (
    NAME,
    SUBJECT,
    accepted,
    gone,
    make_body,
    make_scene,
    timed,
)
from tests.repression.coordination.scene_elsewhere import make_across
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.actions import (
    answer_proposal,
    begin_proposal,
    propose_ending,
    say,
    say_go,
)
from undaunted.repression.coordination.queries import guest_for, invitation_for
from undaunted.repression.coordination.rules import Answer, CoordinationStep

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.repression.coordination.factories import Body, Scene
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
TABLES = ("proposal", "party", "prepared", "guest", "remark")
HELD = ("invitation", "sending", "notice", "seatkey", "wrapped", "setaside")
REMARK = (
    "INSERT INTO coordination_remark (id, holder, recorded_at, recorded_by, proposal_id, kind,"
    " envelope) VALUES (gen_random_uuid(), %s, now(), identity_actor(), %s, 'comment', '')"
)
FUNCTIONS = ("sees", "proposes", "lifted")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _rows(statement: str, values: Any = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _why(statement: str, values: Any = ()) -> str:
    """Give how the database refuses: the code and the words."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        _rows_changed(statement, values)
    return f"{getattr(refused.value.__cause__, 'sqlstate', '')} {refused.value}"


def _rows_changed(statement: str, values: Any = ()) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        changed: int = cursor.rowcount
        return changed


def _all_people(body: Body) -> tuple[User, User]:
    return body.documenter, body.publisher


def test_nobody_else_sees_counts_or_touches_a_row(scene: Scene) -> None:
    for body in scene.others:
        for user in _all_people(body):
            with acting_as(user):
                for table in (*TABLES, *HELD):
                    assert _rows(f"SELECT count(*) FROM coordination_{table}") == [(0,)]
                for table in TABLES[:-1]:
                    assert _rows_changed(f"UPDATE coordination_{table} SET id = id") == 0
                for name in FUNCTIONS:
                    told = _rows(f"SELECT coordination_{name}(%s)", [scene.proposal.pk])
                    assert told == [(False,)]


def test_a_row_that_is_there_and_one_that_is_not_are_refused_alike(scene: Scene) -> None:
    with acting_as(scene.stranger.documenter):
        there = _why(REMARK, [scene.stranger.id, scene.proposal.pk])
        not_there = _why(REMARK, [scene.stranger.id, uuid4()])
    assert there == not_there
    assert there.startswith("42501")
    party = (
        "INSERT INTO coordination_party (id, holder, recorded_at, recorded_by, proposal_id, name,"
        " country, government, public_key, answer, invited_at) VALUES (gen_random_uuid(), %s,"
        " now(), identity_actor(), %s, 'We', 'XB', false, 'k', 'accepted', now())"
    )
    with acting_as(scene.stranger.documenter):
        there = _why(party, [scene.stranger.id, scene.proposal.pk])
        not_there = _why(party, [scene.stranger.id, uuid4()])
    assert there == not_there


def test_the_same_id_cannot_be_probed_by_taking_it(scene: Scene) -> None:
    """A draft with the id of another's proposal: the key would tell that it is there."""
    insert = (
        "INSERT INTO coordination_proposal (id, holder, recorded_at, recorded_by, tlp, state,"
        " stage, envelope) VALUES (%s, %s, now(), identity_actor(), 'RED', 'XR', 'draft', 'x')"
    )
    with acting_as(scene.stranger.documenter):
        why = _why(insert, [scene.proposal.pk, scene.stranger.id])
    assert why.startswith("23505")
    # Ids are random numbers of 122 bits: who knows one was told it. It is said in decision 0044.
    assert scene.proposal.pk.version == 4


def test_who_declined_or_left_reads_nothing_more(scene: Scene) -> None:
    accepted(scene, scene.committee)
    with acting_as(scene.committee.documenter) as actor:
        say(scene.proposal, "We have seen it.", actor=actor, at=timezone.now())
        answer_proposal(
            scene.proposal, Answer.LEFT, actor=actor, at=timezone.now(), reason="We must not."
        )
    for user in _all_people(scene.committee):
        with acting_as(user):
            for table in ("proposal", "prepared", "remark"):
                assert _rows(f"SELECT count(*) FROM coordination_{table}") == [(0,)]
            assert _rows("SELECT answer FROM coordination_party") == [("left",)]
            again = (
                "UPDATE coordination_party SET answer = 'accepted', answered_by = identity_actor()"
            )
            assert _why(again).startswith("42501")


def test_nobody_goes_ahead_for_another_or_alone(scene: Scene) -> None:
    accepted(scene, scene.partner)
    timed(scene)
    forged = (
        "UPDATE coordination_party SET go_for = (SELECT moment FROM coordination_proposal),"
        " go_by = %s, gone_at = now(), gone_by = identity_actor() WHERE holder = %s"
    )
    partner, proposer = scene.partner, scene.proposer
    with acting_as(partner.publisher) as actor:
        assert _why(forged, [actor.id, partner.id])
        assert _why(forged, [partner.documenter.pk, partner.id]).startswith("42501")
        assert _rows_changed(forged, [partner.documenter.pk, proposer.id]) == 0
    with acting_as(proposer.publisher):
        assert _why(forged, [partner.documenter.pk, partner.id]).startswith("42501")
    gone(scene, proposer)
    gone(scene, partner)
    with acting_as(proposer.documenter):
        held = (
            "UPDATE coordination_party SET held_at = now(), held_by = identity_actor()"
            " WHERE holder = %s"
        )
        assert _why(held, [partner.id]).startswith("42501")


def test_a_proposal_is_not_sent_moved_or_closed_by_one_person(scene: Scene) -> None:
    for change in (
        "tlp = 'AMBER'",
        "state = 'XZ'",
        "moment = now() - interval '1 day'",
        "stage = 'draft'",
        "stage = 'ended', ending_by = identity_actor(), closed_by = identity_actor()",
        "envelope = NULL",
        "sent_at = now(), sent_by = identity_actor()",
    ):
        with acting_as(scene.proposer.documenter):
            assert _why(f"UPDATE coordination_proposal SET {change}").startswith(("42501", "23514"))
    for user in _all_people(scene.partner):
        with acting_as(user):
            assert _rows_changed("UPDATE coordination_proposal SET moment = now()") == 0


def test_officials_of_the_state_concerned_are_not_invited_by_sql(scene: Scene) -> None:
    forged = (
        "INSERT INTO coordination_party (id, holder, recorded_at, recorded_by, proposal_id, name,"
        " country, government, public_key, answer) VALUES (gen_random_uuid(), %s, now(),"
        " identity_actor(), %s, 'They', 'XS', false, 'k', 'invited')"
    )
    with acting_as(scene.proposer.documenter):
        why = _why(forged, [scene.concerned.id, scene.proposal.pk])
    assert "officials of the state concerned" in why


def test_stewards_elsewhere_read_nothing_of_it_in_the_audit_trail(
    scene: Scene, owner_sql: Any
) -> None:
    accepted(scene, scene.committee)
    kinds = "('proposal', 'petition', 'seat')"
    (whole,) = owner_sql(f"SELECT count(*) FROM audit_entry WHERE subject_kind IN {kinds}")[0]
    assert whole > 0
    for body in (scene.stranger, scene.concerned):
        seats = owner_sql("SELECT id::text FROM coordination_seat WHERE holder <> %s", [body.id])
        with acting_as(body.documenter):
            own = _rows(
                "SELECT DISTINCT verb FROM audit_entry"
                f" WHERE subject_kind IN {kinds} AND actor <> identity_actor()"
            )
            assert set(own) <= {("seat.confirmed",)}
            for (seat,) in seats:
                told = "SELECT count(*) FROM audit_entry WHERE subject_id = %s"
                assert _rows(told, [seat]) == [(0,)]
                details = (
                    "SELECT count(*) FROM audit_detail d JOIN audit_entry e ON e.id = d.entry_id"
                    " WHERE e.subject_id = %s"
                )
                assert _rows(details, [seat]) == [(0,)]
            hidden = owner_sql(
                "SELECT e.id FROM audit_detail d JOIN audit_entry e ON e.id = d.entry_id"
                " WHERE e.subject_kind = 'proposal'"
            )
            assert hidden
            for (detail,) in hidden:
                assert _rows("SELECT count(*) FROM audit_detail WHERE entry_id = %s", [detail]) == [
                    (0,)
                ]


def test_the_public_and_an_administrator_read_nothing(scene: Scene, owner_sql: Any) -> None:
    administrator = make_user(owner_sql, {scene.proposer.id: [Role.ADMINISTRATOR]})
    with acting_as(administrator):
        assert _rows("SELECT count(*) FROM coordination_proposal") == [(0,)]
        assert _rows("SELECT count(*) FROM coordination_seat_known") == [(0,)]
    right = "SELECT has_table_privilege('undaunted_public', %s, 'SELECT')"
    tables = [f"coordination_{each}" for each in (*TABLES, *HELD)]
    for table in (*tables, "coordination_seat_known"):
        assert owner_sql(right, [table]) == [(False,)]


def test_pages_and_programs_answer_as_if_it_did_not_exist(scene: Scene) -> None:
    there, absent = str(scene.proposal.pk), str(uuid4())
    own = signed_in_client(scene.partner.documenter)
    assert own.get(f"/desk/coordination/proposals/{there}/").status_code == 200
    for body in scene.others:
        client = signed_in_client(body.documenter)
        for step in ("", "announcement.ics", "say/", "answer/", "go/", "hold/", "open/"):
            address = "/desk/coordination/proposals/{}/" + step
            for ask in (client.get, client.post):
                answers = [ask(address.format(which)) for which in (there, absent)]
                assert answers[0].status_code == answers[1].status_code
                assert _plain(answers[0], there) == _plain(answers[1], absent)
        board = client.get("/desk/coordination/")
        assert there not in board.text
        for address in ("/desk/", "/desk/clocks/", "/", "/search/?q=Vantsky"):
            page = client.get(address, follow=True)
            assert there not in page.text
            assert NAME[:14] not in page.text


def _plain(answer: Any, which: str) -> str:
    text: str = answer.content.decode().replace(which, "")
    return text


def test_as_many_queries_for_what_is_there_as_for_what_is_not(
    scene: Scene, django_assert_num_queries: Callable[..., Any]
) -> None:
    from undaunted.repression.coordination.queries import proposal_for  # noqa: PLC0415

    with acting_as(scene.stranger.documenter) as actor:
        for which in (scene.proposal.pk, UUID(int=7)):
            with django_assert_num_queries(1):
                assert proposal_for(actor, which) is None


def test_no_count_of_the_desk_holds_a_proposal_for_who_has_no_part(scene: Scene) -> None:
    def counted(user: User) -> list[str]:
        page = signed_in_client(user).get("/desk/").text
        shown = r'<a href="/desk/coordination/">[^<]{1,80}</a></dt><dd[^>]{0,80}>(\d{1,6})'
        return re.findall(shown, page)

    at = timezone.now()
    assert counted(scene.partner.documenter) == ["1"]
    accepted(scene, scene.partner)
    held = timed(scene)
    with acting_as(scene.partner.documenter) as actor:
        say_go(held, actor=actor, at=at)
    with acting_as(scene.proposer.documenter) as actor:
        begin_proposal(
            scene.proposer.id, SUBJECT, tlp=Tlp.AMBER, state="XR", invited=[scene.partner.id],
            actor=actor, at=at,
        )  # fmt: skip
        propose_ending(held, actor=actor, at=at)
    assert counted(scene.proposer.publisher) == ["2"]
    # The draft is the proposer's alone: of it, the partner counts nothing; its own go it does.
    assert counted(scene.partner.publisher) == ["1"]
    for body in scene.others:
        for user in _all_people(body):
            assert counted(user) == []
    with acting_as(scene.committee.documenter) as actor:
        answer_proposal(scene.proposal, Answer.DECLINED, reason="No.", actor=actor, at=at)
    assert counted(scene.committee.documenter) == []


def test_guests_elsewhere_are_hidden_from_who_has_no_part_and_answer_by_packages_alone(
    owner_sql: Any,
) -> None:
    across = make_across(owner_sql)
    stranger = make_body(owner_sql, "XB", government=False)
    file = across.told()
    across.theirs.accepted(file)
    across.back(CoordinationStep.ACCEPTED, "We agree.")
    held = across.invitation()
    guest = (
        "INSERT INTO coordination_guest (id, holder, recorded_at, recorded_by, proposal_id,"
        " partner, name, audience, signing_key, recipient, fingerprint, answer, prepared)"
        " VALUES (gen_random_uuid(), %s, now(), identity_actor(), %s, gen_random_uuid(), 'We',"
        " 'a', 'k', 'r', 'f', 'invited', '{}')"
    )
    for user in _all_people(stranger):
        with acting_as(user):
            for table in (*TABLES, *HELD):
                assert _rows(f"SELECT count(*) FROM coordination_{table}") == [(0,)]
            trail = "SELECT count(*) FROM audit_entry WHERE subject_kind = 'proposal'"
            assert _rows(trail) == [(0,)]
    with acting_as(stranger.documenter):
        there = _why(guest, [stranger.id, across.proposal.pk])
        assert there == _why(guest, [stranger.id, uuid4()])
    client = signed_in_client(stranger.documenter)
    for address, which in (
        ("/desk/coordination/elsewhere/{}/", held.pk),
        ("/desk/coordination/elsewhere/{}/step/", held.pk),
        ("/desk/coordination/guests/{}/confirm/", across.guest.pk),
        ("/desk/coordination/guests/{}/package/", across.guest.pk),
    ):
        for ask in (client.get, client.post):
            absent = uuid4()
            answers = [ask(address.format(each)) for each in (which, absent)]
            assert answers[0].status_code == answers[1].status_code
            assert _plain(answers[0], str(which)) == _plain(answers[1], str(absent))


def test_as_many_queries_for_a_guest_that_is_there_as_for_one_that_is_not(
    owner_sql: Any, django_assert_num_queries: Callable[..., Any]
) -> None:
    across = make_across(owner_sql)
    stranger = make_body(owner_sql, "XB", government=False)
    across.theirs.accepted(across.told())
    there = across.invitation().pk
    with acting_as(stranger.documenter) as actor:
        for find, which in ((guest_for, across.guest.pk), (invitation_for, there)):
            for each in (which, UUID(int=7)):
                with django_assert_num_queries(1):
                    assert find(actor, each) is None

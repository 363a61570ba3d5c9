"""Somebody is forced to sign in: after the panic lock nothing of theirs opens any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person, make_organisation, make_user, signed_in_client
from tests.core.vault.factories import PASSPHRASE, Office, make_office
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import make_token, panic, unlock_account
from undaunted.core.accounts.queries import locks_for, user_named

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _with_open_key(user: User) -> Client:
    client = signed_in_client(user)
    client.post("/desk/vault/", {"passphrase": PASSPHRASE})
    assert "Your key is open" in client.get("/desk/vault/").content.decode()
    return client


def test_one_button_closes_everything_everywhere_and_shows_the_public_page(
    office: Office, owner_sql: Any
) -> None:
    here, elsewhere = (_with_open_key(office.caseworker.user) for _ in range(2))
    assert owner_sql("SELECT count(*) FROM vault_sessionkey") == [(2,)]
    answer = here.post("/desk/accounts/panic/")
    assert answer.headers["Location"] == "/"
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    assert answer.cookies["__Host-vault"].value == ""
    assert owner_sql("SELECT count(*) FROM vault_sessionkey") == [(0,)]
    for client in (here, elsewhere):
        assert "/sign-in/" in client.get("/desk/intake/").headers["Location"]
    assert user_named(office.caseworker.user.username) is not None


def test_button_is_on_every_desk_page_and_needs_no_script(office: Office) -> None:
    page = signed_in_client(office.caseworker.user).get("/desk/intake/").content.decode()
    assert 'action="/desk/accounts/panic/"' in page
    assert 'accesskey="q"' in page


def test_locked_account_is_let_in_by_nobody_and_looks_unknown(
    office: Office, owner_sql: Any
) -> None:
    user = office.caseworker.user
    with in_person(user) as actor:
        _, secret = make_token("script", ["registry:read"], actor=actor, at=timezone.now(), days=1)
    signed_in_client(user).post("/desk/accounts/panic/", {"lock": "yes"})
    assert user_named(user.username) is None
    with pytest.raises(DatabaseError), transaction.atomic():
        signed_in_client(user)
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/registry/desk/cases").status_code in {401, 404}
    assert owner_sql("SELECT count(*) FROM accounts_apitoken WHERE withdrawn_at IS NULL") == [(0,)]


def test_two_colleagues_unlock_and_one_is_not_enough(office: Office, owner_sql: Any) -> None:
    user = office.caseworker.user
    second = make_user(owner_sql, {office.holder: [Role.READER]})
    outside = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    signed_in_client(user).post("/desk/accounts/panic/", {"lock": "yes"})
    with in_person(outside) as actor:
        assert locks_for(actor) == ()
    ((lock,),) = owner_sql("SELECT id FROM accounts_lock")
    with in_person(outside) as actor, pytest.raises(Forbidden):
        unlock_account(lock, actor=actor, at=timezone.now())
    for _ in range(2):
        with in_person(office.steward.user) as actor:
            assert [each.id for each in locks_for(actor)] == [lock]
            assert not unlock_account(lock, actor=actor, at=timezone.now())
    page = signed_in_client(second)
    assert "1 colleague has agreed" in page.get("/desk/accounts/locks/").content.decode()
    page.post(f"/desk/accounts/locks/{lock}/")
    assert user_named(user.username) is not None
    with in_person(second) as actor:
        assert locks_for(actor) == ()
        with pytest.raises(Forbidden):
            unlock_account(lock, actor=actor, at=timezone.now())


def test_a_program_or_a_stranger_locks_nobody(office: Office, owner_sql: Any) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT account_lock()")
    with office.caseworker.acting() as actor, pytest.raises(DatabaseError):
        panic(lock=True, actor=actor, at=timezone.now())
    assert owner_sql("SELECT count(*) FROM accounts_lock") == [(0,)]
    with in_person(office.caseworker.user) as actor, pytest.raises(Forbidden):
        unlock_account(uuid4(), actor=actor, at=timezone.now())


def test_steward_signs_a_whole_team_out(office: Office, owner_sql: Any) -> None:
    member = _with_open_key(office.caseworker.user)
    steward = _with_open_key(office.steward.user)
    answer = steward.post(f"/desk/intake/compartments/{office.team}/close/")
    assert answer.status_code == 302
    assert "/sign-in/" in member.get("/desk/intake/").headers["Location"]
    assert steward.get("/desk/intake/").status_code == 200
    assert owner_sql("SELECT count(*) FROM vault_sessionkey") == [(0,)]

"""Somebody with SQL on the desk's connection reaches for accounts, factors, tokens and jobs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege

from tests.core.accounts.factories import in_person, make_organisation, make_user, set_up_totp
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import (
    acting_as,
    acting_with_token,
    close_account,
    end_session,
    make_token,
    open_entering,
    propose_renewal,
    sign_out_everywhere,
    withdraw_token,
)
from undaunted.core.accounts.models import Membership
from undaunted.core.accounts.queries import factors_for, sessions_for, user_named
from undaunted.core.accounts.rules import RightsRefused
from undaunted.prisoners.registry.tasks import run_import

pytestmark = pytest.mark.usefixtures("ledger")

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def scene(owner_sql: Any) -> dict[str, Any]:
    """Two organisations; a clerk administers the first, some people work in one or both."""
    ours, theirs = make_organisation(owner_sql), make_organisation(owner_sql)
    people = {
        "clerk": make_user(owner_sql, {ours: [Role.ADMINISTRATOR]}),
        "colleague": make_user(owner_sql, {ours: [Role.DOCUMENTER]}),
        "between": make_user(owner_sql, {ours: [Role.READER], theirs: [Role.STEWARD]}),
        "stranger": make_user(owner_sql, {theirs: [Role.DOCUMENTER]}),
        "nowhere": make_user(owner_sql),
    }
    for person in people.values():
        set_up_totp(person, SECRET)
    return {"ours": ours, "theirs": theirs, **people}


def _sql(statement: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else [cursor.rowcount]


def test_an_administrator_reads_no_hash_and_no_factor_of_others(scene: dict[str, Any]) -> None:
    with in_person(scene["clerk"]):
        assert _sql("SELECT id FROM accounts_user") == [(scene["clerk"].pk,)]
        assert {row[0] for row in _sql("SELECT user_id FROM mfa_authenticator")} == {
            scene["clerk"].pk
        }


def test_names_are_those_of_colleagues(scene: dict[str, Any]) -> None:
    with in_person(scene["colleague"]):
        seen = {
            name: _sql("SELECT account_name(%s)", scene[name].pk)[0][0]
            for name in ("clerk", "colleague", "between", "stranger", "nowhere")
        }
    assert {name for name, told in seen.items() if told} == {"clerk", "colleague", "between"}
    assert _sql("SELECT account_name(%s)", scene["colleague"].pk) == [(None,)]


@pytest.mark.parametrize("name", ["between", "stranger", "nowhere", "clerk"])
def test_an_administrator_changes_nobody_with_a_role_elsewhere(
    scene: dict[str, Any], owner_sql: Any, name: str
) -> None:
    before = owner_sql("SELECT * FROM accounts_user WHERE id = %s", [scene[name].pk])
    with in_person(scene["clerk"]) as clerk:
        with pytest.raises(Forbidden):
            close_account(scene[name].pk, actor=clerk, at=timezone.now())
        member = Membership(user_id=scene[name].pk, organisation_id=scene["ours"])
        with pytest.raises(RightsRefused):
            propose_renewal(member, actor=clerk, at=timezone.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            _sql("UPDATE accounts_user SET is_active = false WHERE id = %s", scene[name].pk)
        with transaction.atomic():
            changed = _sql(
                "UPDATE accounts_user SET language = 'fr' WHERE id = %s", scene["stranger"].pk
            )
        assert changed == [0]
    assert owner_sql("SELECT * FROM accounts_user WHERE id = %s", [scene[name].pk]) == before


def test_nobody_renews_the_access_of_others_alone(scene: dict[str, Any], owner_sql: Any) -> None:
    colleague = scene["colleague"]
    before = owner_sql("SELECT password FROM accounts_user WHERE id = %s", [colleague.pk])
    with in_person(colleague) as actor:
        _, secret = make_token("x", ["registry:read"], actor=actor, at=timezone.now(), days=1)
    with in_person(scene["clerk"]) as clerk:
        member = Membership(user_id=colleague.pk, organisation_id=scene["ours"])
        propose_renewal(member, actor=clerk, at=timezone.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            _sql("SELECT account_shut_out(%s)", colleague.pk)
    assert owner_sql("SELECT password FROM accounts_user WHERE id = %s", [colleague.pk]) == before
    with acting_with_token(secret) as actor:
        assert actor.id == colleague.pk


def test_a_closed_account_keeps_its_id_only(scene: dict[str, Any], owner_sql: Any) -> None:
    with in_person(scene["clerk"]) as clerk:
        close_account(scene["colleague"].pk, actor=clerk, at=timezone.now())
    row = owner_sql(
        "SELECT username, password, is_active FROM accounts_user WHERE id = %s",
        [scene["colleague"].pk],
    )
    assert row == [(str(scene["colleague"].pk), "!", False)]
    assert user_named(scene["colleague"].username) is None


def test_an_administrator_takes_no_role_and_gives_none_elsewhere(scene: dict[str, Any]) -> None:
    insert = (
        "INSERT INTO accounts_membership (user_id, organisation_id, role, since)"
        " VALUES (%s, %s, 'reader', now())"
    )
    with in_person(scene["clerk"]):
        for who, where in (("clerk", "ours"), ("stranger", "theirs")):
            with pytest.raises(DatabaseError), transaction.atomic():
                _sql(insert, scene[who].pk, scene[where])


def test_a_passphrase_alone_reaches_the_own_factors_and_nothing_else(
    scene: dict[str, Any],
) -> None:
    open_entering("half", user=scene["colleague"])
    with acting_with_token("half") as actor:
        assert not actor.second_factor
        assert factors_for(actor).count() == 1
        assert _sql("DELETE FROM mfa_authenticator") == [0]
        assert _sql("UPDATE accounts_user SET password = 'x'") == [0]
        assert sessions_for(actor) == ()
        for table, columns, values in (
            ("mfa_authenticator", "type, data, created_at", "'webauthn', '{}', now()"),
            (
                "accounts_apitoken",
                "label, digest, scopes, created_at, expires_at",
                "'x', 'x', '[]', now(), now()",
            ),
        ):
            insert = f"INSERT INTO {table} (user_id, {columns}) VALUES (%s, {values})"
            with pytest.raises(DatabaseError), transaction.atomic():
                _sql(insert, scene["colleague"].pk)


def test_a_session_without_its_second_factor_changes_no_factor(scene: dict[str, Any]) -> None:
    with in_person(scene["colleague"], second_factor=False):
        assert _sql("DELETE FROM mfa_authenticator") == [0]
        assert _sql("UPDATE accounts_user SET password = 'x'") == [0]


def _token_of(person: Any, *scopes: str) -> str:
    with in_person(person) as actor:
        return make_token("script", scopes, actor=actor, at=timezone.now(), days=30)[1]


def test_a_reading_token_writes_nothing_whatever_the_roles(scene: dict[str, Any]) -> None:
    wanted = "'{documenter,reviewer,publisher,steward}'"
    with acting_with_token(_token_of(scene["colleague"], "registry:read")):
        assert _sql(f"SELECT identity_organisations({wanted})") == [([],)]
        readers = "'{reader,documenter,reviewer,publisher,steward}'"
        assert _sql(f"SELECT identity_organisations({readers})") == [([scene["ours"]],)]
    with acting_with_token(_token_of(scene["colleague"], "registry:record")):
        assert _sql(f"SELECT identity_organisations({wanted})") == [([scene["ours"]],)]


def test_a_token_administers_nothing_and_changes_no_account(scene: dict[str, Any]) -> None:
    with acting_with_token(_token_of(scene["clerk"], "registry:record")) as actor:
        assert actor.organisations_as(Role.ADMINISTRATOR) == frozenset()
        assert _sql("SELECT identity_organisations('{administrator}')") == [([],)]
        assert _sql("SELECT count(*) FROM mfa_authenticator") == [(0,)]
        assert _sql("UPDATE accounts_user SET password = 'x'") == [0]
        with pytest.raises(DatabaseError), transaction.atomic():
            make_token("more", ["registry:record"], actor=actor, at=timezone.now(), days=1)
        member = Membership(user_id=scene["colleague"].pk, organisation_id=scene["ours"])
        with pytest.raises(RightsRefused):
            propose_renewal(member, actor=actor, at=timezone.now())


def test_a_withdrawn_token_stands_for_nobody(scene: dict[str, Any], owner_sql: Any) -> None:
    with in_person(scene["colleague"]) as actor:
        token, secret = make_token("x", ["registry:read"], actor=actor, at=timezone.now(), days=1)
    with acting_with_token(secret) as bound:
        assert bound.id == scene["colleague"].pk
    assert secret not in str(owner_sql("SELECT * FROM accounts_apitoken"))
    with in_person(scene["colleague"]) as actor:
        withdraw_token(token, actor=actor, at=timezone.now())
        with pytest.raises(Forbidden):
            withdraw_token(token, actor=actor, at=timezone.now())
    with acting_with_token(secret) as bound:
        assert bound.is_public


def test_nobody_ends_the_session_of_another(scene: dict[str, Any]) -> None:
    with in_person(scene["stranger"]) as actor:
        session = next(each for each in sessions_for(actor) if each.here)
        with in_person(scene["colleague"]) as other:
            with pytest.raises(Forbidden):
                end_session(session.id, actor=other, at=timezone.now())
            assert session.id not in {each.id for each in sessions_for(other)}


def test_signing_out_everywhere_ends_every_session_and_no_token(scene: dict[str, Any]) -> None:
    secret = _token_of(scene["colleague"], "registry:read")
    with in_person(scene["colleague"]) as actor:
        assert len(sessions_for(actor)) >= 2
        sign_out_everywhere(actor=actor, at=timezone.now())
        assert sessions_for(actor) == ()
    with acting_with_token(secret) as bound:
        assert not bound.is_public


def test_a_forged_job_is_refused(scene: dict[str, Any], owner_sql: Any) -> None:
    insert = (
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
        " VALUES ('imports', 'registry.run_import', %s)"
    )
    forged = json.dumps({"batch_id": "x", "user_id": str(scene["stranger"].pk)})
    with pytest.raises(DatabaseError, match="application alone"), transaction.atomic():
        _sql(insert, forged)
    with acting_as(scene["colleague"]):
        for named in ("stranger", "colleague"):
            told = json.dumps({"batch_id": "x", "user_id": str(scene[named].pk)})
            with pytest.raises(DatabaseError, match="application alone"), transaction.atomic():
                _sql(insert, told)
        run_import.defer(batch_id="x", user_id=str(scene["colleague"].pk))
        with pytest.raises(DatabaseError, match="application alone"), transaction.atomic():
            _sql("UPDATE procrastinate_jobs SET args = %s", forged)
    with pytest.raises(InsufficientPrivilege, match="acts for whoever asks"):
        owner_sql(insert, [forged])
    with pytest.raises(InsufficientPrivilege, match="is not changed"):
        owner_sql("UPDATE procrastinate_jobs SET args = %s", [forged])
    owner_sql("TRUNCATE procrastinate_jobs CASCADE")


def test_nobody_makes_a_temporary_table_to_stand_in_for_a_real_one(scene: dict[str, Any]) -> None:
    with (
        acting_as(scene["colleague"]),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        _sql(
            "CREATE TEMP TABLE accounts_membership (user_id uuid, organisation_id uuid, role text)"
        )

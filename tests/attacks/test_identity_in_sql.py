"""Somebody who can run SQL on the desk's connection tries to become somebody else."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import (
    acting_as,
    acting_with_token,
    close_identity,
    open_identity,
)
from undaunted.core.actors.models import Party

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> dict[str, Any]:
    """Two organisations with a person and a case each."""
    ours, theirs = make_organisation(owner_sql), make_organisation(owner_sql)
    alice = make_user(owner_sql, {ours: [Role.DOCUMENTER]})
    bertha = make_user(owner_sql, {theirs: [Role.DOCUMENTER]})
    clerk = make_user(owner_sql, {ours: [Role.ADMINISTRATOR]})
    for person, holder in ((alice, ours), (bertha, theirs)):
        with acting_as(person):
            Party.objects.create(holder=holder, recorded_at=timezone.now(), recorded_by=person.pk)
    return {"ours": ours, "theirs": theirs, "alice": alice, "bertha": bertha, "clerk": clerk}


def _rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM actors_party")
        return int(cursor.fetchone()[0])


def test_the_desk_connects_as_a_role_that_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, count(*) FROM pg_tables WHERE tableowner = current_user"
        )
        assert cursor.fetchone() == ("undaunted_desk", 0)


def test_without_an_identity_there_are_no_rows(scene: dict[str, Any]) -> None:
    assert _rows() == 0


def test_each_sees_the_rows_of_the_own_organisation(scene: dict[str, Any]) -> None:
    with acting_as(scene["alice"]):
        assert _rows() == 1
        assert Party.objects.get().holder == scene["ours"]


def test_an_administrator_of_accounts_sees_no_records(scene: dict[str, Any]) -> None:
    with acting_as(scene["clerk"]):
        assert _rows() == 0


def test_setting_plain_variables_makes_nobody_of_anyone(scene: dict[str, Any]) -> None:
    with acting_as(scene["alice"]), connection.cursor() as cursor:
        for name in ("undaunted.actor", "undaunted.user_id", "undaunted.session"):
            cursor.execute("SELECT set_config(%s, %s, true)", [name, str(scene["bertha"].pk)])
        assert _rows() == 0


def test_an_identity_cannot_be_opened_without_the_binding_key(scene: dict[str, Any]) -> None:
    until = timezone.now() + timedelta(hours=1)
    with pytest.raises(DatabaseError, match="identity refused"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT identity_open(%s, %s, true, 'web', %s, %s)",
            [secrets.token_bytes(32), scene["bertha"].pk, until, secrets.token_bytes(32)],
        )


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM accounts_identity",
        "SELECT * FROM accounts_bindingkey",
        "INSERT INTO accounts_identity VALUES (sha256('x'), gen_random_uuid(), true, 'web')",
        "SELECT identity_row()",
        "SELECT identity_hmac('a', 'b')",
        "SET ROLE undaunted_owner",
        "SET SESSION AUTHORIZATION undaunted_owner",
        "ALTER TABLE actors_party DISABLE ROW LEVEL SECURITY",
        "DROP POLICY desk_reads ON actors_party",
        "SET row_security = off; SELECT * FROM actors_party",
        "DELETE FROM actors_party",
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_head SET seq = 0",
        "INSERT INTO published_tombstone VALUES ('x', now())",
        "COPY actors_party TO PROGRAM 'cat'",
        "CREATE TABLE public.mine (x int)",
    ],
)
def test_the_desk_role_is_refused(scene: dict[str, Any], statement: str) -> None:
    with acting_as(scene["alice"]):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert _rows() == 1


def test_a_row_cannot_be_given_to_another_organisation(scene: dict[str, Any]) -> None:
    with acting_as(scene["alice"]):
        with pytest.raises(DatabaseError), transaction.atomic():
            Party.objects.create(
                holder=scene["theirs"], recorded_at=timezone.now(), recorded_by=uuid4()
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            Party.objects.update(holder=scene["theirs"])


def test_nobody_takes_a_role(scene: dict[str, Any]) -> None:
    with (
        acting_as(scene["alice"]),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO accounts_membership (user_id, organisation_id, role, since)"
            " VALUES (%s, %s, 'reader', now())",
            [scene["alice"].pk, scene["theirs"]],
        )


def test_a_reused_connection_forgets_the_identity(scene: dict[str, Any]) -> None:
    with acting_as(scene["alice"]):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = cursor.fetchone()
        assert _rows() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == backend
    assert _rows() == 0


def test_a_closed_expired_or_half_proved_identity_sees_nothing(scene: dict[str, Any]) -> None:
    later = timezone.now() + timedelta(hours=1)
    open_identity("first", user=scene["alice"], second_factor=False, kind="web", until=later)
    with acting_with_token("first") as actor:
        assert not actor.second_factor
        assert _rows() == 0
    open_identity("second", user=scene["alice"], second_factor=True, kind="web", until=later)
    with acting_with_token("second"):
        assert _rows() == 1
    close_identity("second")
    with acting_with_token("second") as actor:
        assert actor.is_public
        assert _rows() == 0
    past = timezone.now() - timedelta(seconds=5)
    open_identity("third", user=scene["alice"], second_factor=True, kind="web", until=past)
    with acting_with_token("third"):
        assert _rows() == 0


def test_every_table_with_a_holder_is_forced_under_row_security(owner_sql: Any) -> None:
    bare = owner_sql(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relkind = 'r' AND a.attname = 'holder' AND NOT a.attisdropped"
        " AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
    )
    assert bare == []

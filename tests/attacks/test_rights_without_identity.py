"""What each role of the database can read with nobody signed in, from the catalogue itself."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from tests.core.accounts.factories import (
    in_person,
    make_organisation,
    make_user,
    set_up_totp,
    signed_in_client,
)
from undaunted.config.roles import SERVING
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, make_token
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)

if TYPE_CHECKING:
    from undaunted.config.postgres import Lease

pytestmark = pytest.mark.usefixtures("ledger")

READABLE = """
    SELECT n.nspname || '.' || c.relname, c.relrowsecurity AND c.relforcerowsecurity
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%%'
      AND has_schema_privilege(%s, n.oid, 'USAGE')
      AND (has_table_privilege(%s, c.oid, 'SELECT')
           OR has_any_column_privilege(%s, c.oid, 'SELECT'))
"""

PROJECTIONS = "made for readers: published cases and what is counted from them"
ALLOWED: dict[str, dict[str, str]] = {
    "undaunted_public": {"published_": PROJECTIONS},
    "undaunted_intake": {},
    "undaunted_desk": {
        "published_": PROJECTIONS,
        "accounts_websession": "looked up by the digest of a cookie, whose value opens the row",
        "audit_head": "one row, a number and a digest: what an anchor says",
        "coordination_seat_known": "public keys of seats, for whoever keeps records",
        "consent_attempt": "ids of news and counts of tries; the worker acts for nobody",
        "places_place": "countries and places, which every page names",
        "procrastinate_events": "the queue: names of tasks, opaque ids, times",
        "response_roll": "rolls of the compacts that the bound identity knows",
        "procrastinate_jobs": "the queue; a job acts only for whoever asked for it",
        "procrastinate_periodic_defers": "the queue",
        "procrastinate_workers": "the queue",
    },
}


def _allowed(role: str, table: str) -> bool:
    return any(
        table == name or (name.endswith("_") and table.startswith(name)) for name in ALLOWED[role]
    )


@pytest.fixture
def filled(owner_sql: Any) -> dict[str, Any]:
    """Rows in the tables about people: somebody with every kind of row."""
    ours = make_organisation(owner_sql)
    person = make_user(owner_sql, {ours: [Role.DOCUMENTER, Role.ADMINISTRATOR]})
    set_up_totp(person, "JBSWY3DPEHPK3PXP")
    with in_person(person) as actor:
        make_token("script", ["registry:read"], actor=actor, at=timezone.now(), days=1)
        record_consent(
            uuid4(),
            actor=actor,
            at=timezone.now(),
            holder=ours,
            purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE,
            level=IdentityLevel.NAME,
            field_groups=[FieldGroup.IDENTITY],
            basis=Basis.SELF,
            how="by letter",
            given_on=timezone.now().date(),
            until=timezone.now().date().replace(year=timezone.now().year + 1),
        )
    signed_in_client(person)
    return {"person": person, "ours": ours}


@pytest.mark.parametrize("role", SERVING)
def test_only_named_tables_show_anything_without_an_identity(
    role: str, filled: dict[str, Any], owner_sql: Any, database_server: Lease
) -> None:
    assert filled
    urls = {
        "undaunted_public": database_server.urls.public,
        "undaunted_intake": database_server.urls.intake,
        "undaunted_desk": database_server.urls.desk,
    }
    readable = owner_sql(READABLE, [role, role, role])
    names = {table.rpartition(".")[2] for table, _ in readable}
    unused = {name for name in ALLOWED[role] if not any(_starts(table, name) for table in names)}
    assert unused == set(), "allowed, but no longer readable"
    bare = {table for table, forced in readable if not forced}
    assert {t for t in bare if not _allowed(role, t.rpartition(".")[2])} == set()
    with psycopg.connect(urls[role], autocommit=True) as stranger:
        shown = {
            table: stranger.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table, forced in readable
            if forced
        }
    assert {table for table, count in shown.items() if count != (0,)} == set()


def _starts(table: str, name: str) -> bool:
    return table == name or (name.endswith("_") and table.startswith(name))


def test_the_rows_that_stay_hidden_are_there(filled: dict[str, Any], owner_sql: Any) -> None:
    for table in (
        "accounts_user",
        "accounts_membership",
        "accounts_organisation",
        "accounts_apitoken",
        "accounts_identity",
        "mfa_authenticator",
        "consent_grant",
        "consent_news",
        "audit_entry",
    ):
        assert owner_sql(f"SELECT count(*) FROM {table}")[0][0] > 0, table


def test_a_hash_is_not_given_without_the_binding_key(filled: dict[str, Any]) -> None:
    name = filled["person"].username
    for code in (b"", secrets.token_bytes(32), None):
        with pytest.raises(Exception, match="identity refused"), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM account_entering(%s, %s)", [name, code])


def test_a_running_statement_shows_no_token(
    filled: dict[str, Any], database_server: Lease, owner_sql: Any
) -> None:
    with (
        acting_as(filled["person"]),
        psycopg.connect(database_server.urls.desk, autocommit=True) as stranger,
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            stranger.execute("SELECT query FROM pg_stat_activity")
        seen = owner_sql("SELECT between_tests.running()")
    binding = [text for (text,) in seen if "identity_bind" in (text or "")]
    assert binding, "a server of somebody else may show it to the same role"
    assert all("$1" in text and "'" not in text for text in binding)


def test_a_stored_session_tells_nothing_of_its_person(
    filled: dict[str, Any], owner_sql: Any
) -> None:
    import base64  # noqa: PLC0415

    (sealed,) = owner_sql("SELECT session_data FROM accounts_websession")[0]
    assert str(filled["person"].pk) not in sealed
    assert str(filled["person"].pk).encode() not in base64.urlsafe_b64decode(sealed)

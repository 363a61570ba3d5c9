"""The three connections of the application are three roles that own nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import connections

from undaunted.config.roles import DESK, INTAKE, OWNER, PUBLIC, SERVING, url_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease


@pytest.mark.parametrize(
    ("alias", "role"), [("default", DESK), ("public", PUBLIC), ("intake", INTAKE)]
)
def test_each_alias_connects_as_its_own_role(ledger: Lease, alias: str, role: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == (role, role)


def test_serving_roles_own_nothing_and_have_no_powers(
    owner_sql: Callable[..., list[tuple[object, ...]]],
) -> None:
    powers = owner_sql(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls"
        " OR rolcreaterole OR rolcreatedb OR rolreplication)",
        [[*SERVING, OWNER]],
    )
    owned = owner_sql(
        "SELECT relname FROM pg_class WHERE relowner::regrole::text = ANY(%s)"
        " UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner::regrole::text = ANY(%s)"
        " UNION ALL SELECT proname FROM pg_proc WHERE proowner::regrole::text = ANY(%s)",
        [list(SERVING)] * 3,
    )
    assert powers == []
    assert owned == []


@pytest.mark.parametrize("role", SERVING)
def test_serving_roles_can_make_neither_tables_nor_temporary_tables(
    database_server: Lease, role: str
) -> None:
    url = url_for(role, database_server.passwords[role], host=str(database_server.socket))
    with psycopg.connect(url, autocommit=True) as connection:
        for kind in ("TABLE", "TEMPORARY TABLE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"CREATE {kind} intruder (a int)")


@pytest.mark.parametrize("role", [*SERVING, OWNER, "postgres"])
def test_login_without_the_right_password_is_refused(database_server: Lease, role: str) -> None:
    host = str(database_server.socket)
    for password in ("", "wrong"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url_for(role, password, host=host))


def test_server_listens_on_its_private_socket_only(
    database_server: Lease, owner_sql: Callable[..., list[tuple[object, ...]]]
) -> None:
    assert owner_sql("SHOW listen_addresses") == [("",)]
    assert database_server.socket.stat().st_mode & 0o777 == 0o700

"""Use a PostgreSQL server that somebody else runs, through the owner's address they give us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.config.closing import closing
from undaunted.config.roles import (
    LIMITS,
    OWNER,
    SERVING,
    RoleUrls,
    permissions,
    scram_verifier,
    serving_passwords,
    serving_urls,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import psycopg

__all__ = ["ExternalRefused", "open_external"]


class ExternalRefused(Exception):
    """The given database cannot be used as it is; the message holds the statements that help."""


def open_external(database_url: str, secrets: Path) -> tuple[str, RoleUrls]:
    """Make the serving roles where they are missing; give the owner's and the roles' addresses.

    An address of a superuser is used to make a plain owner, whose place the superuser then takes
    in each connection: tables never belong to a superuser, who would stand above every policy.
    """
    import psycopg  # noqa: PLC0415 - the command starts faster without
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - as above

    passwords = serving_passwords(secrets)
    try:
        connection = psycopg.connect(database_url, autocommit=True)
    except psycopg.Error as error:
        raise ExternalRefused(f"DATABASE_URL: cannot connect: {str(error).strip()}") from None
    with connection:
        _refuse_other_encodings(connection)
        owner, is_superuser = _prepare_roles(connection, passwords)
        database = connection.info.dbname
        for statement in permissions(database, owner):
            _run(connection, statement)
    parts = {name: str(value) for name, value in conninfo_to_dict(database_url).items()}
    for name in ("user", "password", "dbname", "options"):
        parts.pop(name, None)
    host = parts.pop("host", "")
    urls = serving_urls(passwords, host=host, database=database, **parts)
    if not is_superuser:
        return database_url, urls
    joined = "&" if "?" in database_url else "?"
    return f"{database_url}{joined}options=-c%20role%3D{OWNER}", urls


def _refuse_other_encodings(connection: psycopg.Connection[Any]) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        name = connection.info.dbname
        raise ExternalRefused(
            f"The database {name} is encoded in {encoding}; names in many scripts need UTF8. "
            f"Make another: CREATE DATABASE {name}_utf8 TEMPLATE template0 ENCODING 'UTF8';"
        )


def _prepare_roles(
    connection: psycopg.Connection[Any], passwords: Mapping[str, str]
) -> tuple[str, bool]:
    row = connection.execute(
        "SELECT current_user, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    user, is_superuser, may_create = row or ("", False, False)
    there = {
        name
        for (name,) in connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'undaunted%'"
        )
    }
    wanted = SERVING if not is_superuser else (*SERVING, OWNER)
    missing = [role for role in wanted if role not in there]
    if missing and not (may_create or is_superuser):
        statements = "\n".join(f"  CREATE ROLE {role} LOGIN {LIMITS};" for role in missing)
        raise ExternalRefused(
            f"{user} may not create roles. Let a superuser run, once:\n{statements}\n"
            f"  GRANT {', '.join(SERVING)} TO {user} WITH ADMIN OPTION;\n"
            f"  ALTER ROLE {user} CREATEROLE;"
        )
    for role in missing:
        _run(connection, f"CREATE ROLE {role} {'NOLOGIN' if role == OWNER else 'LOGIN'} {LIMITS}")
    for role in SERVING:
        if not _logs_in(connection, role, passwords[role]):
            verifier = scram_verifier(passwords[role])
            _run(connection, f"ALTER ROLE {role} PASSWORD '{verifier}'")
    if is_superuser:
        database = connection.info.dbname
        _run(connection, f'GRANT ALL ON DATABASE "{database}" TO {OWNER}')
        _run(connection, f"ALTER SCHEMA public OWNER TO {OWNER}")
        for statement in closing(OWNER):
            _run(connection, statement)
        return OWNER, True
    return str(user), False


def _logs_in(connection: psycopg.Connection[Any], role: str, password: str) -> bool:
    import psycopg  # noqa: PLC0415 - the command starts faster without

    try:
        with psycopg.connect(connection.info.dsn, user=role, password=password):
            return True
    except psycopg.OperationalError:
        return False


def _run(connection: psycopg.Connection[Any], statement: str) -> None:
    import psycopg  # noqa: PLC0415 - the command starts faster without

    try:
        connection.execute(statement)  # type: ignore[call-overload,unused-ignore]
    except psycopg.errors.InsufficientPrivilege as error:
        shown = statement.partition(" PASSWORD ")[0]
        raise ExternalRefused(
            f"The owner in DATABASE_URL may not run `{shown}`: {error.diag.message_primary}. "
            "Let it own the database and have CREATEROLE, or run the statement for it."
        ) from None

"""Bring the database to the state the code needs, as its owner, and only when something changed."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import contextmanager
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undaunted.config.environment import read_environment
from undaunted.config.loading import load_areas
from undaunted.config.progress import told_by_steps
from undaunted.config.roles import DESK, SERVING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psycopg
    from django.db.backends.utils import CursorWrapper

    from undaunted.config.roles import RoleUrls

__all__ = [
    "DemonstrationCutOff",
    "DemonstrationRefused",
    "acting_as_owner",
    "fingerprint",
    "is_prepared",
    "migrate",
    "prepare",
    "renew_binding_key",
]

PACKAGE = Path(__file__).parents[1]
DEMONSTRATION = "undaunted.prisoners.registry.actions.demonstration"
CAMPAIGN = "undaunted.prisoners.campaigns.actions.demonstration"
RESPONSE = "undaunted.coercion.response.actions.demonstration"
INSTRUMENTS = "undaunted.coercion.instruments.actions.demonstration"
SANCTIONS = "undaunted.repression.sanctions.actions.demonstration"
SCREENING = "undaunted.coercion.screening.actions.demonstration"
COORDINATION = "undaunted.repression.coordination.actions.demonstration"
MEMOS = "undaunted.prisoners.memo.actions.demonstration"
DOSSIERS = "undaunted.repression.dossiers.actions.demonstration"
LOADED = "loaded"
BEGUN = ("demonstration", "begun")
"""The mark that a loading leaves before its first row: where it stays, the loading was cut off."""
MIGRATED_BY = ("django", "django-allauth", "procrastinate")
MARKS = """
    CREATE SCHEMA IF NOT EXISTS installation;
    CREATE TABLE IF NOT EXISTS installation.marks (name text PRIMARY KEY, value text NOT NULL);
    GRANT USAGE ON SCHEMA installation TO undaunted_desk;
    GRANT SELECT ON installation.marks TO undaunted_desk;
"""
DESK_WRITES = (
    "mfa_authenticator",
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)
BINDING_KEY = """
    INSERT INTO accounts_bindingkey (key) VALUES (%s)
    ON CONFLICT (one) DO UPDATE SET key = excluded.key
"""
DESK_READS = ("account_emailaddress",)  # the sign-in library looks there; row security keeps it
BORROWED = (
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    *DESK_WRITES,
)


class DemonstrationRefused(Exception):
    """Invented people were loaded into this database; it must not serve readers."""


class DemonstrationCutOff(DemonstrationRefused):
    """A loading of invented people never ended here, and nothing else is in this database."""


def fingerprint() -> str:
    """Give a digest of everything that decides what the tables look like."""
    digest = hashlib.sha256()
    for name in MIGRATED_BY:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    files = [*PACKAGE.rglob("migrations/*.py"), *PACKAGE.rglob("migrations/*.sql")]
    for file in sorted([*files, *PACKAGE.rglob("packs/*.toml"), Path(__file__)]):
        digest.update(str(file.relative_to(PACKAGE)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def prepare(
    owner_url: str,
    urls: RoleUrls,
    *,
    demonstrate: bool,
    production: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Migrate when the fingerprint changed, and load the demonstration once where it is wanted.

    Where somebody has installed an organisation of their own, no invented people come beside it.
    Where a loading was cut off, `DemonstrationCutOff` says so: half of it can serve nobody. That it
    began is marked before its first row, so that it is told from data of somebody's own.
    """
    import psycopg  # noqa: PLC0415 - the command starts faster without

    os.environ.update(urls.variables())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undaunted.config.settings")
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(MARKS)
        marks = dict(_rows(connection))
        if production and ("demonstration" in marks or _holds_invented_people(connection)):
            raise DemonstrationRefused(
                "This database holds the demonstration's invented people, and the profile is "
                "production. Use an empty database."
            )
        wanted = fingerprint()
        if marks.get("schema") != wanted:
            say("Preparing the database…")
            migrate(owner_url)
            _mark(connection, "schema", wanted)
        connection.execute(BINDING_KEY, [_binding_key()])
        if demonstrate and marks.get("demonstration") != LOADED and not _is_somebodys(connection):
            if "demonstration" in marks or _holds_invented_people(connection):
                raise DemonstrationCutOff(
                    "The demonstration was cut off while it was loaded. This database holds "
                    "nothing else: empty it, then start again."
                )
            if _load_demonstration(owner_url, say, lambda: _mark(connection, *BEGUN)):
                _mark(connection, "demonstration", LOADED)


def is_prepared(desk_url: str) -> bool:
    """Tell a process that did not start the server whether its tables are those of our code."""
    import psycopg  # noqa: PLC0415 - the command starts faster without

    with psycopg.connect(desk_url) as connection:
        return dict(_rows(connection)).get("schema") == fingerprint()


def migrate(owner_url: str) -> None:
    """Run every migration as the owner and give the serving roles their rights on borrowed tables.

    Tables of Django, allauth and Procrastinate have no migration of ours that could grant. Tables
    made since the last time are barred to governments, whichever subject made them.
    """
    load_areas()
    from django.core.management import call_command  # noqa: PLC0415 - needs the apps
    from django.db import connection  # noqa: PLC0415 - needs the apps

    with acting_as_owner(owner_url):
        call_command("migrate", verbosity=0, interactive=False)
        there = set(connection.introspection.table_names())
        with connection.cursor() as cursor:
            for table in there.intersection(BORROWED):
                cursor.execute(f'REVOKE ALL ON "{table}" FROM {", ".join(SERVING)}')
            for table in there.intersection(DESK_WRITES):
                cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO {DESK}')
                _grant_sequences(cursor, table)
            for table in there.intersection(DESK_READS):
                cursor.execute(f'GRANT SELECT ON "{table}" TO {DESK}')
            cursor.execute("SELECT identity_bar_governments()")
            cursor.execute(BINDING_KEY, [_binding_key()])


@contextmanager
def acting_as_owner(owner_url: str) -> Iterator[None]:
    """Let Django's default connection of this process be the owner's, for the block only."""
    from django.db import connections  # noqa: PLC0415 - needs the settings
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - the command starts faster

    settings = connections.settings["default"]
    before = {name: settings[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    options = settings["OPTIONS"]
    parts = {name: str(value) for name, value in conninfo_to_dict(owner_url).items()}
    _close_default()
    settings.update(
        NAME=parts.pop("dbname"),
        USER=parts.pop("user"),
        PASSWORD=parts.pop("password", ""),
        HOST=parts.pop("host", ""),
        PORT=parts.pop("port", ""),
        OPTIONS=parts,
    )
    try:
        yield
    finally:
        connections["default"].close()
        settings.update(before, OPTIONS=options)


def renew_binding_key(owner_url: str) -> None:
    """Tell the database the key with which this installation opens identities."""
    import psycopg  # noqa: PLC0415 - the command starts faster without

    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(BINDING_KEY, [_binding_key()])


def _binding_key() -> bytes:
    from django.conf import settings  # noqa: PLC0415 - needs the settings

    return bytes(settings.SESSION_BINDING_KEY)


def _close_default() -> None:
    from django.db import connections  # noqa: PLC0415 - needs the settings

    connection: Any = connections["default"]
    connection.close()
    connection.close_pool()


def _grant_sequences(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(
        "SELECT pg_get_serial_sequence(%s, attname) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [table, table],
    )
    for (sequence,) in cursor.fetchall():
        if sequence:
            cursor.execute(f"GRANT USAGE ON SEQUENCE {sequence} TO {DESK}")


def _load_demonstration(
    owner_url: str, say: Callable[[str], None], begin: Callable[[], None]
) -> bool:
    """Load invented people after `begin`; False where this code has none."""
    if not read_environment().may_demonstrate:
        raise DemonstrationRefused(
            "Invented people are loaded on a laptop only, with a web server that listens on this "
            "machine alone."
        )
    load_areas()
    if find_spec(DEMONSTRATION) is None:
        return False
    load: Callable[..., None] = import_module(DEMONSTRATION).load_demonstration
    begin()
    say("Loading the demonstration: invented people, once; it takes a minute or two.")
    logins: list[str] = []
    with told_by_steps(say) as step:
        load(lambda: acting_as_owner(owner_url), say=logins.append, step=step)
        import_module(CAMPAIGN).load_campaign()
        import_module(MEMOS).load_memos()
        import_module(RESPONSE).load_response(lambda: acting_as_owner(owner_url), say=logins.append)
        instruments = import_module(INSTRUMENTS)
        instruments.load_instruments(lambda: acting_as_owner(owner_url), say=logins.append)
        sanctions = import_module(SANCTIONS)
        sanctions.load_sanctions(lambda: acting_as_owner(owner_url), say=logins.append)
        screening = import_module(SCREENING)
        screening.load_screening(lambda: acting_as_owner(owner_url), say=logins.append)
        import_module(DOSSIERS).load_dossiers()
        coordination = import_module(COORDINATION)
        coordination.load_coordination(lambda: acting_as_owner(owner_url), say=logins.append)
    print(*logins, sep="\n", file=sys.stderr, flush=True)  # noqa: T201 - no answer, no log
    return True


def _rows(connection: psycopg.Connection[tuple[Any, ...]]) -> list[tuple[str, str]]:
    found = connection.execute("SELECT name, value FROM installation.marks")
    return [(str(name), str(value)) for name, value in found]


def _holds_invented_people(connection: psycopg.Connection[tuple[Any, ...]]) -> bool:
    """Tell whether a loading began here, even if it never ended."""
    there = connection.execute("SELECT to_regclass('public.accounts_user')").fetchone()
    if there is None or there[0] is None:
        return False
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM accounts_user WHERE demonstration)"
        " OR EXISTS (SELECT 1 FROM accounts_organisation WHERE demonstration)"
    ).fetchone()
    return bool(found and found[0])


def _is_somebodys(connection: psycopg.Connection[tuple[Any, ...]]) -> bool:
    """Tell whether an organisation or an account is here that no demonstration made."""
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM accounts_organisation WHERE NOT demonstration)"
        " OR EXISTS (SELECT 1 FROM accounts_user WHERE NOT demonstration)"
    ).fetchone()
    return bool(found and found[0])


def _mark(connection: psycopg.Connection[tuple[Any, ...]], name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO installation.marks VALUES (%s, %s)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )

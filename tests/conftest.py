"""What every test may use: a private database server with the three roles, and nothing outside.

The server is embedded, forgets its writes, lives in a temporary folder, and belongs to this process
alone, so that several processes test side by side. Its migrated files are kept under `var/` and
copied as long as no migration changes.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["UNDAUNTED_PROFILE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "undaunted.config.settings"
for _name in ("DATABASE_URL", "UNDAUNTED_DESK_URL", "UNDAUNTED_PUBLIC_URL", "UNDAUNTED_INTAKE_URL"):
    os.environ.pop(_name, None)
_FILES = Path(tempfile.mkdtemp(prefix="undaunted-files-"))
os.environ["UNDAUNTED_VAR"] = str(_FILES)
(_FILES / "static").mkdir()

gc.disable()  # until all is imported and collected: a search finds nothing that may go

import django  # noqa: E402 - the profile comes first
import psycopg  # noqa: E402
import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

django.setup()

from django.db import connections  # noqa: E402
from django.utils import translation  # noqa: E402
from psycopg.conninfo import conninfo_to_dict  # noqa: E402

from tests.compiling import compile_a_part  # noqa: E402
from tests.emptying import empty_tables, teach_emptying  # noqa: E402
from tests.measuring import LEDGERS, measure_mirrors_alone  # noqa: E402
from tests.prepared import CACHE, kept_files  # noqa: E402
from tests.remembering import (  # noqa: E402
    derive_lightly,
    keep_memory,
    remember_static_files,
    tell_of_whole_pages,
)
from undaunted.config import schema  # noqa: E402
from undaunted.config.keys import private_folder  # noqa: E402
from undaunted.config.postgres import EmbeddedServer, Lease  # noqa: E402
from undaunted.config.postgres.locks import FileLock  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.plugin import DjangoDbBlocker

REFERENCE_TABLES = frozenset(
    {
        "accounts_bindingkey",
        "audit_head",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
    }
)
"""Tables that migrations fill; a model adds its own by `reference = True`."""

LONGEST = ("journeys", "attacks")

for _form, _examples in (("short", 40), ("long", 400)):
    settings.register_profile(
        _form,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        print_blob=True,
        max_examples=_examples,
    )
settings.load_profile("long" if os.environ.get("UNDAUNTED_DRILL") == "long" else "short")
derive_lightly()
keep_memory()
remember_static_files()
tell_of_whole_pages()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each worker name a folder of its own: what is inherited would be read before it can."""
    del os.environ["DJANGO_SETTINGS_MODULE"], os.environ["UNDAUNTED_VAR"]


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Come after the plugin that measures coverage has begun."""
    measure_mirrors_alone(session.config)
    compile_a_part(session.config)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with journeys, then attacks, and end with what needs no database.

    A file is never divided: one that is long and begins last keeps the other processes waiting.
    Journeys follow one another, since a process opens one browser for them.
    """
    long = {
        item.path for item in items if not LEDGERS.isdisjoint(getattr(item, "fixturenames", ()))
    }
    items.sort(key=lambda item: (_turn(item.path), item.path not in long))


def _turn(path: Path) -> int:
    return next((at for at, each in enumerate(LONGEST) if each in path.parts), len(LONGEST))


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(25_000, 10, 10)
    gc.enable()


def pytest_unconfigure() -> None:
    shutil.rmtree(_FILES, ignore_errors=True)


@pytest.fixture(scope="session")
def database_server(django_db_blocker: DjangoDbBlocker) -> Iterator[Lease]:
    """Give the running server, migrated; its lease alone knows the owner's password."""
    folder = Path(tempfile.mkdtemp(prefix="undaunted-", dir="/tmp"))
    server = EmbeddedServer(folder / "postgres", folder / "secrets", durable=False)
    private_folder(server.places.folder)
    try:
        with django_db_blocker.unblock():
            _copy_or_make(server)
        teach_emptying(server.places.data)
        lease = server.open()
        assert lease.owner_url is not None
        schema.renew_binding_key(lease.owner_url)
        _let_tests_act_at_other_times(lease.owner_url)
        _point_django_at(lease)
        yield lease
        with django_db_blocker.unblock():
            _close_connections()
        lease.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(database_server: Lease) -> None:
    """Stand in for pytest-django's own database."""


@pytest.fixture(scope="session")
def _owner(database_server: Lease) -> Iterator[psycopg.Connection[Any]]:
    """Give the owner's connection, the same for every test."""
    assert database_server.owner_url is not None
    with psycopg.connect(database_server.owner_url, autocommit=True) as connection:
        connection.prepare_threshold = None  # tables change between two statements
        yield connection


@pytest.fixture
def owner_sql(
    _owner: psycopg.Connection[Any],
) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
    """Run one statement as the owner, committed at once; gives its rows."""

    def run(statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        cursor = _owner.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []

    yield run
    _owner.execute("RESET ALL")
    _owner.execute("DISCARD TEMP")


@pytest.fixture
def ledger(
    database_server: Lease, _owner: psycopg.Connection[Any], django_db_blocker: DjangoDbBlocker
) -> Iterator[Lease]:
    """Give the database with real commits through the three roles; the owner empties it after."""
    with _emptied_after(_owner, django_db_blocker):
        yield database_server


@pytest.fixture(scope="module")
def module_ledger(
    database_server: Lease, _owner: psycopg.Connection[Any], django_db_blocker: DjangoDbBlocker
) -> Iterator[Lease]:
    """Give the same to all tests of a module that only read what the module has written."""
    with _emptied_after(_owner, django_db_blocker):
        yield database_server


@contextmanager
def _emptied_after(
    owner: psycopg.Connection[Any], django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            _give_connections_back()
            _empty(owner)


def _copy_or_make(server: EmbeddedServer) -> None:
    """Give the server migrated files: the kept ones, or new ones, kept for the next time."""
    private_folder(CACHE)
    kept = kept_files()
    lock = FileLock(CACHE / "lock")
    lock.wait_alone(seconds=180, why="Another test run is preparing the database.")
    try:
        if not kept.exists():
            _make(server, kept)
        else:
            shutil.copytree(kept, server.places.data, symlinks=True)
    finally:
        lock.release()
    server.places.data.chmod(0o700)


def _make(server: EmbeddedServer, kept: Path) -> None:
    lease = server.open()
    try:
        assert lease.owner_url is not None
        schema.migrate(lease.owner_url)
        connections["default"].close()
    finally:
        lease.close()
    for old in CACHE.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    draft = kept.with_suffix(".draft")
    shutil.copytree(server.places.data, draft, symlinks=True)
    draft.rename(kept)


def _let_tests_act_at_other_times(owner_url: str) -> None:
    """Widen how far back a step of a screening case may be dated; an attack asks the product's."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(
            "CREATE OR REPLACE FUNCTION screening_slack() RETURNS interval"
            " LANGUAGE sql STABLE SET search_path = pg_catalog, public"
            " AS $$ SELECT interval '100 years' $$"
        )


def _point_django_at(lease: Lease) -> None:
    urls = {"default": lease.urls.desk, "public": lease.urls.public, "intake": lease.urls.intake}
    for alias, url in urls.items():
        parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
        connections.settings[alias].update(
            NAME=parts["dbname"],
            USER=parts["user"],
            PASSWORD=parts["password"],
            HOST=parts["host"],
        )


def _close_connections() -> None:
    for alias in connections:
        connection: Any = connections[alias]
        connection.close()
        connection.close_pool()


def _give_connections_back() -> None:
    """Leave the pools open for the next test, but for one whose connections are not all back."""
    for alias in connections:
        connection: Any = connections[alias]
        connection.close()
        told = connection.pool.get_stats()
        if told.get("pool_size", 0) != told.get("pool_available", 0):
            connection.close_pool()


def _reference_tables() -> set[str]:
    from django.apps import apps  # noqa: PLC0415 - after the setup

    declared = {
        m._meta.db_table for m in apps.get_models() if getattr(m, "reference", False) is True
    }
    return declared | REFERENCE_TABLES


def _empty(owner: psycopg.Connection[Any]) -> None:
    empty_tables(owner, _reference_tables())
    owner.execute("UPDATE audit_head SET seq = 0, hash = repeat('0', 64)")
    owner.execute("UPDATE consent_ledgerhead SET number = 0, hash = repeat('0', 64)")
    shutil.rmtree(_FILES / "withdrawals", ignore_errors=True)
    (_FILES / "anchors" / "withdrawals.json").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _nobody_elses_language() -> Iterator[None]:
    """Leave no language to the next test."""
    translation.deactivate()
    yield
    translation.deactivate()

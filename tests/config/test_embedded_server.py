"""The embedded server starts, is shared, survives every way of dying, and tells nobody its keys."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from undaunted.config import database
from undaunted.config.database import open_database
from undaunted.config.environment import read_environment
from undaunted.config.postgres import Binaries, EmbeddedServer, ServerError, upgrade_cluster
from undaunted.config.postgres.places import SUN_PATH, Places
from undaunted.config.postgres.recovery import living_postmaster
from undaunted.config.roles import serving_urls
from undaunted.config.schema import DemonstrationCutOff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.config.postgres import Lease


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="undaunted-", dir="/tmp"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedServer]:
    made = EmbeddedServer(folder / "postgres", folder / "secrets")
    yield made
    made.stop()


def until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


def owner(lease: Lease) -> psycopg.Connection[tuple[object, ...]]:
    assert lease.owner_url is not None
    return psycopg.connect(lease.owner_url, autocommit=True)


def note(lease: Lease) -> None:
    with owner(lease) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'kept' AS word")


def noted(lease: Lease) -> list[tuple[object, ...]]:
    with owner(lease) as connection:
        return connection.execute("SELECT word FROM note").fetchall()


def test_server_stops_when_its_last_user_gives_it_back(server: EmbeddedServer) -> None:
    first = server.open()
    second = server.open()
    first.close()
    assert server.running()
    with psycopg.connect(second.urls.desk) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    second.close()
    assert not server.running()
    assert living_postmaster(server.places.data) is None


def test_only_the_one_who_starts_it_learns_the_owner_and_each_start_anew(
    server: EmbeddedServer,
) -> None:
    first = server.open()
    second = server.open()
    assert second.owner_url is None
    first.close()
    second.close()
    third = server.open()
    assert third.owner_password not in {None, first.owner_password}
    assert third.passwords == first.passwords
    third.close()


def test_what_was_committed_survives_a_killed_server(server: EmbeddedServer) -> None:
    lease = server.open()
    note(lease)
    number = living_postmaster(server.places.data)
    assert number is not None
    os.kill(number, signal.SIGKILL)
    assert until(lambda: not server.running())
    again = server.open()
    assert noted(again) == [("kept",)]
    again.close()
    lease.close()


def test_server_whose_keeper_was_killed_is_replaced(server: EmbeddedServer) -> None:
    lease = server.open()
    note(lease)
    orphan = living_postmaster(server.places.data)
    os.kill(int(server.places.keeper_lock.read_text(encoding="ascii")), signal.SIGKILL)
    assert until(lambda: not server.running())
    again = server.open()
    assert living_postmaster(server.places.data) not in {None, orphan}
    assert noted(again) == [("kept",)]
    again.close()
    lease.close()


def test_server_stops_when_its_only_user_is_killed(server: EmbeddedServer, folder: Path) -> None:
    program = (
        "import sys, pathlib; from undaunted.config.postgres import EmbeddedServer as E;"
        "f = pathlib.Path(sys.argv[1]); lease = E(f / 'postgres', f / 'secrets').open();"
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == "open\n"
        assert server.running()
        user.kill()
    assert until(lambda: not server.running())
    assert living_postmaster(server.places.data) is None


def test_lock_files_that_name_some_living_process_do_not_stop_a_start(
    server: EmbeddedServer,
) -> None:
    server.open().close()
    remains = f"{os.getpid()}\n{server.places.data}\n1\n5432\n\n\n0 0\nready\n"
    (server.places.data / "postmaster.pid").write_text(remains, encoding="ascii")
    socket = server.places.socket_folder()
    (socket / ".s.PGSQL.5432.lock").write_text(remains, encoding="ascii")
    (socket / ".s.PGSQL.5432").touch()
    lease = server.open()
    assert server.running()
    lease.close()


def test_half_made_files_of_a_crash_are_replaced(server: EmbeddedServer) -> None:
    half = server.places.folder / "data.dead.draft"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    server.open().close()
    assert not half.exists()


def test_server_begins_anew_only_where_nobody_uses_it(server: EmbeddedServer) -> None:
    lease = server.open()
    note(lease)
    with pytest.raises(ServerError, match="in use"):
        server.begin_anew()
    assert noted(lease) == [("kept",)]
    lease.close()
    first = server.begin_anew()
    assert (first / "PG_VERSION").exists(), "nothing is destroyed on a guess"
    again = server.open()
    with owner(again) as connection:
        there = connection.execute("SELECT to_regclass('note')").fetchone()
    again.close()
    assert there == (None,)
    for name in ("data-17-of-an-upgrade", "data.kept"):
        (server.places.folder / name).mkdir()
    second = server.begin_anew()
    left = {each.name for each in server.places.folder.glob("data*")}
    assert left == {second.name, "data-17-of-an-upgrade", "data.kept"}, "the newest alone is kept"


def test_demonstration_that_was_cut_off_is_loaded_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[bool] = []

    def cut_off_once(owner_url: str, _urls: object, **_: object) -> None:
        with psycopg.connect(owner_url) as connection:
            half = connection.execute("SELECT to_regclass('half')").fetchone()
            tried.append(half == (None,))
            connection.execute("CREATE TABLE half ()")
        if len(tried) == 1:
            raise DemonstrationCutOff

    monkeypatch.setattr(database, "prepare", cut_off_once)
    environment = replace(read_environment(), var=folder)
    said: list[str] = []
    opened = open_database(environment, None, say=said.append, settle=False)
    opened.close()
    assert tried == [True, True]
    (aside,) = (folder / "postgres").glob("data.*")
    assert said == [
        "The demonstration was cut off while it was loaded: it is loaded anew.",
        f"What there was of it is laid aside in {aside}.",
    ]


def test_two_checkouts_run_side_by_side(server: EmbeddedServer, folder: Path) -> None:
    other = EmbeddedServer(folder / "other" / "postgres", folder / "other" / "secrets")
    one, two = server.open(), other.open()
    assert one.socket != two.socket
    note(one)
    with pytest.raises(psycopg.errors.UndefinedTable):
        noted(two)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(serving_urls(one.passwords, host=str(two.socket)).desk)
    one.close()
    two.close()


def test_socket_of_a_deep_folder_gets_a_short_private_one(folder: Path) -> None:
    places = Places(folder / ("deep" * 20) / "postgres")
    socket = places.socket_folder()
    assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= SUN_PATH
    assert socket.stat().st_mode & 0o777 == 0o700
    assert socket != Places(folder / ("Deep" * 20) / "postgres").socket_folder()
    for made in (socket, Places(folder / ("Deep" * 20) / "postgres").socket_folder()):
        made.rmdir()


def test_owners_password_is_in_no_file_argument_or_environment(
    server: EmbeddedServer, folder: Path
) -> None:
    lease = server.open()
    note(lease)
    assert lease.owner_password is not None
    secret = lease.owner_password.encode()
    number = living_postmaster(server.places.data)
    keeper = server.places.keeper_lock.read_text(encoding="ascii")
    processes = [Path("/proc") / str(each) for each in (number, keeper, os.getpid())]
    seen = [(each / name).read_bytes() for each in processes for name in ("environ", "cmdline")]
    lease.close()
    assert not [file for file in folder.rglob("*") if _holds(file, secret)]
    assert not [text for text in seen if secret in text]


def test_secrets_on_disk_are_their_owners_alone(server: EmbeddedServer, folder: Path) -> None:
    server.open().close()
    modes = {file.name: file.stat().st_mode & 0o777 for file in (folder / "secrets").iterdir()}
    assert set(modes.values()) == {0o600}
    assert (folder / "secrets").stat().st_mode & 0o777 == 0o700
    assert server.places.data.stat().st_mode & 0o777 == 0o700


def test_files_of_another_version_are_refused_untouched(server: EmbeddedServer) -> None:
    server.open().close()
    version = server.places.data / "PG_VERSION"
    version.write_text("17\n", encoding="ascii")
    with pytest.raises(ServerError, match="database upgrade --old"):
        server.open()
    assert version.read_text(encoding="ascii") == "17\n"
    assert not server.in_use()


def test_upgrade_carries_rows_rights_and_keeps_the_old_files(server: EmbeddedServer) -> None:
    lease = server.open()
    with owner(lease) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE TABLE note AS SELECT 'kept' AS word")
        connection.execute("ALTER TABLE note ENABLE ROW LEVEL SECURITY")
        connection.execute("ALTER TABLE note FORCE ROW LEVEL SECURITY")
        connection.execute("CREATE POLICY all_rows ON note USING (true)")
        connection.execute("GRANT SELECT ON note TO undaunted_desk")
    lease.close()
    wheel = Binaries.find().folder.parents[1]
    kept = upgrade_cluster(server, wheel)
    assert (kept / "PG_VERSION").exists()
    lease = server.open()
    with psycopg.connect(lease.urls.desk) as connection:
        assert connection.execute("SELECT word FROM note").fetchall() == [("kept",)]
    public = psycopg.connect(lease.urls.public)
    with public, pytest.raises(psycopg.errors.InsufficientPrivilege):
        public.execute("SELECT word FROM note")
    lease.close()


def test_missing_wheel_says_what_to_do() -> None:
    with pytest.raises(ServerError, match="DATABASE_URL"):
        Binaries.find("no_such_package")


def _holds(file: Path, secret: bytes) -> bool:
    return file.is_file() and secret in file.read_bytes()

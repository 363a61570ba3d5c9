"""A server somebody else runs is used through its owner, and never as a superuser."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from undaunted.config.external import ExternalRefused, open_external
from undaunted.config.postgres import Binaries
from undaunted.config.roles import url_for

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "of-the-tests-only"


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """Run a server as an administrator would: a superuser with a password."""
    folder = Path(tempfile.mkdtemp(prefix="undaunted-", dir="/tmp"))
    binaries = Binaries.find()
    (folder / "password").write_text(PASSWORD, encoding="ascii")
    data = str(folder / "data")
    made = binaries.run(
        "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--no-sync",
        "--encoding=UTF8",
        f"--pwfile={folder / 'password'}",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    binaries.run("pg_ctl", "start", "-w", "-D", data, "-o", options, "-l", str(folder / "log"))
    yield str(folder)
    binaries.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    shutil.rmtree(folder)


def superuser(host: str, statement: str) -> None:
    url = url_for("postgres", PASSWORD, host=host, database="postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def test_superusers_place_is_taken_by_a_plain_owner(host: str, tmp_path: Path) -> None:
    superuser(host, "CREATE DATABASE one")
    given = url_for("postgres", PASSWORD, host=host, database="one")
    for _again in range(2):
        owner_url, urls = open_external(given, tmp_path / "secrets")
    with psycopg.connect(owner_url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("undaunted_owner",)
        connection.execute("CREATE TABLE note (word text)")
        connection.execute("GRANT SELECT ON note TO undaunted_public")
        connection.execute("CREATE EXTENSION pg_trgm")
    with psycopg.connect(urls.public) as connection:
        assert connection.execute("SELECT * FROM note").fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT n_tup_ins FROM pg_stat_all_tables")
    desk = psycopg.connect(urls.desk)
    with desk, pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute("SELECT * FROM note")


def test_database_that_is_not_unicode_is_refused(host: str, tmp_path: Path) -> None:
    superuser(host, "CREATE DATABASE three TEMPLATE template0 ENCODING 'SQL_ASCII'")
    given = url_for("postgres", PASSWORD, host=host, database="three")
    with pytest.raises(ExternalRefused, match="UTF8"):
        open_external(given, tmp_path / "secrets")


def test_owner_without_rights_is_told_the_statements(host: str, tmp_path: Path) -> None:
    superuser(host, f"CREATE ROLE plain LOGIN PASSWORD '{PASSWORD}'")
    superuser(host, "CREATE DATABASE two OWNER plain")
    given = url_for("plain", PASSWORD, host=host, database="two")
    with pytest.raises(ExternalRefused, match=r"CREATE ROLE undaunted_desk|ALTER ROLE"):
        open_external(given, tmp_path / "secrets")


def test_unreachable_server_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(ExternalRefused) as refusal:
        open_external(f"postgresql://x:{PASSWORD}@/y?host=/nowhere", tmp_path / "secrets")
    assert PASSWORD not in str(refusal.value)

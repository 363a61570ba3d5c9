"""The files of a database that the tests have migrated, for whoever needs another one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.config import schema
from undaunted.config.postgres import Binaries
from undaunted.config.postgres.cluster import single_user
from undaunted.config.roles import DATABASE, OWNER

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CACHE", "copy_prepared", "kept_files"]

CACHE = Path(__file__).parents[1] / "var" / "test-cluster"


def kept_files() -> Path:
    """Give the folder of the migrated files that belong to the code as it is."""
    return CACHE / schema.fingerprint()[:32]


def copy_prepared(data: Path) -> None:
    """Copy the migrated files and mark them as prepared, as whoever has migrated them would.

    They are there once the fixture `database_server` is.
    """
    shutil.copytree(kept_files(), data, symlinks=True)
    data.chmod(0o700)
    single_user(Binaries.find(), data, DATABASE, _marked())


def _marked() -> Sequence[str]:
    return (
        f"CREATE SCHEMA installation AUTHORIZATION {OWNER}",
        "CREATE TABLE installation.marks (name text PRIMARY KEY, value text NOT NULL)",
        f"ALTER TABLE installation.marks OWNER TO {OWNER}",
        f"INSERT INTO installation.marks VALUES ('schema', '{schema.fingerprint()}')",
    )

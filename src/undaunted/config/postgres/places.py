"""Where one installation's server keeps its files, and where its socket fits."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from undaunted.config.keys import private_folder
from undaunted.config.postgres.errors import ServerError

__all__ = ["PORT", "Places"]

PORT = 5432
"""Part of the socket's file name only: nothing listens on a network."""

SUN_PATH = 103
"""The longest socket path every system accepts (108 on Linux, 104 elsewhere, less the end)."""


@dataclass(frozen=True)
class Places:
    """The folder of one server and what lies in it."""

    folder: Path

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.folder / "data"

    def aside(self, when: int) -> Path:
        """Give where data are laid aside, by nanoseconds since 1970."""
        return self.folder / f"data.{when}"

    def laid_aside(self) -> list[Path]:
        """Give what was laid aside before: no draft, and nothing that an upgrade left."""
        named = re.compile(r"data\.[0-9]{1,20}")
        found = (each for each in self.folder.iterdir() if named.fullmatch(each.name))
        return [each for each in found if each.is_dir() and not each.is_symlink()]

    @property
    def log(self) -> Path:
        """What the server and its keeper say."""
        return self.folder / "server.log"

    @property
    def start_lock(self) -> Path:
        """Held by whoever starts, stops or upgrades."""
        return self.folder / "start.lock"

    @property
    def clients_lock(self) -> Path:
        """Shared by everybody who uses the server; the keeper waits to have it alone."""
        return self.folder / "clients.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper as long as it lives; holds its process number."""
        return self.folder / "keeper.lock"

    def socket_folder(self) -> Path:
        """Give a folder for the socket that only we can enter, made when absent.

        Beside the data where the path is short enough. Otherwise in the run-time folder under a
        name derived from the data's path, so that each checkout has its own.
        """
        beside = self.folder / "socket"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= SUN_PATH:
            return private_folder(beside)
        return self._short_folder()

    def _short_folder(self) -> Path:
        name = hashlib.sha256(os.fsencode(self.folder.resolve())).hexdigest()[:16]
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        folder = base / f"undaunted-{name}"
        if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > SUN_PATH:
            folder = Path("/tmp") / folder.name  # noqa: S108 - checked below
        folder.mkdir(mode=0o700, exist_ok=True)
        seen = folder.lstat()
        if folder.is_symlink() or seen.st_uid != os.geteuid():
            raise ServerError(
                f"{folder} belongs to somebody else. Remove it, or set UNDAUNTED_VAR."
            )
        return private_folder(folder)

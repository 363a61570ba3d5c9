"""What a killed server leaves behind, and how to tell a dead one from a living one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.config.postgres.errors import ServerError

if TYPE_CHECKING:
    from undaunted.config.postgres.places import Places

__all__ = ["clear_remains", "living_postmaster"]

PATIENCE = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))


def clear_remains(places: Places) -> None:
    """Stop a server without keeper and remove the lock files of a dead one.

    PostgreSQL believes a lock file as long as any process has its number, which after a restart of
    a container is nearly always so. We look whether that process is a server over these data.
    """
    number = living_postmaster(places.data)
    if number is not None:
        _stop(number, places.data)
    (places.data / "postmaster.pid").unlink(missing_ok=True)
    for left in places.socket_folder().glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)


def living_postmaster(data: Path) -> int | None:
    """Give the process number of the server that runs over `data`; None for a dead one."""
    try:
        number = int((data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return number if number > 1 and _serves(number, data) else None


def _serves(number: int, data: Path) -> bool:
    if sys.platform == "linux":
        process = Path("/proc") / str(number)
        try:
            state = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            program = (process / "exe").readlink().name
            return (
                state not in "ZX"
                and program.startswith("postgres")
                and (process / "cwd").samefile(data)
            )
        except OSError:
            return False
    said = subprocess.run(  # noqa: S603 - a number of ours
        ["/bin/ps", "-o", "stat=,command=", "-p", str(number)],
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    return bool(said) and not said.startswith("Z") and "postgres" in said and str(data) in said


def _stop(number: int, data: Path) -> None:
    for kind, seconds in PATIENCE:
        try:
            os.kill(number, kind)
        except ProcessLookupError:
            return
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not _serves(number, data):
                return
            time.sleep(0.05)
    raise ServerError(f"The server with process number {number} over {data} does not stop.")

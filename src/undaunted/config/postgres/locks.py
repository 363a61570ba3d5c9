"""File locks that the kernel releases when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING

from undaunted.config.postgres.errors import ServerError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FileLock"]

PAUSE = 0.02


class FileLock:
    """One lock file, held shared or alone until `release` or the end of the process."""

    def __init__(self, path: Path) -> None:
        """Open the lock file, made when absent; hold nothing yet."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.path = path

    def try_alone(self) -> bool:
        """Hold the lock alone if nobody holds it."""
        return self._try(fcntl.LOCK_EX)

    def try_shared(self) -> bool:
        """Share the lock if nobody holds it alone."""
        return self._try(fcntl.LOCK_SH)

    def wait_alone(self, *, seconds: float, why: str) -> None:
        """Hold the lock alone, waiting for others at most `seconds`."""
        self._wait(fcntl.LOCK_EX, seconds, why)

    def wait_shared(self, *, seconds: float, why: str) -> None:
        """Share the lock, waiting for one who holds it alone at most `seconds`."""
        self._wait(fcntl.LOCK_SH, seconds, why)

    def release(self) -> None:
        """Let go and close; releasing twice is harmless."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(self, kind: int, seconds: float, why: str) -> None:
        until = time.monotonic() + seconds
        while not self._try(kind):
            if time.monotonic() > until:
                raise ServerError(f"{why} ({self.path} stayed locked for {seconds:.0f} seconds)")
            time.sleep(PAUSE)

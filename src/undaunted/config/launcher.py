"""Start one of the supervisor's processes so that it cannot outlive the supervisor.

Run as a script, with Python alone: `launcher.py PARENT COMMAND…`. On Linux the kernel ends the
process when its parent dies, however it dies. No process of ours may write a core file.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

__all__ = ["main"]

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Become `command`, bound to the life of process `parent`."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            raise SystemExit("The supervisor has gone.")
    os.execv(command[0], command)  # noqa: S606 - our own words, no shell


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

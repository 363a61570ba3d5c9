"""The keeper: a small process that runs the server and stops it when its last user has gone.

Run as a script, with Python alone: `keeper.py LOCK CLIENTS COMMAND…`. Every user of the server
shares a lock on CLIENTS, which the kernel takes away when that user ends or is killed. The keeper
waits to have the lock alone and then stops the server; until the keeper has ended, newcomers wait.
The command returns once LOCK is held; the keeper itself goes on as nobody's child.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["main"]

PATIENCE = 30


def main(lock: str, clients: str, command: list[str]) -> int:
    """Hold `lock` and, as another process, run `command` until nobody holds `clients`."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("another keeper holds", lock, file=sys.stderr)  # noqa: T201 - goes to the log
        return 75
    if os.fork():
        return 0
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own words

    def stop(_signal: int = 0, _frame: FrameType | None = None) -> None:
        server.send_signal(signal.SIGINT)
        watch = threading.Timer(PATIENCE, server.send_signal, [signal.SIGQUIT])
        watch.daemon = True
        watch.start()

    def wait_for_the_last() -> None:
        fcntl.flock(os.open(clients, os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX)
        stop()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    threading.Thread(target=wait_for_the_last, daemon=True).start()
    return server.wait()


if __name__ == "__main__":
    status = main(sys.argv[1], sys.argv[2], sys.argv[3:])
    os._exit(status & 0xFF)

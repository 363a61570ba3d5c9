"""Run everything: the database, the web server and the worker, and stop all of it together.

A child that ends by itself is started anew, so that whatever ended it shuts nobody out for longer
than a start takes: one whole installation is not to hang on one file that some library dies of.

The supervisor alone knows the owner of the database, and only while it prepares. Its two children
get the addresses of the three serving roles. Each child is a process group of its own, so that a
Ctrl-C in the terminal reaches the supervisor only, which then asks each child once.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.config.database import open_database
from undaunted.config.environment import setting_variables
from undaunted.config.memory import close_memory
from undaunted.config.postgres import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FrameType

    from undaunted.config.database import Database
    from undaunted.config.environment import Environment

__all__ = ["Child", "run", "watch", "without_owner"]

LAUNCHER = Path(__file__).with_name("launcher.py")
CONNECTIONS = "1024"
"""Connections held open at once; a browser keeps six idle, and they are not to shut others out."""
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WEB_SECONDS = 60.0
STOP_SECONDS = 8.0
PAUSE = 0.05
SHORT_SECONDS = 10.0
"""A child that ended within so many seconds of its start has hardly begun."""
SHORT_LIVES = 5
"""So many hardly begun ones in a row, and another start would bring no more."""
SECRETS_OF_THE_OWNER = ("DATABASE_URL", "PGPASSWORD", "PGUSER", "PGPASSFILE", "PGSERVICE")


@dataclass
class Child:
    """The web server or the worker, and how often in a row it hardly began."""

    name: str
    module: list[str]
    variables: dict[str, str]
    process: subprocess.Popen[bytes] = field(init=False)
    begun: float = field(init=False)
    short: int = 0

    def __post_init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        words = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), sys.executable, "-m"]
        self.process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            [*words, *self.module],
            stdin=subprocess.DEVNULL,
            env=self.variables,
            process_group=0,
        )
        self.begun = time.monotonic()

    def ended(self) -> str | None:
        """Say how it ended, if it did."""
        status = self.process.poll()
        return None if status is None else f"The {self.name} ended by itself (status {status})"

    def anew(self) -> bool:
        """Start it again once nothing of it is left; not where that has been of no use so far."""
        now = time.monotonic()
        self.short = self.short + 1 if now - self.begun < SHORT_SECONDS else 0
        if self.short >= SHORT_LIVES:
            return False
        self.make_sure(now)
        self._begin()
        return True

    def ask_to_stop(self) -> None:
        """Ask it to end in its own time."""
        with suppress(ProcessLookupError):
            self.process.terminate()

    def make_sure(self, until: float) -> None:
        """See to it that nothing of its group is left, once the clock stands at `until`."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, until - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def run(environment: Environment, database_url: str | None, *, say: Callable[[str], None]) -> int:
    """Run until a signal, or until the database ends or a child does not live; give the status."""
    close_memory()
    _refuse_taken_address(environment)
    for name in SECRETS_OF_THE_OWNER:
        os.environ.pop(name, None)
    database = open_database(environment, database_url, say=say)
    (environment.var / "static").mkdir(parents=True, exist_ok=True)
    children: list[Child] = []
    asked = threading.Event()
    before = {number: signal.signal(number, _set(asked)) for number in STOPPING}
    try:
        variables = _variables(environment, database)
        _catch_up(environment, database)
        # Another installation may have begun to listen meanwhile: both would answer by turns.
        _refuse_taken_address(environment)
        children.append(Child("web server", _web(environment), variables))
        ended = _wait_for_web(environment, children, asked)
        if ended is None and not asked.is_set():
            children.append(Child("worker", _worker(), variables))
            say(f"{environment.origin}  (Ctrl-C stops)")
            ended = watch(database, children, asked, say)
    finally:
        _stop(children)
        database.close()
        for number, handler in before.items():
            signal.signal(number, handler)
    if ended is None:
        say("Stopped.")
        return 0
    say(f"{ended}; everything was stopped.")
    return 1


def _set(asked: threading.Event) -> Callable[[int, FrameType | None], None]:
    def handle(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    return handle


def _variables(environment: Environment, database: Database) -> dict[str, str]:
    names = setting_variables()
    return {
        **os.environ,
        **database.urls.variables(),
        "DJANGO_SETTINGS_MODULE": "undaunted.config.settings",
        names["profile"]: environment.profile.value,
        names["var"]: str(environment.var),
        names["bind"]: environment.bind,
        names["secret_key"]: environment.secret_key,
        names["session_binding_key"]: environment.session_binding_key.hex(),
    }


def _catch_up(environment: Environment, database: Database) -> None:
    """Show nothing that ran out while nobody served; prepared downloads go if a case went."""
    import psycopg  # noqa: PLC0415 - the command starts faster without

    with psycopg.connect(database.urls.desk) as connection:
        found = connection.execute("SELECT (registry_pass_time() ->> 'gone')::int").fetchone()
    if found and found[0]:
        shutil.rmtree(environment.downloads, ignore_errors=True)


def _web(environment: Environment) -> list[str]:
    return [
        "granian", "--interface", "rsgi", "--no-ws", "--log-level", "error",
        "--host", environment.host.strip("[]"), "--port", str(environment.port),
        "--workers", "1", "--loop", "asyncio",
        "--backpressure", CONNECTIONS, "--workers-kill-timeout", "2",
        "undaunted.config.rsgi:application",
    ]  # fmt: skip


def _worker() -> list[str]:
    return ["undaunted.config.worker", "--concurrency", "2",
            "--shutdown-graceful-timeout", "5", "--delete-jobs", "successful"]  # fmt: skip


def _wait_for_web(
    environment: Environment, children: list[Child], asked: threading.Event
) -> str | None:
    until = time.monotonic() + WEB_SECONDS
    while not asked.wait(PAUSE):
        if _answers(environment):
            return None
        ended = _ended(children)
        if ended is not None:
            return ended
        if time.monotonic() > until:
            return "The web server does not answer"
    return None


def _answers(environment: Environment) -> bool:
    host = environment.host.strip("[]")
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound here
    connection = http.client.HTTPConnection(host, environment.port, timeout=5)
    try:
        connection.request("GET", "/health", headers={"Host": environment.allowed_hosts[0]})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def without_owner(variables: Mapping[str, str]) -> dict[str, str]:
    """Give variables without those that tell how the database's owner is reached."""
    return {name: each for name, each in variables.items() if name not in SECRETS_OF_THE_OWNER}


def watch(
    database: Database,
    children: list[Child],
    asked: threading.Event,
    say: Callable[[str], None],
) -> str | None:
    """Start anew whoever ends by itself; say why all have to stop, or nothing if it was asked."""
    while not asked.wait(0.2):
        if not database.alive():
            return "The database stopped"
        for child in children:
            ended = child.ended()
            if ended is not None:
                if not child.anew():
                    return ended
                say(f"{ended}; it was started anew.")
    return None


def _ended(children: list[Child]) -> str | None:
    return next((ended for child in children if (ended := child.ended())), None)


def _stop(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.make_sure(until)


def _refuse_taken_address(environment: Environment) -> None:
    host = environment.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, environment.port))
        except OSError as error:
            raise ServerError(
                f"Cannot listen on {environment.bind} ({error.strerror}). Is it running already? "
                "Another address: undaunted run --bind 127.0.0.1:8001"
            ) from None

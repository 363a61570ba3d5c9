"""Run everything: the database, the web server and the worker, and stop all of it together.

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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.config.database import open_database
from undaunted.config.environment import setting_variables
from undaunted.config.memory import close_memory
from undaunted.config.postgres import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from undaunted.config.database import Database
    from undaunted.config.environment import Environment

__all__ = ["run"]

LAUNCHER = Path(__file__).with_name("launcher.py")
CONNECTIONS = "1024"
"""Connections held open at once; a browser keeps six idle, and they are not to shut others out."""
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WEB_SECONDS = 60.0
STOP_SECONDS = 8.0
PAUSE = 0.05
SECRETS_OF_THE_OWNER = ("DATABASE_URL", "PGPASSWORD", "PGUSER", "PGPASSFILE", "PGSERVICE")


@dataclass
class _Child:
    name: str
    process: subprocess.Popen[bytes]

    def ask_to_stop(self) -> None:
        with suppress(ProcessLookupError):
            self.process.terminate()

    def make_sure(self, until: float) -> None:
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, until - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def run(environment: Environment, database_url: str | None, *, say: Callable[[str], None]) -> int:
    """Run until a signal or the end of a child; give the exit status."""
    close_memory()
    _refuse_taken_address(environment)
    for name in SECRETS_OF_THE_OWNER:
        os.environ.pop(name, None)
    database = open_database(environment, database_url, say=say)
    (environment.var / "static").mkdir(parents=True, exist_ok=True)
    children: list[_Child] = []
    asked = threading.Event()
    before = {number: signal.signal(number, _set(asked)) for number in STOPPING}
    try:
        variables = _variables(environment, database)
        _catch_up(environment, database)
        # Another installation may have begun to listen meanwhile: both would answer by turns.
        _refuse_taken_address(environment)
        children.append(_start("web server", _web(environment), variables))
        ended = _wait_for_web(environment, children, asked)
        if ended is None and not asked.is_set():
            children.append(_start("worker", _worker(), variables))
            say(f"{environment.origin}  (Ctrl-C stops)")
            ended = _watch(database, children, asked)
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


def _start(name: str, module: list[str], variables: dict[str, str]) -> _Child:
    words = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), sys.executable, "-m"]
    process = subprocess.Popen(  # noqa: S603 - our own words, no shell
        [*words, *module], stdin=subprocess.DEVNULL, env=variables, process_group=0
    )
    return _Child(name, process)


def _wait_for_web(
    environment: Environment, children: list[_Child], asked: threading.Event
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


def _watch(database: Database, children: list[_Child], asked: threading.Event) -> str | None:
    while not asked.wait(0.2):
        ended = _ended(children)
        if ended is not None:
            return ended
        if not database.alive():
            return "The database stopped"
    return None


def _ended(children: list[_Child]) -> str | None:
    for child in children:
        status = child.process.poll()
        if status is not None:
            return f"The {child.name} ended by itself (status {status})"
    return None


def _stop(children: list[_Child]) -> None:
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

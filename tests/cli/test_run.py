"""`undaunted run` starts everything, hides the owner from its children, and stops all of it."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from tests.prepared import copy_prepared
from undaunted.config import supervisor
from undaunted.config.keys import private_folder
from undaunted.config.postgres import EmbeddedServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.config.database import Database
    from undaunted.config.postgres import Lease

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

READY = 120.0
GONE = 20.0


@pytest.fixture(scope="module")
def folder(database_server: Lease) -> Iterator[Path]:
    assert database_server, "its migrated files are copied"
    made = Path(tempfile.mkdtemp(prefix="undaunted-", dir="/tmp"))
    private_folder(made / "postgres")
    copy_prepared(made / "postgres" / "data")
    yield made
    EmbeddedServer(made / "postgres", made / "secrets").stop()
    shutil.rmtree(made)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Run everything as a terminal does: one process group, until its address was printed."""
    own = {
        "UNDAUNTED_VAR": str(folder),
        "UNDAUNTED_PROFILE": "test",
        "UNDAUNTED_SECRET_KEY": "of-this-test" * 5,
        "UNDAUNTED_SESSION_BINDING_KEY": "ab" * 32,
        "PGPASSWORD": "never-pass-this-on",
    }
    words = [sys.executable, "-m", "undaunted.cli.root", "run", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        words,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("http://localhost"):
                break
        assert process.poll() is None, "".join(said)
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    numbers = [int(number) for number in found]
    return numbers + [each for number in numbers for each in children(number)]


def alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] not in "ZX"


def all_gone(numbers: list[int]) -> bool:
    end = time.monotonic() + GONE
    while any(alive(number) for number in numbers) and time.monotonic() < end:
        time.sleep(0.02)
    return not any(alive(number) for number in numbers)


@pytest.mark.parametrize("_time", range(3))
def test_interrupt_of_the_whole_group_stops_everything(folder: Path, _time: int) -> None:
    with running(folder, free_port()) as process:
        started = children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        rest = process.communicate(timeout=30)[0]
        assert process.returncode == 0, rest
    assert rest.endswith("Stopped.\n")
    assert len(started) >= 2
    assert all_gone(started)
    assert not EmbeddedServer(folder / "postgres", folder / "secrets").running()


def test_web_answers_with_fixed_headers_and_children_know_no_owner(folder: Path) -> None:
    port = free_port()
    with running(folder, port) as process:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/health")
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        started = [number for number in children(process.pid) if alive(number)]
        seen = b"".join(
            Path(f"/proc/{number}/{name}").read_bytes()
            for number in started
            for name in ("environ", "cmdline")
        )
        process.terminate()
        process.communicate(timeout=30)
    assert (answer.status, body) == (200, b"ok\n")
    assert answer.headers["Server"] == "undaunted"
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert b"undaunted_desk" in seen
    assert b"undaunted_owner" not in seen
    assert b"never-pass-this-on" not in seen
    assert b"DATABASE_URL" not in seen


def test_idle_browsers_shut_nobody_out(folder: Path) -> None:
    port = free_port()
    with running(folder, port), ExitStack() as stack:
        for _ in range(40):  # a browser keeps six connections open and says nothing
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/health")
        assert connection.getresponse().status == 200
        connection.close()


def test_child_that_dies_is_started_anew_and_nobody_else_is_ended(folder: Path) -> None:
    port = free_port()
    with running(folder, port) as process:
        before = both_of_the_supervisor(process.pid)
        os.kill(before["granian"], signal.SIGKILL)
        assert process.stdout is not None
        told = "The web server ended by itself (status -9); it was started anew."
        assert told in (line.strip() for line in process.stdout)
        assert answers(port)
        after = both_of_the_supervisor(process.pid)
        assert after["undaunted.config.worker"] == before["undaunted.config.worker"]
        assert after["granian"] != before["granian"]
        started = children(process.pid)
        process.terminate()
        rest = process.communicate(timeout=30)[0]
    assert (process.returncode, rest.splitlines()[-1]) == (0, "Stopped.")
    assert all_gone([*before.values(), *started])


def of_the_supervisor(process: int) -> dict[str, int]:
    """Give the web server and the worker of a supervisor, by what they run."""
    found: dict[str, int] = {}
    for number in children(process):
        words = Path(f"/proc/{number}/cmdline").read_text(encoding="utf-8").split("\0")
        for name in ("granian", "undaunted.config.worker"):
            if name in words:
                found.setdefault(name, number)
    return found


def both_of_the_supervisor(process: int) -> dict[str, int]:
    """Give both once both run: what a child runs is told a moment after it began."""
    end = time.monotonic() + READY
    while len(found := of_the_supervisor(process)) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    return found


def answers(port: int) -> bool:
    end = time.monotonic() + READY
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with suppress(OSError), closing(connection):
            connection.request("GET", "/health")
            return connection.getresponse().read() == b"ok\n"
        time.sleep(0.05)
    return False


def test_child_that_never_lives_ends_everything_with_a_message() -> None:
    said: list[str] = []
    variables = {"PATH": os.defpath}
    child = supervisor.Child("web server", ["undaunted.of.nothing"], variables)
    database = cast("Database", SimpleNamespace(alive=lambda: True))
    ended = supervisor.watch(database, [child], threading.Event(), said.append)
    assert ended == "The web server ended by itself (status 1)"
    assert said == [f"{ended}; it was started anew."] * (supervisor.SHORT_LIVES - 1)


def test_nothing_outlives_a_killed_supervisor(folder: Path) -> None:
    with running(folder, free_port()) as process:
        started = children(process.pid)
        process.kill()
        process.communicate(timeout=30)
    assert all_gone(started)
    server = EmbeddedServer(folder / "postgres", folder / "secrets")
    end = time.monotonic() + GONE
    while server.running() and time.monotonic() < end:
        time.sleep(0.02)
    assert not server.running()


def test_taken_address_is_a_message(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = subprocess.run(
            [sys.executable, "-m", "undaunted.cli.root", "run", "--bind",
             f"127.0.0.1:{taken.getsockname()[1]}"],
            env=os.environ | {"UNDAUNTED_VAR": str(folder)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert said.returncode == 2
    assert "Cannot listen" in said.stderr

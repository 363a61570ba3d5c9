"""The product as it is run: its own processes on a scratch folder, and people who call on it.

Everything listens on 127.0.0.1 and ends with the block. Nothing here imports Django: what the
visitors know is what a browser would know.
"""

from __future__ import annotations

import base64
import ctypes
import hmac
import http.client
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tests.cli.test_run import alive, children, free_port
from tests.prepared import copy_prepared, kept_files
from undaunted.config.launcher import PR_SET_PDEATHSIG
from undaunted.config.postgres import EmbeddedServer
from undaunted.config.postgres.recovery import living_postmaster

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "TICKET",
    "Answer",
    "Installation",
    "Visitor",
    "new_installation",
    "receipts_in",
    "until",
]

BOUNDARY = "of-the-drill-7d1f"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
TICKET = re.compile(r'name="ticket" value="([\w-]+)"')
GROUP = re.compile(r"<code>(\d{6})</code>")
GROUPS = 8


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode()


@dataclass
class Visitor:
    """A browser without script: it keeps cookies and fills forms, and does nothing else."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    patience: float = 60.0

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self.send("GET", path)

    def post(self, path: str, **given: str) -> Answer:
        """Send a form."""
        kind = "application/x-www-form-urlencoded"
        return self.send("POST", path, urlencode(given).encode(), {"Content-Type": kind})

    def post_file(self, path: str, name: str, content: bytes, **given: str) -> Answer:
        """Send a form with one file, the file last as a browser does."""
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self.send("POST", path, multipart(name, content, given), {"Content-Type": kind})

    def submit(self, page: str, to: str = "", **given: str) -> Answer:
        """Open a page and send its form with the token it holds."""
        token = TOKEN.search(self.get(page).text)
        assert token is not None, f"{page} has no form"
        return self.post(to or page, csrfmiddlewaretoken=token[1], **given)

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        sent = {"Host": f"localhost:{self.port}", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body or None, sent)
            got = connection.getresponse()
            answer = Answer(got.status, dict(got.getheaders()), got.read())
            self._keep(got.headers.get_all("Set-Cookie") or [])
        finally:
            connection.close()
        return answer

    def _keep(self, set_cookies: list[str]) -> None:
        for line in set_cookies:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip().strip('"')

    def sign_in(self, person: Mapping[str, str]) -> None:
        """Prove both factors and open the vault's key for the session."""
        self.submit("/accounts/sign-in/", login=person["name"], password=person["passphrase"])
        proved = self.submit(
            "/accounts/second-factor/authenticate/", code=code_now(person["secret"])
        )
        assert proved.status == 302, proved.text
        opened = self.submit("/desk/vault/", passphrase=person["passphrase"])
        assert opened.status == 302, opened.text

    def hand_in(self, door: str = "incident", **given: str) -> Answer:
        """Hand a report in."""
        return self.post(f"/help/{door}/", **({"danger": "now"} | given))

    def hand_in_patiently(self, door: str = "incident", **given: str) -> Answer:
        """Hand a report in as a person does: open the form, and wait where the page says so."""
        page = self.get(f"/help/{door}/")
        while True:
            ticket = TICKET.search(page.text)
            assert ticket is not None, "the form has no ticket"
            page = self.hand_in(door, ticket=ticket[1], **given)
            if "retry-after" not in {name.lower() for name in page.headers}:
                return page
            assert given.get("story", "") in page.text, "what was typed is lost"
            time.sleep(float(page.headers["retry-after"]) + 0.1)


@dataclass
class Installation:
    """A folder with everything one installation writes, and how to run and stop it."""

    folder: Path
    port: int
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)
    said: int = 0

    @property
    def log(self) -> Path:
        """What the processes said, on both outputs."""
        return self.folder / "said.log"

    @property
    def var(self) -> Path:
        """What the installation writes."""
        return self.folder / "var"

    @property
    def server(self) -> EmbeddedServer:
        """Its database server."""
        return EmbeddedServer(self.var / "postgres", self.var / "secrets")

    def visitor(self) -> Visitor:
        """Give somebody new."""
        return Visitor(self.port)

    def environment(self) -> dict[str, str]:
        """Give what an operator would set."""
        return {
            **os.environ,
            "UNDAUNTED_VAR": str(self.var),
            "UNDAUNTED_PROFILE": "test",
            "UNDAUNTED_SECRET_KEY": "of-this-drill" * 5,
            "UNDAUNTED_SESSION_BINDING_KEY": "cd" * 32,
            "UNDAUNTED_LOG_LEVEL": "DEBUG",
            "TMPDIR": str(self.folder / "tmp"),
            **self.more,
        }

    def prepare(self) -> None:
        """Make the office; the database's files are those that the tests have migrated."""
        self.var.joinpath("postgres").mkdir(parents=True, mode=0o700)
        self.folder.joinpath("tmp").mkdir()
        if kept_files().exists():
            copy_prepared(self.var / "postgres" / "data")
        self.people = self._inside("prepare")

    def look(self) -> dict[str, Any]:
        """Open every mailbox and walk the audit chain, in a process of its own."""
        person, steward = self.people["caseworker"], self.people["steward"]["id"]
        return self._inside(
            "look", said=person["passphrase"], DRILL_PERSON=person["id"], DRILL_STEWARD=steward
        )

    def _inside(self, job: str, said: str = "", **more: str) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.attacks.inside", job], input=said + "\n",
            env=self.environment() | {"UNDAUNTED_LOG_LEVEL": "ERROR"} | more,
            capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    def start(self) -> None:
        """Run everything until the address is answered."""
        words = ["-m", "undaunted.cli.root", "run", "--bind", f"127.0.0.1:{self.port}"]
        self.said = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, *words], env=self.environment(), stdout=said, stderr=said,
                stdin=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=_end_with_us,  # noqa: PLW1509 - no other thread runs yet
            )  # fmt: skip
        assert until(self._up, 120), self.log.read_text(encoding="utf-8")[-3_000:]

    def stop(self) -> None:
        """Stop as an operator does, and make sure."""
        if self.process is None:
            return
        started = children(self.process.pid) if self.process.poll() is None else []
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        assert until(lambda: not any(alive(each) for each in started), 20)
        assert until(lambda: not self.server.running(), 20)
        self.process = None

    def restart(self) -> None:
        """Stop what is left, and run again."""
        self.stop()
        self.start()

    def named(self, word: str) -> int:
        """Give the process number of the newest child whose command holds `word`.

        Waits a little: the web process answers before the worker has begun, or begun again.
        """
        assert self.process is not None
        until = time.monotonic() + 30
        while time.monotonic() < until:
            for number in reversed(children(self.process.pid)):
                if word.encode() in _command(number):
                    return number
            time.sleep(0.2)
        raise AssertionError(f"no child runs {word}")

    def postmaster(self) -> int:
        """Give the process number of the database server."""
        number = living_postmaster(self.server.places.data)
        assert number is not None
        return number

    def _up(self) -> bool:
        assert self.process is not None
        ready = b"(Ctrl-C stops)" in self.log.read_bytes()[self.said :]
        return self.process.poll() is not None or (ready and self._answers())

    def _answers(self) -> bool:
        try:
            return Visitor(self.port, patience=5).get("/health").status == 200
        except OSError:
            return False


@contextmanager
def new_installation(**more: str) -> Iterator[Installation]:
    """Give a prepared installation, running; it is stopped and removed in the end."""
    folder = Path(tempfile.mkdtemp(prefix="undaunted-", dir="/tmp"))
    made = Installation(folder, free_port(), more=more)
    try:
        made.prepare()
        made.start()
        yield made
    finally:
        try:
            made.stop()
        finally:
            made.server.stop()
            shutil.rmtree(folder, ignore_errors=True)


def receipts_in(page: str) -> list[str]:
    """Give the receipts a page shows."""
    groups = GROUP.findall(page)
    return [" ".join(groups[at : at + GROUPS]) for at in range(0, len(groups), GROUPS)]


def until(condition: Any, seconds: float) -> bool:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return bool(condition())
        time.sleep(0.02)
    return True


def multipart(name: str, content: bytes, given: Mapping[str, str]) -> bytes:
    """Give the body of a form with a file."""
    line = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    parts = [f'{line}"{key}"\r\n\r\n{value}\r\n'.encode() for key, value in given.items()]
    head = f'{line}"file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'.encode()
    return b"".join([*parts, head, content, f"\r\n--{BOUNDARY}--\r\n".encode()])


def code_now(secret: str) -> str:
    """Give the code an authenticator app shows now (RFC 6238)."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), moment, "sha1")
    (number,) = struct.unpack_from(">L", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"


def _end_with_us() -> None:
    """Ask the kernel to stop the installation when these tests are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _command(number: int) -> bytes:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""

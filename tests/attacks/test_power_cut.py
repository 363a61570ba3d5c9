"""Somebody pulls the plug while people hand in: whoever saw a receipt can come back.

Reports that were never acknowledged are absent or whole, and the audit chain verifies.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import signal
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from tests.attacks.installation import Visitor, new_installation, receipts_in, until
from tests.cli.test_run import alive
from tests.core.intake.browser import file_of
from undaunted.core.intake.rules import read_receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.attacks.installation import Answer, Installation
    from undaunted.config.postgres import Lease

pytestmark = pytest.mark.slow

PEOPLE = 4
BEFORE_THE_CUT = float(os.environ.get("UNDAUNTED_DRILL_SECONDS", "1"))
BROKEN = (OSError, http.client.HTTPException, AssertionError)


@pytest.fixture(scope="module")
def _installed(database_server: Lease) -> Iterator[Installation]:
    """Give these tests an installation of their own: every mailbox in it is opened in the end."""
    assert database_server  # its migrated files are copied
    with new_installation() as made:
        yield made


class Crowd:
    """People who hand in one report after another until the server is gone."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.receipts: dict[str, str] = {}
        self.sent: set[str] = set()
        self._gone = threading.Event()
        self._threads = [threading.Thread(target=self._hand_in) for _ in range(PEOPLE)]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let everybody go home."""
        self._gone.set()
        for thread in self._threads:
            thread.join(90)

    def _hand_in(self) -> None:
        visitor = Visitor(self.port, patience=10)
        while not self._gone.is_set():
            story = f"cut {secrets.token_hex(8)}"
            self.sent.add(story)
            try:
                (receipt,) = receipts_in(visitor.hand_in(story=story).text)
            except (*BROKEN, ValueError):
                time.sleep(0.1)
                continue
            self.receipts[story] = receipt


def _cut(installation: Installation, what: str) -> None:
    """Kill one process, or all of them, as a power cut would."""
    assert installation.process is not None
    if what == "web":
        os.kill(installation.named("granian"), signal.SIGKILL)
    elif what == "database":
        os.kill(installation.postmaster(), signal.SIGKILL)
    elif what == "database, asked to stop at once":
        os.kill(installation.postmaster(), signal.SIGQUIT)
    else:
        number = installation.process.pid
        started = [installation.named("granian"), installation.named("config.worker")]
        for each in (number, *started, installation.postmaster()):
            os.kill(each, signal.SIGKILL)
        assert until(lambda: not any(alive(each) for each in started), 20)


@pytest.mark.parametrize(
    "what",
    [
        "web",
        "everything",
        pytest.param("database", marks=pytest.mark.drill),
        pytest.param("database, asked to stop at once", marks=pytest.mark.drill),
    ],
)
def test_nothing_acknowledged_is_lost(installation: Installation, what: str) -> None:
    crowd = Crowd(installation.port)
    crowd.start()
    assert until(lambda: len(crowd.receipts) >= PEOPLE, 60)
    time.sleep(BEFORE_THE_CUT)
    _cut(installation, what)
    time.sleep(0.5)
    crowd.end()
    installation.restart()
    visitor = installation.visitor()
    for receipt in crowd.receipts.values():
        assert "You handed something in on" in visitor.post("/help/return/", receipt=receipt).text
    seen = installation.look()
    assert seen["problems"] == []
    stories = Counter(each for each in seen["stories"] if str(each).startswith("cut "))
    assert None not in seen["stories"], "a mailbox without its letter"
    assert set(crowd.receipts) <= set(stories)
    assert {each for each in stories if each in crowd.sent} >= set(crowd.receipts)
    assert set(stories.values()) == {1}


def test_no_part_of_a_file_that_was_acknowledged_is_lost(installation: Installation) -> None:
    visitor = installation.visitor()
    (receipt,) = receipts_in(visitor.hand_in(story="cut with a file").text)
    lookup = read_receipt(receipt).lookup
    box = json.loads(_post(visitor, "/help/sealed/box/", {"lookup": lookup.hex()}).text)
    content = secrets.token_bytes(900_000)
    envelope, told = file_of(content, UUID(box["holder"]), box["recipients"], lookup)
    at = 0
    for cut in (300_000, 600_000):
        while at < cut:
            at = _part(visitor, told, at, envelope)
        os.kill(installation.named("granian"), signal.SIGKILL)
        installation.restart()
        assert _part(visitor, told, 1, b"x") == at, "what was acknowledged is not there"
    while at < len(envelope):
        at = _part(visitor, told, at, envelope)
    assert _post(visitor, "/help/sealed/file/", told).status == http.HTTPStatus.CREATED
    page = visitor.post("/help/return/", receipt=receipt).text
    assert "1 file is here already" in page


def _part(visitor: Visitor, told: dict[str, Any], at: int, envelope: bytes) -> int:
    """Send one part; gives how much the server says is there."""
    kind = {"Content-Type": "application/octet-stream", "X-Mailbox": told["lookup"]}
    address = f"/help/sealed/file/{told['record']}/{at}/"
    answer = visitor.send("POST", address, envelope[at : at + 50_000] or b"x", kind)
    return int(json.loads(answer.text)["held"])


def _post(visitor: Visitor, address: str, sent: dict[str, Any]) -> Answer:
    kind = {"Content-Type": "application/json"}
    return visitor.send("POST", address, json.dumps(sent).encode(), kind)

"""Junk floods the doors from one address; people behind the same address still hand in (S12)."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import socket
import statistics
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.attacks.installation import TICKET, Visitor, receipts_in, until
from tests.attacks.measuring import note_measurement
from tests.core.intake.browser import Team, box_of
from undaunted.core.intake.rules import CALM, Answers, Danger, Door, solves
from undaunted.core.intake.rules.gate import MOST_BITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.attacks.installation import Answer, Installation

pytestmark = pytest.mark.slow

LONG = os.environ.get("UNDAUNTED_DRILL") == "long"
JUNK_THREADS = 8
SECONDS = 30.0 if LONG else 2.0
HONEST = 5
MOST_TRIES = 6
PATIENCE = 60.0
IDLE = 300
BROKEN = (OSError, http.client.HTTPException)


@contextmanager
def _flood(port: int, send: Callable[[Visitor], object]) -> Iterator[list[int]]:
    """Send junk from many threads for the length of the block; gives how much was answered."""
    over, answered = threading.Event(), [0]

    def rave() -> None:
        visitor = Visitor(port, patience=10)
        while not over.is_set():
            try:
                send(visitor)
            except BROKEN:
                time.sleep(0.01)
                continue
            answered[0] += 1

    threads = [threading.Thread(target=rave) for _ in range(JUNK_THREADS)]
    for thread in threads:
        thread.start()
    try:
        yield answered
    finally:
        over.set()
        for thread in threads:
            thread.join(30)


def _honest(port: int, results: list[tuple[str, int, float]]) -> None:
    """Hand in as a person does: try again when the browser says that it failed."""
    start = time.monotonic()
    for tries in range(1, MOST_TRIES + 1):
        try:
            visitor = Visitor(port, patience=PATIENCE)
            found = receipts_in(visitor.hand_in_patiently(story="An honest report.").text)
        except BROKEN:
            time.sleep(0.5)
            continue
        if found:
            results.append((found[0], tries, time.monotonic() - start))
            return
        time.sleep(0.5)


def _serve_the_honest(installation: Installation, what: str) -> None:
    results: list[tuple[str, int, float]] = []
    threads = [
        threading.Thread(target=_honest, args=(installation.port, results)) for _ in range(HONEST)
    ]
    for thread in threads:
        thread.start()
        time.sleep(SECONDS / HONEST / 2)
    for thread in threads:
        thread.join(MOST_TRIES * PATIENCE)
    assert len(results) == HONEST, "somebody was turned away"
    note_measurement(
        f"flood: {what}",
        honest_median_s=statistics.median(took for _, _, took in results),
        honest_slowest_s=max(took for _, _, took in results),
        most_tries=max(tries for _, tries, _ in results),
    )
    visitor = installation.visitor()
    for receipt, _, _ in results:
        page = visitor.post("/help/return/", receipt=receipt).text
        assert "You handed something in on" in page


@pytest.mark.parametrize(
    "what", ["junk reports", "junk with stolen tickets", "wrong receipts", "long bodies"]
)
def test_honest_people_are_served_while_junk_pours_in(
    installation: Installation, what: str
) -> None:
    junk = "x" * 300_000
    sends: dict[str, Callable[[Visitor], object]] = {
        "junk reports": lambda visitor: visitor.hand_in(story="junk"),
        "junk with stolen tickets": _hoard,
        "wrong receipts": lambda visitor: visitor.post("/help/return/", receipt="1" * 48),
        "long bodies": lambda visitor: visitor.post("/help/incident/", story=junk),
    }
    with _flood(installation.port, sends[what]) as answered:
        _serve_the_honest(installation, what)
    assert answered[0] > JUNK_THREADS, "there was no flood"


def _hoard(visitor: Visitor) -> object:
    """Fetch a form for its ticket and send junk with it at once."""
    ticket = TICKET.search(visitor.get("/help/incident/").text)
    assert ticket is not None
    return visitor.hand_in(story="junk", ticket=ticket[1])


def test_a_storm_of_junk_is_asked_for_work_and_a_browser_passes_by_it(
    installation: Installation,
) -> None:
    visitor = installation.visitor()
    told = json.loads(visitor.get("/help/keys/").text)
    team = Team(UUID(told["team"]), UUID(told["holder"]), tuple(told["recipients"]))
    with _flood(installation.port, lambda each: each.hand_in(story="junk")) as answered:
        assert until(lambda: answered[0] > 2 * CALM, 60)
        receipt, sent = box_of(team, Answers(Door.HELP, Danger.NO, {"story": "By script."}, "en"))
        begun, asked = time.monotonic(), 0
        while (answer := _send(visitor, sent)).status == http.HTTPStatus.TOO_MANY_REQUESTS:
            task = json.loads(answer.text)
            asked = task["bits"]
            tries = map(str, itertools.count())
            found = next(each for each in tries if solves(task["ticket"], each, asked))
            sent |= {"ticket": task["ticket"], "answer": found}
        took = time.monotonic() - begun
        assert answer.status == http.HTTPStatus.CREATED
        assert _send(visitor, sent).status != http.HTTPStatus.CREATED, "an answer passes once"
    assert 0 < asked <= MOST_BITS
    note_measurement("flood: with script", bits=asked, honest_s=took)
    page = visitor.post("/help/return/", receipt=str(receipt)).text
    assert "You handed something in on" in page


def _send(visitor: Visitor, sent: dict[str, object]) -> Answer:
    body, kind = json.dumps(sent).encode(), {"Content-Type": "application/json"}
    return visitor.send("POST", "/help/sealed/", body, kind)


def test_nobody_is_locked_out_by_failures_from_their_address(installation: Installation) -> None:
    visitor = installation.visitor()
    for _ in range(40):
        assert visitor.post("/help/return/", receipt="2" * 48).status == 200
    assert receipts_in(visitor.hand_in_patiently(story="Still here.").text)


def test_connections_that_say_nothing_do_not_close_the_doors(installation: Installation) -> None:
    """Half-sent requests are held open, more of them than the server has threads."""
    start = b"POST /help/incident/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nst"
    with ExitStack() as held:
        for _ in range(IDLE):
            line = held.enter_context(
                socket.create_connection(("127.0.0.1", installation.port), timeout=10)
            )
            line.sendall(start)
        _serve_the_honest(installation, "connections that say nothing")

"""Junk floods the doors from one address; people behind the same address still hand in (S12)."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.attacks.installation import Visitor, receipts_in
from tests.attacks.measuring import note_measurement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.attacks.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installation")]

LONG = os.environ.get("UNDAUNTED_DRILL") == "long"
JUNK_THREADS = 8
SECONDS = 30.0 if LONG else 4.0
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
            found = receipts_in(visitor.hand_in(story="An honest report.").text)
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


@pytest.mark.parametrize("what", ["junk reports", "wrong receipts", "long bodies"])
def test_honest_people_are_served_while_junk_pours_in(
    installation: Installation, what: str
) -> None:
    junk = "x" * 300_000
    sends: dict[str, Callable[[Visitor], object]] = {
        "junk reports": lambda visitor: visitor.hand_in(story="junk"),
        "wrong receipts": lambda visitor: visitor.post("/help/return/", receipt="1" * 48),
        "long bodies": lambda visitor: visitor.post("/help/incident/", story=junk),
    }
    with _flood(installation.port, sends[what]) as answered:
        _serve_the_honest(installation, what)
    assert answered[0] > JUNK_THREADS, "there was no flood"


def test_nobody_is_locked_out_by_failures_from_their_address(installation: Installation) -> None:
    visitor = installation.visitor()
    for _ in range(40):
        assert visitor.post("/help/return/", receipt="2" * 48).status == 200
    assert receipts_in(visitor.hand_in(story="Still here.").text)


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

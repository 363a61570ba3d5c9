"""Slow people, as through Tor, send reports and files; they hold nobody up and lose nothing."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tests.attacks.installation import TICKET, Visitor, multipart, receipts_in, until
from tests.attacks.measuring import note_measurement
from undaunted.core.intake.rules import CALM

if TYPE_CHECKING:
    from tests.attacks.installation import Installation

pytestmark = pytest.mark.slow

REPORTS = 40
FILES = 12
PIECES = 8
SECONDS = 4.0
"""How long each takes to send what it has: longer than all the threads together could wait."""
FORM = "application/x-www-form-urlencoded"
FILE = "multipart/form-data; boundary=of-the-drill-7d1f"


def _slowly(port: int, path: str, kind: str, body: bytes, pieces: int = PIECES) -> bytes:
    """Send a form in pieces with pauses; give the page."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: {kind}\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=120) as line:
        line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode())
        step = -(-len(body) // pieces)
        for start in range(0, len(body), step):
            line.sendall(body[start : start + step])
            time.sleep(SECONDS / pieces)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer.read()


def test_slow_reports_and_files_are_all_kept_while_others_are_served_at_once(
    installation: Installation,
) -> None:
    # A flood may have come before: what is asked for a minute after it is held by tests of its own.
    assert until(lambda: _is_calm(installation), 120)
    mailboxes = [_own_mailbox(installation) for _ in range(FILES)]
    pages: list[str] = []
    forms = [installation.visitor().get("/help/incident/").text for _ in range(REPORTS)]
    tickets = [found[1] for found in map(TICKET.search, forms) if found]

    def report(number: int) -> None:
        told = {"danger": "soon", "story": f"Slow {number}. " + "x" * 8_000}
        body = urlencode(told | {"ticket": tickets[number]}).encode()
        pages.append(_slowly(installation.port, "/help/incident/", FORM, body).decode())

    def attach(receipt: str, address: str) -> None:
        body = multipart("notes.txt", b"seen " * 700_000, {"receipt": receipt})
        pages.append(_slowly(installation.port, address, FILE, body).decode())

    threads = [threading.Thread(target=report, args=(number,)) for number in range(REPORTS)]
    threads += [threading.Thread(target=attach, args=each) for each in mailboxes]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS / 2)
    begun = time.monotonic()
    assert receipts_in(installation.visitor().hand_in_patiently(story="In between.").text)
    between = time.monotonic() - begun
    for thread in threads:
        thread.join(120)
    assert sum(bool(receipts_in(page)) for page in pages) == REPORTS
    assert sum("1 file is here already" in page for page in pages) == FILES
    assert between < SECONDS, "somebody quick had to wait for the slow"
    note_measurement("slow senders", slow=len(threads), served_in_between_s=between)


def test_what_ends_early_is_not_taken_as_if_it_were_whole(installation: Installation) -> None:
    receipt, address = _own_mailbox(installation)
    whole = multipart("notes.txt", b"seen " * 700_000, {"receipt": receipt})
    with socket.create_connection(("127.0.0.1", installation.port), timeout=30) as line:
        head = f"POST {address} HTTP/1.1\r\nHost: localhost:{installation.port}\r\n"
        line.sendall(f"{head}Content-Type: {FILE}\r\nContent-Length: {len(whole)}\r\n\r\n".encode())
        line.sendall(whole[:2_000_000])
    time.sleep(1)
    page = Visitor(installation.port).post("/help/return/", receipt=receipt).text
    assert "file is here already" not in page
    assert list((installation.var / "documents/sealed").glob(".draft-*")) == []


def _is_calm(installation: Installation) -> bool:
    """Tell whether reports pass whose forms were given out just now; asking counts as coming.

    So many that a process hears what came to others, also to one that has ended since.
    """
    time.sleep(1)
    for _ in range(CALM // 8 + 1):
        visitor = installation.visitor()
        ticket = TICKET.search(visitor.get("/help/incident/").text)
        assert ticket is not None
        page = visitor.hand_in("incident", ticket=ticket[1], story="Is it calm?")
        if "retry-after" in {name.lower() for name in page.headers}:
            return False
    return True


def _own_mailbox(installation: Installation) -> tuple[str, str]:
    """Hand in, and give the receipt and the address to send a file to."""
    visitor = installation.visitor()
    (receipt,) = receipts_in(visitor.hand_in_patiently(story="A report with a file.").text)
    page = visitor.post("/help/return/", receipt=receipt).text
    found = re.search(r"/help/return/file/[0-9a-f-]{36}/", page)
    assert found is not None
    return receipt, found[0]

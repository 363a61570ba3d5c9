"""`python -m benchmarks.intake`: two hundred slow people, as through Tor, at one web process.

Each sends what they have at a few hundred bytes a second, or a file at some tens of kilobytes a
second, over a connection of their own on 127.0.0.1. Meanwhile one quick reader asks for a page
again and again. In the end every receipt is tried and every mailbox is opened. It stops by itself.
"""

from __future__ import annotations

import http.client
import itertools
import json
import re
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode
from uuid import UUID

import psutil  # type: ignore[import-untyped]

from benchmarks.installation import django_without_database
from benchmarks.machine import describe, now

django_without_database()

from tests.attacks.installation import (  # noqa: E402 - needs the settings
    TICKET,
    Installation,
    Visitor,
    multipart,
    new_installation,
    receipts_in,
)
from tests.core.intake.browser import Team, box_of  # noqa: E402 - as above

from undaunted.core.intake.rules import Answers, Danger, Door, solves  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["main"]

PAGE: Final = Path(__file__).parents[1] / "docs" / "benchmarks-intake.md"
REPORTS, SEALED, FILES = 120, 50, 30
STORY: Final = "x" * 10_000
REPORT_SECONDS: Final = 40.0
FILE_BYTES: Final = 3_500_000
FILE_SECONDS: Final = 60.0
STEP: Final = 0.5
FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data; boundary=of-the-drill-7d1f"


@dataclass
class Seen:
    """What the slow people got, what the quick reader waited, what the process held."""

    done: Counter[str] = field(default_factory=Counter)
    receipts: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    connections: int = 0
    threads: int = 0
    memory: float = 0.0
    problems: list[str] = field(default_factory=list)


def main() -> None:
    """Measure and write the page."""
    state, seen = now(), Seen()
    with new_installation() as place:
        boxes = [_own_mailbox(place, seen) for _ in range(FILES)]
        jobs: list[Callable[[], None]] = [
            *(_reporter(place, seen, number) for number in range(REPORTS)),
            *(_browser(place, seen, number) for number in range(SEALED)),
            *(_sender(place, seen, *each) for each in boxes),
        ]
        begun = time.monotonic()
        _run(place, seen, jobs)
        took = time.monotonic() - begun
        kept = _kept(place, seen)
    PAGE.write_text(_page(seen, state, took, kept), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


def _run(place: Installation, seen: Seen, jobs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=_guarded, args=(job, seen)) for job in jobs]
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(place, seen, over))
    read = threading.Thread(target=_read, args=(place, seen, over))
    for thread in (watch, read, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    watch.join()
    read.join()


def _guarded(job: Callable[[], None], seen: Seen) -> None:
    begun = time.monotonic()
    try:
        job()
    except Exception as problem:  # noqa: BLE001 - told on the page
        seen.problems.append(repr(problem)[:200])
    seen.took.append(time.monotonic() - begun)


def _reporter(place: Installation, seen: Seen, number: int) -> Callable[[], None]:
    """Type into the form without script; the form was open for as long as it took to write."""

    def work() -> None:
        ticket = TICKET.search(Visitor(place.port).get("/help/incident/").text)
        assert ticket is not None
        told = {"danger": "soon", "story": f"slow {number} {STORY}", "ticket": ticket[1]}
        body = urlencode(told).encode()
        status, page = _slowly(place.port, "/help/incident/", FORM, body, REPORT_SECONDS)
        _note(seen, "report", receipts_in(page), f"{status}")

    return work


def _browser(place: Installation, seen: Seen, number: int) -> Callable[[], None]:
    """Seal by script, and work where it is asked for."""

    def work() -> None:
        told = json.loads(Visitor(place.port).get("/help/keys/").text)
        team = Team(UUID(told["team"]), UUID(told["holder"]), tuple(told["recipients"]))
        answers = Answers(Door.HELP, Danger.NO, {"story": f"script {number} {STORY}"}, "en")
        receipt, sent = box_of(team, answers)
        kind = "application/json"
        for seconds in (REPORT_SECONDS, 2.0, 2.0, 2.0):
            body = json.dumps(sent).encode()
            status, page = _slowly(place.port, "/help/sealed/", kind, body, seconds)
            if status != http.HTTPStatus.TOO_MANY_REQUESTS:
                break
            task = json.loads(page)
            tries = map(str, itertools.count())
            found = next(each for each in tries if solves(task["ticket"], each, task["bits"]))
            sent |= {"ticket": task["ticket"], "answer": found}
        right = [str(receipt)] if status == http.HTTPStatus.CREATED else []
        _note(seen, "sealed report", right, f"{status}")

    return work


def _sender(place: Installation, seen: Seen, receipt: str, address: str) -> Callable[[], None]:
    """Send one file without script."""

    def work() -> None:
        body = multipart("notes.txt", b"seen " * (FILE_BYTES // 5), {"receipt": receipt})
        status, page = _slowly(place.port, address, MULTIPART, body, FILE_SECONDS)
        there = "1 file is here already" in page
        _note(seen, "file", [receipt] if there else [], f"{status}")

    return work


def _note(seen: Seen, what: str, receipts: list[str], status: str) -> None:
    if not receipts:
        seen.problems.append(f"{what}: {status}")
        return
    seen.done[what] += 1
    seen.receipts += receipts[:1]


def _slowly(port: int, path: str, kind: str, body: bytes, seconds: float) -> tuple[int, str]:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: {kind}\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=180) as line:
        line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode())
        step = -(-len(body) // int(seconds / STEP))
        for start in range(0, len(body), step):
            line.sendall(body[start : start + step])
            time.sleep(STEP)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer.status, answer.read().decode()


def _own_mailbox(place: Installation, seen: Seen) -> tuple[str, str]:
    visitor = Visitor(place.port)
    (receipt,) = receipts_in(visitor.hand_in_patiently(story="with a file").text)
    page = visitor.post("/help/return/", receipt=receipt).text
    found = re.search(r"/help/return/file/[0-9a-f-]{36}/", page)
    assert found is not None
    seen.done["mailbox for a file"] += 1
    return receipt, found[0]


def _read(place: Installation, seen: Seen, over: threading.Event) -> None:
    while not over.wait(0.2):
        begun = time.perf_counter()
        assert Visitor(place.port).get("/help/help/").status == http.HTTPStatus.OK
        seen.pages.append(time.perf_counter() - begun)


def _watch(place: Installation, seen: Seen, over: threading.Event) -> None:
    root = psutil.Process(place.named("granian"))
    while not over.wait(0.5):
        family = [root, *root.children(recursive=True)]
        seen.threads = max(seen.threads, *(each.num_threads() for each in family))
        seen.memory = max(seen.memory, sum(each.memory_info().rss for each in family) / 2**20)
        database = psutil.Process(place.postmaster())
        backends = [each for each in database.children() if _serves_intake(each)]
        seen.connections = max(seen.connections, len(backends))


def _serves_intake(process: psutil.Process) -> bool:
    try:
        return "undaunted_intake" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def _kept(place: Installation, seen: Seen) -> dict[str, Any]:
    visitor = Visitor(place.port)
    opening = sum(
        "You handed something in on" in visitor.post("/help/return/", receipt=each).text
        for each in seen.receipts
    )
    looked = place.look()
    stories = [str(each) for each in looked["stories"]]
    whole = sum(each.endswith(STORY) for each in stories)
    return {"opening": opening, "whole": whole, "chain": looked["problems"]}


def _page(seen: Seen, state: dict[str, str], took: float, kept: dict[str, Any]) -> str:
    machine = ", ".join(f"{name} {value}" for name, value in describe().items())
    slow = REPORTS + SEALED + FILES
    rows = [
        ("Slow people at once", f"{slow}"),
        ("Reports without script, 10 kB in 40 s", f"{seen.done['report']} of {REPORTS}"),
        ("Reports sealed by script, 23 kB in 40 s", f"{seen.done['sealed report']} of {SEALED}"),
        ("Files without script, 3.5 MB in 60 s", f"{seen.done['file']} of {FILES}"),
        ("Receipts that open their mailbox afterwards", f"{kept['opening']} of {slow}"),
        ("Reports that the team opens whole", f"{kept['whole']} of {REPORTS + SEALED}"),
        ("Problems in the audit chain", f"{len(kept['chain'])}"),
        ("All of it, seconds", f"{took:.0f}"),
        ("A door's page meanwhile, median", f"{1000 * median(seen.pages):.0f} ms"),
        ("A door's page meanwhile, 95 in 100", f"{1000 * quantiles(seen.pages, n=20)[-1]:.0f} ms"),
        ("Most threads of the web process", f"{seen.threads}"),
        ("Most connections of the doors to the database", f"{seen.connections}"),
        ("Most memory of the web process", f"{seen.memory:.0f} MiB"),
    ]
    lines = "".join(f"| {name} | {value} |\n" for name, value in rows)
    wrong = "".join(f"- {each}\n" for each in sorted(set(seen.problems))) or "None.\n"
    load = f"{state['on']}, load before the run {state['load']}"
    table = f"| What | Found |\n|---|---|\n{lines}"
    return f"{_HEAD}\nMachine: {machine}; {load}.\n\n{table}\n## Problems\n\n{wrong}"


_HEAD = """# Benchmarks of intake

`python -m benchmarks.intake` measures everything on this page and writes it: two hundred slow
people, as through Tor, at one web process with the threads and connections of the default settings
(six requests at once). Everything runs over 127.0.0.1 on one machine, the senders included; a real
Tor circuit adds delay, not work.
"""

if __name__ == "__main__":
    main()

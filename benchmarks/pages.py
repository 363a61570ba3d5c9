"""Public pages asked at a steady rate of a real web server on loopback, and its memory.

Twice: a few popular pages again and again, which the process keeps until something published
changes; and pages of which none is asked for twice, so that every one is made anew.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psutil  # type: ignore[import-untyped]
import psycopg

from benchmarks.timing import spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.installation import Installation

__all__ = ["measure"]

RATE, SECONDS, ASKERS, THREADS = 50, 12, 24, 6
ASKED = RATE * SECONDS
PATIENCE = 60.0
"""Seconds that a reader waits for one answer before it counts as failed."""


def measure(place: Installation) -> dict[str, Any]:
    """Give the milliseconds of each page alone and of all together at the rate; and the memory."""
    with _web() as (port, process):
        asked = {each: _status(port, each) for each in _addresses(place)}
        addresses = [each for each, status in asked.items() if status == 200]
        if not addresses:
            return {"pages": 0}
        # A parameter that no page reads makes another address of the same page.
        alone = {
            address: spread(
                _ask(port, f"{address}{'&' if '?' in address else '?'}anew={n}")[1]
                for n in range(8)
            ).as_dict()
            for address in addresses
        }
        return {
            "pages": len(addresses),
            "refused": [each for each, status in asked.items() if status != 200],
            "popular": _load(port, process, [addresses[n % len(addresses)] for n in range(ASKED)]),
            "anew": _load(port, process, _all_different(place)),
            "alone": alone,
            "memory": _memory(process),
        }


def _load(port: int, process: psutil.Process, addresses: list[str]) -> dict[str, Any]:
    used = _processor(process)
    begin = time.perf_counter()
    found, failures = _at_rate(port, addresses)
    answered = (len(found) - len(failures)) / (time.perf_counter() - begin)
    return {
        **spread(found).as_dict(),
        "failed": len(failures),
        "failures": dict(Counter(failures)),
        "late": sum(each > 1000 for each in found),
        "answered a second": answered,
        "processor": (_processor(process) - used) * 1000 / max(1, len(addresses)),
    }


def _addresses(place: Installation) -> list[str]:
    with psycopg.connect(place.owner_url) as connection:
        cases = connection.execute(
            "SELECT reference, name FROM published_case WHERE name <> ''"
            " ORDER BY md5(reference) LIMIT 3"
        ).fetchall()
    words = [quote(str(name).split()[-1]) for _, name in cases]
    return [
        "/", "/countries/", "/countries/XR/", "/countries/XF/", "/method/", "/registry/",
        "/registry/?country=XR&role=journalist", "/fr/registry/?law=terrorism",
        *(f"/registry/?q={word}" for word in words),
        *(f"/registry/{reference}/" for reference, _ in cases),
    ]  # fmt: skip


def _all_different(place: Installation) -> list[str]:
    """Give as many addresses as are asked for: half cases, the rest searches and countries."""
    with psycopg.connect(place.owner_url) as connection:
        rows = connection.execute(
            "SELECT reference, name, country FROM published_case WHERE name <> ''"
            " ORDER BY md5(reference || 'x') LIMIT %s", [ASKED]
        ).fetchall()  # fmt: skip
    found: list[str] = []
    for n, (reference, name, country) in enumerate(rows):
        day = f"{1990 + n % 36}-{1 + n // 36 % 12:02}-{1 + n % 28:02}"
        found.append((
            f"/registry/{reference}/",
            f"/registry/?q={quote(str(name))}",
            f"/registry/{reference}/",
            f"/countries/{country}/?on={day}",
            f"/registry/{reference}/",
            f"/registry/?country={country}&held_on={day}",
        )[n % 6])  # fmt: skip
    return list(dict.fromkeys(found))


@contextmanager
def _web() -> Iterator[tuple[int, psutil.Process]]:
    """Start the web server with the words of `undaunted run`; it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    started = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "error",
         "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads",
         str(THREADS), "--backpressure", str(THREADS), "--workers-kill-timeout", "2",
         "undaunted.config.wsgi:application"],
        env={**os.environ, "UNDAUNTED_BIND": f"127.0.0.1:{port}"}, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE
        while not _listens(port):
            if started.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the web server did not start")
            time.sleep(0.1)
        yield port, psutil.Process(started.pid)
    finally:
        started.terminate()
        try:
            started.wait(10)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _listens(port: int) -> bool:
    try:
        return _status(port, "/health") == 200
    except OSError:
        return False


def _status(port: int, address: str) -> int:
    return _ask(port, address)[0]


def _ask(port: int, address: str) -> tuple[int, float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    begin = time.perf_counter()
    try:
        connection.request("GET", address, headers={"Host": "localhost"})
        answer = connection.getresponse()
        answer.read()
        return answer.status, (time.perf_counter() - begin) * 1000
    finally:
        connection.close()


def _at_rate(port: int, addresses: list[str]) -> tuple[list[float], list[int]]:
    """Ask on a fixed timetable: waiting for a free asker counts as waiting for the page.

    Gives the milliseconds of every request, and what the failed ones were told (0: nothing).
    """
    begin = time.perf_counter() + 0.2
    due: SimpleQueue[tuple[float, str]] = SimpleQueue()
    for number, address in enumerate(addresses):
        due.put((begin + number / RATE, address))
    found: list[float] = []
    failures: list[int] = []

    def work() -> None:
        while True:
            try:
                at, address = due.get_nowait()
            except Empty:
                return
            time.sleep(max(0.0, at - time.perf_counter()))
            try:
                status = _status(port, address)
            except OSError:
                status = 0
            found.append((time.perf_counter() - at) * 1000)
            if status != 200:
                failures.append(status)

    askers = [threading.Thread(target=work, daemon=True) for _ in range(ASKERS)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    return found, failures


def _memory(process: psutil.Process) -> float:
    """Give what the web server's processes hold for themselves, in MiB."""
    family = [process, *process.children(recursive=True)]
    return float(sum(each.memory_full_info().uss for each in family)) / 2**20


def _processor(process: psutil.Process) -> float:
    """Give the seconds of processor time that the web server's processes have used."""
    family = [process, *process.children(recursive=True)]
    return float(sum(sum(each.cpu_times()[:2]) for each in family))

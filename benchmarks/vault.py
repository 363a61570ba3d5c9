"""`python -m benchmarks.vault`: what sealing costs, beside the bare library in the same run.

Each figure is the median of rounds that alternate between ours and the peer's. Rates are given by
processor time, which is what one core does when nothing else asks for it, and by the clock on the
wall, which on a shared machine says more about its neighbours.
"""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyrage

from benchmarks.machine import describe
from undaunted.core.vault.readers import opened, opened_stream
from undaunted.core.vault.rules import (
    KEY_KIND,
    UNLOCKS,
    WORK,
    Binding,
    new_identity,
    recipient_from,
    unwrap,
    wrap,
)
from undaunted.core.vault.writers import sealed, sealed_stream

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PACKAGES", "PAGE", "Rate", "alternating", "main", "row"]

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-vault.md"
PACKAGES = "## Packages between instances"
"""Where the part of the page begins that `benchmarks.sharing` writes."""
ROUNDS = 3
REPORTS = 200
REPORT = os.urandom(10_000)
FILE = 63 * 2**20
BINDING = Binding(uuid4(), uuid4(), "report.answers", 1, 1)
KEY_BINDING = Binding(BINDING.tenant, BINDING.record, KEY_KIND, 1, 1)


@dataclass(frozen=True)
class Rate:
    """So much a second, by processor time and by the wall."""

    processor: float
    wall: float


class Zeros:
    """A file of so many bytes that is on no disk."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.block = bytes(2**20)

    def read(self, size: int, /) -> bytes:
        """Give the next bytes."""
        given = min(size, self.left, len(self.block))
        self.left -= given
        return self.block[:given]


class Nowhere:
    """Takes everything and keeps nothing."""

    def write(self, piece: bytes, /) -> int:
        """Take it."""
        return len(piece)

    def flush(self) -> None:
        """Have nothing to do."""


def main() -> None:
    """Measure and write the page."""
    told = ", ".join(f"{name} {value}" for name, value in describe().items())
    text = "".join([_HEAD, f"Machine: {told}, pyrage 1.4.0.\n", _reports(), _streams(),
                    _growth(), _passphrases()])  # fmt: skip
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    packages = before.partition(PACKAGES)[2]
    PAGE.write_text(text + (f"\n{PACKAGES}{packages}" if packages else ""), encoding="utf-8")
    print(text)


def alternating(amount: float, *calls: Callable[[], object]) -> list[Rate]:
    """Time the calls in turn, round after round; gives how much of `amount` each does a second."""
    found: list[list[tuple[float, float]]] = [[] for _ in calls]
    for call in calls:
        call()
    for _ in range(ROUNDS):
        for number, call in enumerate(calls):
            begun, wall = time.process_time(), time.perf_counter()
            call()
            found[number].append((time.process_time() - begun, time.perf_counter() - wall))
    return [
        Rate(amount / median(each[0] for each in times), amount / median(each[1] for each in times))
        for times in found
    ]


def _repeat(times: int, call: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(times):
            call()

    return run


def _people(number: int) -> tuple[list[Any], list[str]]:
    identities = [new_identity() for _ in range(number)]
    return identities, [str(each.to_public()) for each in identities]


def _whole_report(recipients: list[str]) -> None:
    own = new_identity()
    sealed(REPORT, BINDING, [str(own.to_public())])
    sealed(str(own).encode(), KEY_BINDING, recipients, key=True)


def _reports() -> str:
    identities, recipients = _people(5)
    keys = [recipient_from(each) for each in recipients]
    envelope = sealed(REPORT, BINDING, recipients)

    ours, direct, raw, opening = alternating(
        REPORTS,
        _repeat(REPORTS, lambda: _whole_report(recipients)),
        _repeat(REPORTS, lambda: sealed(REPORT, BINDING, recipients)),
        _repeat(REPORTS, lambda: pyrage.encrypt(REPORT, keys)),
        _repeat(REPORTS, lambda: opened(envelope, BINDING, identities[4])),
    )
    rows = [
        ("Seal to the record's own new key, and that key to five", "1,500", ours, ours),
        ("The same frame sealed to five directly", "", direct, direct),
        ("Peer: pyrage, to five directly, no frame, no filling", "", raw, raw),
        ("Open", "", opening, opening),
    ]
    lines = [_TABLE.format(what="Reports of 10 kB to five recipients", unit="a second")]
    lines += [row(name, target, rate, raw) for name, target, rate, _ in rows]
    return "".join(lines)


def _streams() -> str:
    identity = new_identity()
    to = str(identity.to_public())
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as bare:
        sealed_stream(Zeros(FILE), file, BINDING, [to])
        pyrage.encrypt_io(Zeros(FILE), bare, [identity.to_public()])

        def open_ours() -> None:
            file.seek(0)
            opened_stream(file, Nowhere(), BINDING, identity)

        def open_raw() -> None:
            bare.seek(0)
            pyrage.decrypt_io(bare, Nowhere(), [identity])

        ours, raw, two, one = alternating(
            FILE / 1e6,
            lambda: sealed_stream(Zeros(FILE), Nowhere(), BINDING, [to]),
            lambda: pyrage.encrypt_io(Zeros(FILE), Nowhere(), [identity.to_public()]),
            open_ours,
            open_raw,
        )
    return "".join([
        _TABLE.format(what="A file of 63 MiB, which is filled up to 64", unit="MB/s"),
        row("Seal as a stream", "300", ours, raw),
        row("Peer: pyrage `encrypt_io`", "", raw, raw),
        row("Open in two passes: verify, then release", "", two, one),
        row("Peer: pyrage `decrypt_io`, one pass, releases before it has verified", "", one, one),
    ])  # fmt: skip


def _growth() -> str:
    lines = [_GROWTH]
    for number in (1, 2, 5, 10, 20, 50):
        identities, recipients = _people(number)
        box = sealed(str(identities[0]).encode(), KEY_BINDING, recipients, key=True)
        seal, last = alternating(
            20,
            _repeat(20, partial(_whole_report, recipients)),
            _repeat(20, partial(opened, box, KEY_BINDING, identities[-1], key=True)),
        )
        lines.append(
            f"| {number} | {1000 / seal.processor:.2f} | {1000 / last.processor:.2f}"
            f" | {len(box):,} |\n"
        )
    return "".join(lines)


def _passphrases() -> str:
    who, words = uuid4(), "seven quiet lanterns by the river"
    kept = wrap(new_identity(), words, user=who, generation=1)
    (rate,) = alternating(1, lambda: unwrap(kept, words, user=who, generation=1))
    memory = WORK.memory_kib // 1024
    return (
        f"\n## A passphrase\n\nArgon2id, {memory} MiB, {WORK.passes} passes, {WORK.lanes} lanes:"
        f" {1000 / rate.wall:,.0f} ms by the wall, {1000 / rate.processor:,.0f} ms of processor"
        f" time. At most {UNLOCKS} run in one process at once, so {UNLOCKS * memory} MiB bound what"
        " a flood of sign-ins can hold; the others wait five seconds and are then asked to come"
        " back.\n"
    )


def row(name: str, target: str, rate: Rate, peer: Rate) -> str:
    """Give one line of a table."""
    aim = f"≥ {target}" if target else ""
    return (
        f"| {name} | {aim} | {rate.processor:,.0f} | {rate.wall:,.0f}"
        f" | {rate.processor / peer.processor:.2f} |\n"
    )


_HEAD = """# Benchmarks of the vault

`python -m benchmarks.vault` measures what is on this page and writes it, the packages at its end
excepted, which `python -m benchmarks.sharing` measures and writes. Rounds alternate between ours
and the peer's, and medians are given. *Processor* is what one core does when nothing else asks for
it; *wall* is what the clock said on a machine that other work shared.

"""
_TABLE = """
## {what}

| Measure | Target | Processor, {unit} | Wall, {unit} | Against the peer |
|---|---|---|---|---|
"""
_GROWTH = """
## Growth with the number of recipients

Milliseconds of processor time. Only the record's key grows with the team; the content does not.
Opening grows faster than the team, because the library tries every recipient's part in turn: keep
teams to some twenty people.

| Recipients | Seal a report of 10 kB | Open the key as the last of them | Bytes of the key |
|---|---|---|---|
"""

if __name__ == "__main__":
    main()

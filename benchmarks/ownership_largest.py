"""`python -m benchmarks.ownership_largest [STAKES ...]`: every owner, up to 200 million stakes.

A process of its own measures each size, so that the most memory that it held is that of this size.
The stakes are drawn in pieces, twice, as a register would be read from its files. What was measured
is kept beside this file, since the largest takes long; `benchmarks.ownership` puts it on its page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.machine import memory_used, now
from undaunted.engines.ownership import WHOLE, every_owner, held_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Piece = tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]], NDArray[np.integer[Any]]]

__all__ = ["main", "section"]

MEASURED = Path(__file__).parent / "measured" / "ownership_largest.json"
PIECE = 4_000_000
HUBS, LISTED = 3, 0.98
"""As in `ownership_worlds`: few hold in many, and nearly all of a company is held."""
ROUNDS, OFTEN = 2, 10_000_000
"""Up to so many stakes, each is measured twice as often; the shortest counts."""
SIZES = (1_500_000, 6_000_000, 24_000_000, 96_000_000, 200_000_000)


class World(NamedTuple):
    """Drawn stakes, in pieces that are the same each time."""

    companies: int
    stakes: int
    total: NDArray[np.float32]

    def pieces(self) -> Iterator[Piece]:
        """Give the pieces, shares in units."""
        for owner, owned, weight in _drawn(self.companies, self.stakes):
            part = weight / np.maximum(self.total[owned], 1) * (LISTED * WHOLE)
            yield owner, owned, part.astype(np.int32)


def world(companies: int, stakes: int) -> World:
    """Give stakes whose companies are held to 98 % at most."""
    total = np.zeros(companies, np.float32)
    for _, owned, weight in _drawn(companies, stakes):
        np.add.at(total, owned, weight)
    return World(companies, stakes, total)


def _drawn(companies: int, stakes: int) -> Iterator[tuple[Any, Any, Any]]:
    for begin in range(0, stakes, PIECE):
        rng, number = np.random.default_rng([1, begin]), min(PIECE, stakes - begin)
        owned = rng.integers(0, companies, number, dtype=np.int32)
        owner = (companies * rng.random(number) ** HUBS).astype(np.int32)
        yield owner, owned, rng.random(number, dtype=np.float32)


def section() -> str:
    """Give the section of the page, its heading included; nothing where it was never measured."""
    if not MEASURED.exists():
        return ""
    told = json.loads(MEASURED.read_text(encoding="utf-8"))
    return _HEAD.format(**told) + "".join(
        f"| {run['companies']:,} / {run['asked']:,} | {run['laid']:,.0f} | {run['every']:,.0f} "
        f"({run['clock']:,.0f}) | {run['pairs']:,} | {run['each']:,.0f} | {run['memory']:,.1f} |\n"
        for run in told["runs"]
    )


def main() -> None:
    """Measure every size that is asked for, each in a process, and keep it."""
    parser = argparse.ArgumentParser(prog="benchmarks.ownership_largest", description=__doc__)
    parser.add_argument("stakes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--here", action="store_true", help="One size, in this process; printed.")
    chosen = parser.parse_args()
    if chosen.here:
        print(json.dumps(_measured(chosen.stakes[0])))
        return
    told: dict[str, Any] = now() | {"runs": []}
    for stakes in chosen.stakes:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.ownership_largest", str(stakes), "--here"],
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        told["runs"].append(json.loads(done.stdout))
        print(done.stdout, flush=True)
        MEASURED.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _measured(stakes: int) -> dict[str, float]:
    every_owner(held_in(1_000, world(1_000, 1_500).pieces))
    companies = 2 * stakes // 3
    drawing = [0.0]
    pieces = partial(_timed, world(companies, stakes), drawing)
    begin = time.process_time()
    held = held_in(companies, pieces)
    laid = time.process_time() - begin - drawing[0]
    del pieces
    took, clock, pairs = [], [], 0
    for _ in range(ROUNDS if stakes > OFTEN else 2 * ROUNDS):
        cpu, begin = time.process_time(), time.perf_counter()
        pairs = len(every_owner(held))
        took.append(time.process_time() - cpu)
        clock.append(time.perf_counter() - begin)
    return {
        "companies": companies, "asked": stakes, "stakes": len(held), "laid": 1000 * laid,
        "every": 1000 * min(took), "clock": 1000 * min(clock), "pairs": pairs,
        "each": 1e9 * min(took) / stakes, "memory": memory_used() / 1024,
    }  # fmt: skip


def _timed(drawn: World, drawing: list[float]) -> Iterator[Piece]:
    """Give the pieces, and add up the time that drawing them takes."""
    pieces = drawn.pieces()
    while True:
        begin = time.process_time()
        piece = next(pieces, None)
        drawing[0] += time.process_time() - begin
        if piece is None:
            return
        yield piece


_HEAD = """
## The largest

Measured by `python -m benchmarks.ownership_largest` on {on}, with {load} programs waiting for the
processor before. Every owner among stakes in little memory (`held_in`, `every_owner`): of each an
owner, a company and an exact share, read twice in pieces and never held as a table. Each size is a
process of its own; the last column is the most that it held at once, drawing the stakes included.

| Companies / stakes | Laying out | Every owner | Pairs | ns a stake | GiB |
|---|---|---|---|---|---|
"""


if __name__ == "__main__":
    main()

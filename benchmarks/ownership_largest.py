"""`python -m benchmarks.ownership_largest STAKES`: every owner among so many stakes, as JSON.

A process of its own for each size, so that the most memory that it held is that of this size. The
stakes are drawn in pieces, twice, as a register would be read from its files.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.machine import memory_used
from undaunted.engines.ownership import WHOLE, every_owner, held_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Piece = tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]], NDArray[np.integer[Any]]]

__all__ = ["SIZES", "largest", "main"]

PIECE = 4_000_000
HUBS, LISTED = 3, 0.98
"""As in `ownership_worlds`: few hold in many, and nearly all of a company is held."""
ROUNDS = 2
SIZES = (1_500_000, 6_000_000, 24_000_000, 96_000_000, 200_000_000)
HEADING = """
## The largest

Every owner among stakes in little memory (`held_in`, `every_owner`): of each an owner, a company
and an exact share, read twice in pieces and never held as a table. Each size is a process of its
own; the last column is the most that it held at once, drawing the stakes included.

| Companies / stakes | Laying out | Every owner | Pairs | ns a stake | GiB |
|---|---|---|---|---|---|
"""


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


def largest(sizes: Iterable[int] = SIZES) -> str:
    """Give the table, each row by a process of its own."""
    text = HEADING
    for stakes in sizes:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.ownership_largest", str(stakes)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        print(done.stdout, file=sys.stderr, flush=True)
        told = json.loads(done.stdout)
        text += (
            f"| {told['companies']:,} / {stakes:,} | {told['laid']:,.0f} | {told['every']:,.0f} "
            f"({told['clock']:,.0f}) | {told['pairs']:,} | {told['each']:,.0f} | "
            f"{told['memory']:,.1f} |\n"
        )
    return text


def main() -> None:
    """Measure one size."""
    parser = argparse.ArgumentParser(prog="benchmarks.ownership_largest", description=__doc__)
    parser.add_argument("stakes", type=int)
    stakes = parser.parse_args().stakes
    every_owner(held_in(1_000, world(1_000, 1_500).pieces))
    companies = 2 * stakes // 3
    drawing = [0.0]
    pieces = partial(_timed, world(companies, stakes), drawing)
    begin = time.process_time()
    held = held_in(companies, pieces)
    laid = time.process_time() - begin - drawing[0]
    del pieces
    took, clock, pairs = [], [], 0
    for _ in range(ROUNDS if stakes > SIZES[1] else 2 * ROUNDS):
        cpu, begin = time.process_time(), time.perf_counter()
        pairs = len(every_owner(held))
        took.append(time.process_time() - cpu)
        clock.append(time.perf_counter() - begin)
    print(
        json.dumps({
            "companies": companies, "stakes": len(held), "laid": 1000 * laid,
            "every": 1000 * min(took), "clock": 1000 * min(clock), "pairs": pairs,
            "each": 1e9 * min(took) / stakes, "memory": memory_used() / 1024,
        })
    )  # fmt: skip


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


if __name__ == "__main__":
    main()

"""`python -m benchmarks.ownership_routes [--companies 1000000]`: control, by three ways.

Draws a graph, finds who must control whom for every owner by the walks, in DuckDB and, where it is
installed, in Spark on two workers, and ends with an error where a single pair differs. Printed are
seconds of processor, of all processes, and by the clock in parentheses, after one run unmeasured of
the walks, and how many times the processor of the walks that is.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.machine import now
from benchmarks.ownership_drawn import drawn_stakes
from benchmarks.ownership_spark import columns_of, lacking, two_workers, walked, worked
from undaunted.engines.ownership import spark as in_spark
from undaunted.engines.ownership.in_sql import all_control_in_sql

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from benchmarks.ownership_spark import Columns
    from undaunted.engines.ownership import Stakes

__all__ = ["main", "routes"]

COMPANIES, STAKES_EACH = 1_000_000, 1.5
MEMORY, PARTITIONS = 3_000, 8
_WHEN = "\nMeasured on {on}, with {load} programs waiting for the processor before.\n"


class _Moment(NamedTuple):
    """Seconds of processor, of this process and of a session's, and by the clock."""

    processor: float
    clock: float

    @classmethod
    def now(cls, session: SparkSession | None = None) -> _Moment:
        others = worked(session) if session else 0.0
        return cls(time.process_time() + others, time.perf_counter())

    def since(self, session: SparkSession | None = None) -> _Moment:
        """Give what has passed."""
        now = _Moment.now(session)
        return _Moment(now.processor - self.processor, now.clock - self.clock)


def main() -> None:
    """Draw, find every way, compare."""
    parser = argparse.ArgumentParser(prog="benchmarks.ownership_routes", description=__doc__)
    parser.add_argument("--companies", type=int, default=COMPANIES)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print(routes(chosen.companies, chosen.seed), end="")


def routes(companies: int = COMPANIES, seed: int = 1, *, spark: bool = True) -> str:
    """Give a row of a table for each way, laying out included, and when it was measured."""
    when = _WHEN.format(**now())
    stakes = drawn_stakes(companies, int(companies * STAKES_EACH), seed)
    walked(drawn_stakes(10, 20, 1))
    begin = _Moment.now()
    expected = walked(stakes)
    took = begin.since()
    ours = took.processor
    rows = _row("walks (ours)", took, ours, f"{expected[0].size:,} pairs")
    begin = _Moment.now()
    found = all_control_in_sql(stakes)
    rows += _row("DuckDB", begin.since(), ours, _compared(found, expected))
    if not spark:
        return rows + "| Spark | not asked in this run | | |\n" + when
    return rows + _spark(stakes, expected, ours) + when


def _spark(stakes: Stakes, expected: Columns, ours: float) -> str:
    if reason := lacking():
        return f"| Spark | not measured: {reason} | | |\n"
    with two_workers(MEMORY) as session, tempfile.TemporaryDirectory() as folder:
        session.conf.set("spark.sql.shuffle.partitions", PARTITIONS)
        frames = in_spark.frames_of(session, stakes)
        begin = _Moment.now(session)
        found = in_spark.all_control_in_spark(*frames, folder)
        took = begin.since(session)
        each = in_spark.shuffled(session) / len(stakes)
        told = f"{_compared(columns_of(found), expected)}; {len(found.rounds)} rounds, {each:,.0f}"
        return _row("Spark, two workers", took, ours, f"{told} bytes shuffled a stake")


def _compared(found: Columns, expected: Columns) -> str:
    if not all(np.array_equal(*both) for both in zip(found, expected, strict=True)):
        raise SystemExit(f"two ways differ: {found[0].size} and {expected[0].size} pairs")
    return "every pair is the same"


def _row(name: str, took: _Moment, ours: float, told: str) -> str:
    seconds = f"{took.processor:,.2f} ({took.clock:,.2f})"
    return f"| {name} | {seconds} | {took.processor / ours:,.0f} | {told} |\n"


if __name__ == "__main__":
    main()

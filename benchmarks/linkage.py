"""`python -m benchmarks.linkage [--files 10000 …]`: linking two drawn lists in five scripts.

Each size runs in a process of its own: seconds of every step, memory, precision and recall.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.linkage_drawn import drawn_rolls
from benchmarks.linkage_names import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.linkage_drawn import Rolls
    from undaunted.engines.linkage import Linked, Pair

__all__ = ["main", "measure"]

SEED = 5
SIZES = (10_000, 100_000, 1_000_000)
CUTS = (0.05, 0.5, 0.9)


def main() -> None:
    """Print what each size measures, in a table that a page can hold."""
    parser = argparse.ArgumentParser(prog="benchmarks.linkage", description=__doc__)
    parser.add_argument("--files", type=int, nargs="+", default=SIZES)
    parser.add_argument("--spark", default="", help="a master of Spark; none: DuckDB")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        measure(chosen.one, chosen.spark)
        return
    for files in chosen.files:
        one = [sys.executable, "-m", "benchmarks.linkage", "--one", str(files)]
        one += ["--spark", chosen.spark] if chosen.spark else []
        subprocess.run(one, check=True)


def measure(files: int, master: str = "") -> None:
    """Link drawn lists of so many files, and print seconds, memory, precision and recall."""
    from undaunted.engines.linkage import Where, link  # noqa: PLC0415 - needs the settings
    from undaunted.prisoners.registry.analysis.candidates import (  # noqa: PLC0415
        LEAST_LIKELY,
        alike_among,
        columns_of,
        partners_of,
    )

    rolls = drawn_rolls(files, seed=SEED)
    spent = {"columns": 0.0, "names": 0.0, "all": 0.0}
    asked, compared = 0, alike_among(rolls.files)

    def alike(pairs: Sequence[Pair]) -> list[float]:
        nonlocal asked
        begin = time.perf_counter()
        asked += len(pairs)
        _step(f"{len(pairs):,} pairs of names to compare")
        found = compared(pairs)
        spent["names"] += time.perf_counter() - begin
        _step("compared")
        return list(found)

    load, begin, worked = os.getloadavg()[0], time.perf_counter(), time.process_time()
    columns = columns_of(rolls.files, rolls.lists)
    spent["columns"] = time.perf_counter() - begin
    _step("names made ready")
    with tempfile.TemporaryDirectory() as folder:
        where = Where(master, folder)
        found = link(
            columns, alike, at_least=LEAST_LIKELY, partners=partners_of(files), where=where
        )
    spent["all"] = time.perf_counter() - begin
    print(f"{files:,} files; load before {load:.1f}; {found.model.origin}")
    print(f"wall {spent['all']:.1f} s: names made ready {spent['columns']:.1f},"
          f" {asked:,} pairs of names compared {spent['names']:.1f}, the rest"
          f" {spent['all'] - spent['columns'] - spent['names']:.1f};"
          f" processor {time.process_time() - worked:.1f} s;"
          f" memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")  # fmt: skip
    _told(rolls, found)


def _step(told: str) -> None:
    """Say on the way what was done; runs of a million files take long."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{told}: processor {time.process_time():.0f} s, {memory} MiB", file=sys.stderr, flush=True
    )


def _told(rolls: Rolls, found: Linked) -> None:
    """Print recall and precision by script, for three cuts of the probability."""
    there = Counter(dict.fromkeys(SCRIPTS, 0))
    there.update(rolls.scripts[at] for at in range(rolls.same))
    chances = np.array([one.probability for one in found.weighings])
    for cut in CUTS:
        pairs = [found.pairs[at] for at in np.flatnonzero(chances >= cut)]
        shown = Counter(rolls.scripts[one] for one, _ in pairs)
        true = Counter(rolls.scripts[one] for one, other in pairs if rolls.is_true(one, other))
        rows: list[Any] = [("all", sum(true.values()), rolls.same, len(pairs))]
        rows += [(script, true[script], there[script], shown[script]) for script in SCRIPTS]
        for script, met, of, among in rows:
            print(f"| {cut} | {script} | {met / max(of, 1):.3f} | {met / max(among, 1):.3f} |")


if __name__ == "__main__":
    os.environ.setdefault("UNDAUNTED_PROFILE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undaunted.config.settings")
    import django

    django.setup()
    main()

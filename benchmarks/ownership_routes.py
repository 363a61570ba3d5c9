"""`python -m benchmarks.ownership_routes [--companies 1000000]`: control, by walks and in SQL.

Draws a graph, finds who must control whom for every owner in both ways, in one process, and ends
with an error where a single pair differs. Printed are seconds by the wall, after one run unmeasured
of the walks, and the number of pairs.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from benchmarks.ownership_drawn import drawn_stakes
from undaunted.engines.ownership import all_control, votes_graph
from undaunted.engines.ownership.in_sql import all_control_in_sql

__all__ = ["main"]

COMPANIES, STAKES_EACH = 1_000_000, 1.5


def main() -> None:
    """Draw, find both ways, compare."""
    parser = argparse.ArgumentParser(prog="benchmarks.ownership_routes", description=__doc__)
    parser.add_argument("--companies", type=int, default=COMPANIES)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    stakes = drawn_stakes(chosen.companies, int(chosen.companies * STAKES_EACH), chosen.seed)
    all_control(votes_graph(drawn_stakes(10, 20, 1)))
    begin = time.perf_counter()
    graph = votes_graph(stakes)
    laid_out = time.perf_counter()
    owners, companies = all_control(graph).columns()
    walked = time.perf_counter()
    acting, held = all_control_in_sql(stakes)
    queried = time.perf_counter()
    order = np.lexsort((companies, owners))
    same = np.array_equal(owners[order], acting) and np.array_equal(companies[order], held)
    print(f"companies {chosen.companies:,}, stakes {len(stakes):,}, pairs {owners.size:,}")
    print(f"laid out {laid_out - begin:.2f} s, walked {walked - laid_out:.2f} s, "
          f"DuckDB {queried - walked:.2f} s")  # fmt: skip
    if not same:
        raise SystemExit(f"the two ways differ: {owners.size} and {acting.size} pairs")
    print("every pair is the same")


if __name__ == "__main__":
    main()

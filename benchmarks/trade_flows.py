"""`python -m benchmarks.trade_flows [--rows 10800000] [--years 1] [--folder DIR]`: flows of size.

Draws years of flows as large as BACI's, about 10.8 million rows of 226 countries and 5,400
products, reads them in a process of its own and tests the products that one country imports.
Printed are seconds by the wall and of processor, and the most memory that the process held.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from undaunted.coercion.exposure.readers import read_flows
from undaunted.coercion.exposure.readers.country_codes import country_codes
from undaunted.coercion.exposure.rules import product_dependencies

__all__ = ["draw_year", "main"]

ROWS, COUNTRIES, PRODUCTS = 10_800_000, 226, 5_400
LATEST, COUNTRY = 2022, "LTU"
MOST = 20_000
"""Flows of one product at most."""


def main() -> None:
    """Draw, then read and test apart from the drawing."""
    parser = argparse.ArgumentParser(prog="benchmarks.trade_flows", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="of a year")
    parser.add_argument("--years", type=int, default=1, help="two or more are tested too")
    parser.add_argument("--folder", type=Path, help="where files are drawn, and stay")
    parser.add_argument("--read", nargs="+", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.read:
        _read(chosen.read)
        return
    with tempfile.TemporaryDirectory() as passing:
        folder = chosen.folder or Path(passing)
        paths = []
        for year in range(LATEST - chosen.years + 1, LATEST + 1):
            paths.append(folder / f"BACI_HS17_Y{year}.csv")
            if not paths[-1].is_file():
                draw_year(paths[-1], year, chosen.rows)
        command = [sys.executable, "-m", "benchmarks.trade_flows", "--read", *map(str, paths)]
        subprocess.run(command, check=True)


def draw_year(path: Path, year: int, rows: int = ROWS) -> None:
    """Write one year: products of very different size, flows of countries of different size."""
    drawn = np.random.default_rng(year)
    named = {iso3: number for number, iso3 in country_codes(None, path.parent).items()}
    codes = [str(number) for number in sorted(named.values())][:COUNTRIES]
    size = drawn.permutation(1 / np.arange(1, len(codes) + 1) ** 0.8)
    parts = drawn.lognormal(0, 1, PRODUCTS)
    with path.open("w", encoding="ascii") as held:
        held.write("t,i,j,k,v,q\n")
        for at, part in enumerate(parts / parts.sum()):
            cells = drawn.choice(len(codes) ** 2, min(int(rows * part) + 5, MOST), replace=False)
            seller, buyer = cells // len(codes), cells % len(codes)
            value = drawn.lognormal(3, 2.5, len(cells)) * size[seller] * size[buyer] * 100 + 0.001
            held.writelines(
                f"{year},{codes[i]},{codes[j]},{10_000 + 180 * at:06d},{v:.3f},{v / 3:.3f}\n"
                for i, j, v in zip(seller.tolist(), buyer.tolist(), value.tolist(), strict=True)
                if i != j
            )


def _read(paths: list[Path]) -> None:
    wall, processor = time.perf_counter(), time.process_time()

    def say(what: str) -> None:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{what}: {time.perf_counter() - wall:.1f} s by the wall, "
            f"{time.process_time() - processor:.1f} s of processor, {most:.2f} GB at most"
        )

    flows = read_flows(paths)
    say(f"{len(flows):,} flows of {len(paths)} files read")
    if len(paths) > 1:
        found = product_dependencies(flows, COUNTRY)
        say(f"{found.tested:,} products tested, {len(found.findings)} told")


if __name__ == "__main__":
    main()

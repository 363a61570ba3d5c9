"""`python -m benchmarks [--persons 10000 100000 1000000] [--only search …]`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks import counts, imports, matching, pages, report, search
from benchmarks.installation import installed
from benchmarks.machine import describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.installation import Installation

__all__ = ["main"]

SIZES = (10_000, 100_000, 1_000_000)
MEASURES: dict[str, Callable[[Installation], dict[str, Any]]] = {
    "search": search.measure,
    "counts": counts.measure,
    "pages": pages.measure,
    "imports": imports.measure,
    "matching": matching.measure,
}
NOTES = Path(__file__).with_name("notes.md")


def main() -> None:
    """Measure each size in a process of its own and write the page."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--persons", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, help="keep the results as JSON in this file")
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(_one(chosen.one, chosen.only)))
        return
    machine, results = describe(), []
    for persons in chosen.persons:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", "--one", str(persons), "--only", *chosen.only],
            stdout=subprocess.PIPE, check=False, text=True,
        )  # fmt: skip
        if done.returncode:
            print(f"{persons:,} persons: failed, see above", file=sys.stderr)
            continue
        results.append(json.loads(done.stdout.splitlines()[-1]))
        if chosen.keep:
            chosen.keep.write_text(json.dumps([machine, results]), encoding="utf-8")
    if not results:
        raise SystemExit(1)
    print(report.write(machine, results, NOTES.read_text(encoding="utf-8")))


def _one(persons: int, wanted: list[str]) -> dict[str, Any]:
    result: dict[str, Any] = {"persons": persons}
    with installed() as place:
        from benchmarks.ledger import load  # noqa: PLC0415 - needs the settings
        from benchmarks.people import invent  # noqa: PLC0415

        _say(f"{persons:,} persons: writing the ledger")
        result["load"] = load(place.owner_url, invent(persons))
        _say(f"  {result['load']}")
        result["size"] = _size(place)
        for name in wanted:
            try:
                result[name] = MEASURES[name](place)
            except Exception:  # noqa: BLE001 - one measure that fails leaves the others
                traceback.print_exc()
                result[name] = {}
            _say(f"  {name}: {result[name]}")
    return result


def _size(place: Installation) -> float:
    with psycopg.connect(place.owner_url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None
    return float(row[0]) / 2**20


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

"""`python -m benchmarks [--sizes 10000 100000 1000000] [--only search counts …]`.

Every size runs in a process of its own. What is measured is kept beside what was measured before,
so that one size or one measure can be repeated alone; the page is written from all that is kept.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks import counts, imports, matching, pages, publication, report, results, search
from benchmarks.installation import installed
from benchmarks.machine import describe, now

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.installation import Installation

__all__ = ["main"]

SIZES = (10_000, 100_000, 1_000_000)
MEASURES: dict[str, Callable[[Installation], dict[str, Any]]] = {
    "search": search.measure,
    "counts": counts.measure,
    "pages": pages.measure,
    "publication": publication.measure,
    "imports": imports.measure,
    "matching": matching.measure,
}
NOTES = Path(__file__).with_name("notes.md")


def main() -> None:
    """Measure each size in a process of its own and write the page."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--sizes", "--persons", type=int, nargs="+", default=SIZES, dest="sizes")
    parser.add_argument("--only", nargs="*", choices=MEASURES, default=list(MEASURES),
                        help="these measures alone; without a name only the ledger is written and"
                        " projected")  # fmt: skip
    parser.add_argument("--keep-ledger", action="store_true",
                        help="leave the database under var/bench/ and use it again")  # fmt: skip
    parser.add_argument("--rebuild", action="store_true",
                        help="project a kept ledger anew")  # fmt: skip
    parser.add_argument("--page", action="store_true", help="only write the page from what is kept")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        _one(chosen.one, chosen)
        return
    failed = [] if chosen.page else [size for size in chosen.sizes if not _apart(size, chosen)]
    kept = results.all_kept()
    if kept:
        print(report.write(describe(), kept, NOTES.read_text(encoding="utf-8")))
    if failed or not kept:
        raise SystemExit(f"not measured: {', '.join(map(str, failed)) or 'anything'}")


def _apart(size: int, chosen: argparse.Namespace) -> bool:
    words = [sys.executable, "-m", "benchmarks", "--one", str(size), "--only", *chosen.only]
    words += ["--keep-ledger"] * chosen.keep_ledger + ["--rebuild"] * chosen.rebuild
    begin = time.monotonic()
    done = subprocess.run(words, check=False)
    _say(f"{size:,} persons took {time.monotonic() - begin:,.0f} s")
    return not done.returncode


def _one(size: int, chosen: argparse.Namespace) -> None:
    with installed(results.FOLDER / f"ledger-{size}" if chosen.keep_ledger else None) as place:
        from benchmarks.ledger import load, project  # noqa: PLC0415 - needs the settings
        from benchmarks.people import invent  # noqa: PLC0415

        if not place.loaded:
            _say(f"{size:,} persons: writing the ledger")
            state = now()
            written = load(place.owner_url, invent(size), say=_say)
            results.keep(size, "written", {"seconds": written, **state})
        if not place.loaded or chosen.rebuild:
            state = now()
            told = project(place.owner_url, say=_say)
            results.keep(size, "projected", {**told, **state})
            place.mark_loaded()
        results.keep(size, "size", _size(place))
        for name in chosen.only:
            begin, state = time.monotonic(), now()
            try:
                found = MEASURES[name](place)
            except Exception:  # noqa: BLE001 - one measure that fails leaves the others
                traceback.print_exc()
                continue
            results.keep(size, name, {**found, **state})
            _say(f"  {name} ({time.monotonic() - begin:,.0f} s): {found}")


def _size(place: Installation) -> dict[str, float]:
    counted = "relname IN ('published_delta', 'published_flow', 'published_cell', 'published_pair')"
    with psycopg.connect(place.owner_url) as connection:
        row = connection.execute(
            "SELECT pg_database_size(current_database())::float8,"
            " sum(pg_total_relation_size(oid)) FILTER (WHERE relname LIKE 'published%')::float8,"
            f" sum(pg_total_relation_size(oid)) FILTER (WHERE {counted})::float8,"
            " (SELECT count(*) FROM published_delta) FROM pg_class WHERE relkind = 'r'"
        ).fetchone()
    assert row is not None
    megabytes = [float(value or 0) / 2**20 for value in row[:3]]
    return {"database": megabytes[0], "published": megabytes[1], "counted": megabytes[2],
            "changes": row[3]}  # fmt: skip


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

"""`python -m benchmarks.ownership_spark_page`: what Spark took, on the page of the engine.

A run in Spark takes long and needs Java, so `benchmarks.ownership_spark` writes what it measured
into a file that is kept beside this one, and `benchmarks.ownership` puts this section of it last on
its page. Run alone, this renews the section there and leaves the rest of the page as it stands.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.ownership_spark import MEASURED

__all__ = ["main", "section"]

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-ownership.md"
BEGIN = "\n## In Spark, cut up and with a worker lost\n"


def main() -> None:
    """Renew the section on the page."""
    before = PAGE.read_text(encoding="utf-8").partition(BEGIN)[0]
    PAGE.write_text(before + section(), encoding="utf-8")


def section() -> str:
    """Give the section, its heading included; nothing where Spark was never measured."""
    if not MEASURED.exists():
        return ""
    told = json.loads(MEASURED.read_text(encoding="utf-8"))
    rows = "".join(
        f"| {run['partitions']}{', one worker killed' if run['lost'] else ''} "
        f"| {run['processor']:,.0f} | {run['seconds']:,.0f} "
        f"| {run['rounds']} | {run['bytes']:,.0f} |\n"
        for run in told["runs"]
    )
    return BEGIN + _HEAD.format(**told) + rows


_HEAD = """
Measured by `python -m benchmarks.ownership_spark` on {on}, with {load} programs waiting for the
processor before: {companies:,} companies, {stakes:,} stakes, two workers of one core and
{memory:,} MiB each. In every run all {pairs:,} pairs were those of the walks and of DuckDB.

| Partitions | Seconds of processor | By the clock | Rounds | Bytes shuffled a stake |
|---|---|---|---|---|
"""


if __name__ == "__main__":
    main()

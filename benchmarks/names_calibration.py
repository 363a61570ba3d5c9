"""`python -m benchmarks.names_calibration FOLDER [--write]`: thresholds by pair of scripts.

FOLDER holds the labelled pairs (`cross_script_pairs_dev.csv`, `nomenklatura_name_bench_cases.csv`);
without it, the environment's UNDAUNTED_NAME_PAIRS says where. Thresholds are worked out on one half
of the persons and tried on the other half, which nothing was fitted to; both are printed. The same
data and the same code give the same table. Nothing of the data is written anywhere but its digest.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.engines.names import REVIEW, Kind, LabelledPair, NameRefused, evaluate, prepare
from undaunted.engines.names import calibration as table
from undaunted.engines.names.pairs.comparing import uncalibrated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.engines.names import Evaluation

__all__ = ["Row", "calibrated_text", "digest_of", "main", "rows_of", "thresholds_of"]

CROSS, CURATED = "cross_script_pairs_dev.csv", "nomenklatura_name_bench_cases.csv"
FEWEST = 60
"""Pairs of a pair of scripts below which its threshold is not worked out."""
LOWEST, HIGHEST = 0.5, 0.8
AS_GOOD = 0.003
"""What may lack to the best F1. Of all thresholds that good one in the upper half is taken, since
innocents are more than the labelled pairs tell."""
LEAST_PRECISION = 0.95
TABLE = Path(table.__file__ or "")
WRITTEN = re.compile("(?<=names_calibration\n).*?(?=# until here)", re.DOTALL)

Scored = list[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled pair, and whose it is."""

    pair: LabelledPair
    bearer: str

    @property
    def held_out(self) -> bool:
        """Say whether thresholds must not see this pair: half of the bearers, by a digest."""
        return hashlib.sha256(self.bearer.encode()).digest()[-1] % 2 == 1


def rows_of(folder: Path) -> list[Row]:
    """Read the labelled pairs of a folder."""
    found = []
    with (folder / CROSS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            bearer = row["ref"].split("|")[0]
            pair = LabelledPair(row["orig"], row["latin"], row["label"] == "1", row["script"])
            found.append(Row(pair, row["orig"] if bearer.endswith("#") else bearer))
    with (folder / CURATED).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind = Kind.PERSON if row["schema"] == "Person" else Kind.ORGANISATION
            same = row["is_match"] == "true"
            pair = LabelledPair(row["name1"], row["name2"], same, "curated", kind)
            found.append(Row(pair, row["name1"]))
    return found


def digest_of(folder: Path) -> str:
    """Give one digest of both files."""
    return hashlib.sha256(
        b"".join((folder / name).read_bytes() for name in (CROSS, CURATED))
    ).hexdigest()


def thresholds_of(rows: Iterable[Row]) -> dict[tuple[str, str], float]:
    """Work out a threshold for every pair of scripts that has enough pairs of both labels."""
    groups: dict[tuple[str, str], Scored] = defaultdict(list)
    for row in rows:
        try:
            left, right = (prepare(n, row.pair.kind) for n in (row.pair.left, row.pair.right))
        except NameRefused:
            continue
        scripts = min(left.script, right.script), max(left.script, right.script)
        groups[scripts].append((uncalibrated(left, right), row.pair.same))
    return {
        scripts: _threshold(scored)
        for scripts, scored in sorted(groups.items())
        if len(scored) >= FEWEST and len({same for _, same in scored}) > 1
    }


def _threshold(scored: Scored) -> float:
    """Give the middle of the gap where nothing else lies between; else what is as good as any."""
    others = max(value for value, same in scored if not same)
    alike = min(value for value, same in scored if same)
    if others < alike:
        return min(max(round((others + alike) / 2, 2), LOWEST), HIGHEST)
    tried = [step / 100 for step in range(round(LOWEST * 100), round(HIGHEST * 100) + 1)]
    figures = {at: _f1_and_precision(scored, at) for at in tried}
    precise = {at: f1 for at, (f1, precision) in figures.items() if precision >= LEAST_PRECISION}
    f1_of = precise or {at: f1 for at, (f1, _) in figures.items()}
    best = max(f1_of.values())
    good = [at for at, f1 in f1_of.items() if f1 >= best - AS_GOOD]
    return good[len(good) * 3 // 4]


def _f1_and_precision(scored: Scored, at: float) -> tuple[float, float]:
    flagged = [same for value, same in scored if value >= at]
    hits, positives = sum(flagged), sum(same for _, same in scored)
    return 2 * hits / (len(flagged) + positives), hits / len(flagged) if flagged else 1.0


def calibrated_text(thresholds: dict[tuple[str, str], float], digest: str, on: str) -> str:
    """Write the lines of the table."""
    lines = [f'    ("{left}", "{right}"): {at:.2f},' for (left, right), at in thresholds.items()]
    table_of = "\n".join(["THRESHOLDS: dict[tuple[str, str], float] = {", *lines, "}"])
    return f'CALIBRATED_ON = "{on}"\nDATA_DIGEST = "{digest}"\n{table_of}\n'


def main() -> None:
    """Work thresholds out on one half, try them on the other, print or write them."""
    parser = argparse.ArgumentParser(prog="names_calibration", description=__doc__)
    parser.add_argument("folder", nargs="?", default=os.environ.get("UNDAUNTED_NAME_PAIRS"))
    parser.add_argument("--write", action="store_true", help=f"write the table into {TABLE.name}")
    chosen = parser.parse_args()
    if not chosen.folder:
        parser.error("say in which folder the pairs are, or set UNDAUNTED_NAME_PAIRS")
    folder = Path(chosen.folder)
    rows = rows_of(folder)
    thresholds = thresholds_of(row for row in rows if not row.held_out)
    table.THRESHOLDS.clear()
    table.THRESHOLDS.update(thresholds)
    for heading, held_out in (("half that thresholds saw", False), ("half held out", True)):
        print(heading)
        _show(evaluate(row.pair for row in rows if row.held_out is held_out))
    text = calibrated_text(thresholds, digest_of(folder), f"{datetime.now(UTC):%Y-%m-%d}")
    sys.stdout.write(text)
    if chosen.write:
        TABLE.write_text(WRITTEN.sub(text, TABLE.read_text(encoding="utf-8")), encoding="utf-8")


def _show(found: Evaluation) -> None:
    print(f"{'':12}{'pairs':>7}{'AUC':>8}{'best F1':>9}{'recall':>8}{'precision':>11}  at {REVIEW}")
    for name, one in (("overall", found.overall), *found.scripts.items()):
        auc = f"{one.auc:.4f}" if one.auc is not None else ""
        precision = f"{one.precision:.3f}" if one.precision is not None else ""
        print(f"{name:12}{one.pairs:7}{auc:>8}{one.best_f1:9.3f}{one.recall:8.3f}{precision:>11}")


if __name__ == "__main__":
    main()

"""Many scenarios by many sets of elasticities, in parts that any process may solve.

What is asked is cut into parts by its own order, whoever works on them; a part is solved alone, and
its answers lie in a file of its own that names what was asked. So the result is the same with one
process or many, when one of them dies and its part is solved again, and when the sweep is started
anew in a folder where a part of it lies already.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["AT_ONCE", "Part", "Run", "parts_of", "solve_part", "sweep"]


AT_ONCE = 4
"""Runs of a part."""
DIGITS = 12
"""That a number is given with; the processors of two machines may differ in what lies beyond."""
COLUMNS = (
    "scenario", "scenario_sha256", "elasticities", "country", "real_income_pct", "residual",
    "iterations",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """One scenario file with one set of elasticities; None leaves that of the file."""

    scenario: str
    sha256: str
    elasticities: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """Some runs, by their place in the whole; `key` names what is asked."""

    number: int
    runs: tuple[Run, ...]

    @property
    def key(self) -> str:
        """SHA-256 over the runs."""
        told = json.dumps([asdict(each) for each in self.runs], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def parts_of(
    scenarios: Sequence[Path], sets: Sequence[str], *, at_once: int = AT_ONCE
) -> list[Part]:
    """Cut every scenario by every set into parts.

    Raises `ScenarioRefused` for a file that is none, and `FileRefused` for an unknown set.
    """
    from undaunted.coercion.exposure.readers import OF_THE_TABLE, elasticity_set  # noqa: PLC0415
    from undaunted.coercion.response.readers import read_scenario  # noqa: PLC0415 - starts faster

    for each in sets:
        if each != OF_THE_TABLE:
            elasticity_set(each)
    digests = {path: read_scenario(path).sha256 for path in scenarios}
    chosen: Sequence[str | None] = sets or (None,)
    runs = [
        Run(str(path.resolve()), digests[path], each) for path, each in product(scenarios, chosen)
    ]
    return [
        Part(number, tuple(runs[at : at + at_once]))
        for number, at in enumerate(range(0, len(runs), at_once))
    ]


def solve_part(part: Part) -> list[list[Any]]:
    """Solve the runs of a part: rows as the table of the result has them."""
    return [row for run in part.runs for row in _rows(run)]


def sweep(
    parts: Sequence[Part],
    folder: Path,
    *,
    work: Callable[[Callable[[Part], list[list[Any]]], list[Part]], Any],
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Path:
    """Solve what the folder does not hold yet, and write the whole as one table.

    `work` gives pairs of a part's number and its rows in any order; see `in_processes`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    left = [part for part in parts if _kept(folder, part) is None]
    keys = {part.number: part.key for part in parts}
    progress(len(parts) - len(left), len(parts))
    for done, (number, rows) in enumerate(work(solve_part, left), len(parts) - len(left) + 1):
        told = json.dumps({"key": keys[number], "rows": rows})
        file = folder / _name(number)
        file.with_suffix(".new").write_text(told, encoding="utf-8")
        file.with_suffix(".new").replace(file)
        progress(done, len(parts))
    result = folder / "results.csv"
    with result.open("w", encoding="utf-8", newline="") as held:
        table = csv.writer(held)
        table.writerow(COLUMNS)
        for part in parts:
            table.writerows([_cell(each) for each in row] for row in _kept(folder, part) or [])
    return result


def _cell(value: object) -> object:
    """Names come out of files: no spreadsheet runs one."""
    from undaunted.core.evidence.rules import harmless  # noqa: PLC0415 - starts faster

    return harmless(value) if isinstance(value, str) else value


def _name(number: int) -> str:
    return f"part-{number:05}.json"


def _kept(folder: Path, part: Part) -> list[list[Any]] | None:
    """Give the rows that lie in the folder for just this part."""
    file = folder / _name(part.number)
    if not file.is_file():
        return None
    told = json.loads(file.read_text(encoding="utf-8"))
    rows: list[list[Any]] = told["rows"]
    return rows if told["key"] == part.key else None


def _rows(run: Run) -> list[list[Any]]:
    from undaunted.cli.trade_told import world_of  # noqa: PLC0415 - starts faster
    from undaunted.coercion.response.readers import read_scenario  # noqa: PLC0415 - starts faster
    from undaunted.engines.trade import solve  # noqa: PLC0415 - starts faster

    told = read_scenario(Path(run.scenario))
    asked = told.scenario
    chosen = world_of(told, elasticities=run.elasticities)
    found = solve(chosen.world, replace(asked, elasticities=run.elasticities or asked.elasticities))
    return [
        [
            asked.name,
            run.sha256,
            chosen.elasticities,
            code,
            float(f"{value:.{DIGITS}f}"),
            f"{found.certificate.residual:.0e}",
            found.certificate.iterations,
        ]
        for code, value in found.real_income_pct.items()
    ]

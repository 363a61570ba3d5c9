"""A sweep is the same whoever solves its parts, and does not redo what lies there.

Processes take long to start: `python -m benchmarks.trade_sweep` runs two, kills one and compares.
"""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tests.coercion.exposure.world_files import write_world
from undaunted.cli.processes import DaskMissing, in_this_process, processes
from undaunted.cli.sweep import Part, parts_of, solve_part, sweep
from undaunted.cli.trade import commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCENARIO = """
name = "levy of {value}"
data = "mine.npz"
[[shocks]]
importer = "C0"
exporter = "C1"
sectors = "goods"
kind = "tariff_pp"
value = {value}
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    write_world(tmp_path / "mine.npz")
    told = []
    for value in (10, 25):
        told.append(tmp_path / f"{value}.toml")
        told[-1].write_text(SCENARIO.format(value=value), encoding="utf-8")
    return told


def test_parts_are_cut_by_what_is_asked_alone(files: list[Path]) -> None:
    parts = parts_of(files, ["data", "eaton-kortum-2002"], at_once=3)
    assert [len(each.runs) for each in parts] == [3, 1]
    assert [each.elasticities for each in parts[0].runs] == ["data", "eaton-kortum-2002", "data"]
    again = parts_of(files, ["data", "eaton-kortum-2002"], at_once=3)
    assert [each.key for each in again] == [each.key for each in parts]
    files[0].write_text(SCENARIO.format(value=11), encoding="utf-8")
    changed = parts_of(files, ["data", "eaton-kortum-2002"], at_once=3)
    assert [a.key == b.key for a, b in zip(parts, changed, strict=True)] == [False, True]


def test_tariffs_that_a_scenario_names_are_levied_in_a_sweep_too(files: list[Path]) -> None:
    (files[0].parent / "mine.npz").unlink()
    write_world(files[0].parent / "mine.npz", tau=None)
    plain = solve_part(parts_of(files[:1], [])[0])
    (files[0].parent / "mine.csv").write_text("importer,exporter,sector,rate\nC0,C1,all,30\n")
    files[0].write_text('tariffs = "mine.csv"\n' + SCENARIO.format(value=10), encoding="utf-8")
    levied = solve_part(parts_of(files[:1], [])[0])
    assert plain[1][3:5] != levied[1][3:5]
    alone = CliRunner().invoke(commands, ["simulate", str(files[0]), "--json"])
    found = json.loads(alone.output)["real_income_pct"]
    assert {row[3]: row[4] for row in levied} == pytest.approx(found, abs=1e-9)


def test_sweep_solves_what_is_left_and_gives_one_table(files: list[Path], tmp_path: Path) -> None:
    parts, folder = parts_of(files, [], at_once=1), tmp_path / "out"
    asked: list[int] = []

    def work(solve: Callable[[Part], list[list[Any]]], left: list[Part]) -> Any:
        asked.extend(each.number for each in left)
        return reversed(list(in_this_process(solve, left)))

    first = sweep(parts, folder, work=work).read_bytes()
    (folder / "part-00001.json").unlink()
    assert sweep(parts, folder, work=work).read_bytes() == first
    assert asked == [0, 1, 1]
    rows = list(csv.DictReader(first.decode().splitlines()))
    assert [each["scenario"] for each in rows[:: len(rows) // 2]] == ["levy of 10", "levy of 25"]
    hit = [float(each["real_income_pct"]) for each in rows if each["country"] == "C1"]
    assert hit[1] < hit[0] < 0
    assert {each["elasticities"] for each in rows} == {"of the table"}


def test_command_tells_progress_and_refuses_by_name(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ["sweep", str(files[0]), "--out", str(tmp_path / "out")]
    told = CliRunner().invoke(commands, call)
    assert told.exit_code == 0, told.output
    assert "1 of 1 parts" in told.output
    assert "results.csv" in told.stdout
    unknown = CliRunner().invoke(commands, [*call, "--elasticities", "mine"])
    assert unknown.exit_code != 0
    assert "mine is not known" in unknown.output
    files[0].write_text("name = 3", encoding="utf-8")
    broken = CliRunner().invoke(commands, call)
    assert broken.exit_code != 0
    assert files[0].name in broken.output
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(DaskMissing, match="requirements/sweep"), processes(2):
        pass

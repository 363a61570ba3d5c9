"""`undaunted ownership pairs`: a file of numbered stakes in, every pair out, bad rows refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from undaunted.cli.ownership import commands
from undaunted.cli.session import REFUSED
from undaunted.engines.ownership import Parties, all_control, gather_stakes, units, votes_graph

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

__all__: list[str] = []


def _run(*words: object) -> Result:
    return CliRunner().invoke(commands, ["pairs", *map(str, words)], env={"COLUMNS": "200"})


def _written(folder: Path, name: str, columns: dict[str, Any]) -> Path:
    path = folder / name
    if name.endswith(".csv"):
        lines = [",".join(columns), *(",".join(map(str, row)) for row in zip(*columns.values()))]  # noqa: B905
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        pq.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize("name", ["stakes.csv", "stakes.parquet"])
def test_every_pair_of_the_file_is_that_of_the_graph(tmp_path: Path, name: str) -> None:
    drawn = np.random.default_rng(5)
    owner, owned = drawn.integers(0, 300, 500) // 3, drawn.integers(0, 300, 500)
    share = np.round(drawn.random(500), 3)
    file = _written(tmp_path, name, {"owner": owner, "owned": owned, "share": share})
    out = tmp_path / "pairs.parquet"
    done = _run(file, "--out", out)
    assert done.exit_code == 0, done.output
    graph = votes_graph(
        gather_stakes(
            Parties(tuple(map(str, range(300))), np.ones(300, np.int8)),
            {"owner": owner, "owned": owned, "lo": units(share)},
        )
    )
    expected = all_control(graph).columns()
    found = pq.read_table(out)
    assert done.output.startswith(f"{expected[0].size} pairs, 500 stakes, ")
    assert found.column("owner").to_pylist() == expected[0].tolist()
    assert found.column("company").to_pylist() == expected[1].tolist()
    assert not list(tmp_path.glob("*.part"))


GOOD = {"owner": [0, 1, 2], "owned": [1, 2, 3], "share": [0.6, 0.5, 0.4]}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"share": [0.6, 1.5, 0.4]}, "row 2: share is not between 0 and 1"),
        ({"share": [0.6, float("nan"), 0.4]}, "row 2: share is not between 0 and 1"),
        ({"share": [0.6, 0.5, None]}, "row 3: share is empty"),
        ({"owner": [0, -1, 2]}, "row 2: owner is below 0"),
        ({"owned": [None, 2, 3]}, "row 1: owned is empty"),
        ({"owner": ["a", "b", "c"]}, "owner is string; number parties"),
        ({"owner": [0, 1, 3_000_000]}, "3000000 is a number among 3 stakes"),
    ],
)
def test_a_row_that_is_no_exact_stake_is_refused(
    tmp_path: Path, wrong: dict[str, list[Any]], told: str
) -> None:
    file, out = _written(tmp_path, "wrong.parquet", GOOD | wrong), tmp_path / "pairs.parquet"
    done = _run(file, "--out", out)
    assert done.exit_code == REFUSED
    assert told in done.output
    assert not out.exists()


def test_what_is_no_table_and_what_cannot_be_written_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"nothing")
    lacking = _written(tmp_path, "lacking.parquet", {"owner": [0], "owned": [1]})
    uneven = tmp_path / "uneven.csv"
    uneven.write_text("owner,owned,share\n0,1,0.6\n1,2\n", encoding="utf-8")
    unnamed = _written(tmp_path, "unnamed.csv", {"owner": [0], "owned": [1]})
    good = _written(tmp_path, "good.parquet", GOOD)
    for file, out, told in (
        (broken, "pairs.parquet", "broken.parquet: "),
        (tmp_path / "absent.parquet", "pairs.parquet", "absent.parquet"),
        (lacking, "pairs.parquet", "no column share"),
        (unnamed, "pairs.parquet", "unnamed.csv: "),
        (uneven, "pairs.parquet", "uneven.csv: "),
        (good, "nowhere/pairs.parquet", "No such file"),
    ):
        done = _run(file, "--out", tmp_path / out)
        assert done.exit_code == REFUSED
        assert told in done.output

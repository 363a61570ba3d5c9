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


def test_no_table_that_is_read_is_written_over_nor_anothers_draft(tmp_path: Path) -> None:
    file = _written(tmp_path, "stakes.parquet", GOOD)
    told, linked = file.read_bytes(), tmp_path / "linked.parquet"
    linked.symlink_to(file)
    for out in (file, linked):
        done = _run(file, "--out", out)
        assert done.exit_code == REFUSED, done.output
        assert "is read here, and would be lost; name another --out" in done.output
    assert file.read_bytes() == told
    draft = tmp_path / "pairs.parquet.part"
    draft.write_bytes(b"of somebody else")
    assert _run(file, "--out", tmp_path / "pairs.parquet").exit_code == 0
    assert draft.read_bytes() == b"of somebody else"


GOOD = {"owner": [0, 1, 2], "owned": [1, 2, 3], "share": [0.6, 0.5, 0.4]}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"share": [0.6, 1.5, 0.4]}, "row 2: share is not between 0 and 1"),
        ({"share": [0.6, float("nan"), 0.4]}, "row 2: share is not between 0 and 1"),
        ({"share": [0.6, 0.5, None]}, "row 3: share is empty"),
        ({"share": [True, False, True]}, "row 1: share is True, bool; write"),
        ({"share": ["0.6", "51%", "0.4"]}, "row 2: share is '51%', string; write"),
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


@pytest.mark.parametrize("name", ["wrong.csv", "wrong.parquet"])
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(0, 1, 0.3), (0, 1, 0.3)], "owner 0, company 1, 30 %: a row says the same"),
        ([(2, 1, 0.1), (0, 1, 0.3), (2, 1, 0.2), (0, 1, 0.2), (2, 1, 0.1)], "owner 2, company 1"),
        ([(1, 1, 0.1), (0, 1, 0.3), (1, 1, 0.1)], "owner 1, company 1, 10 %"),
    ],
)
def test_repeated_rows_are_refused_with_owner_company_and_rule(
    tmp_path: Path, name: str, rows: list[tuple[int, int, float]], told: str
) -> None:
    columns = zip(*rows, strict=True)
    file = _written(
        tmp_path, name, dict(zip(("owner", "owned", "share"), map(list, columns), strict=True))
    )
    done = _run(file, "--out", tmp_path / "pairs.parquet")
    assert done.exit_code == REFUSED
    assert told in done.output
    assert "(1 such rows)" in done.output
    assert "[repeated]" in done.output
    assert not (tmp_path / "pairs.parquet").exists()


@pytest.mark.parametrize(
    ("owner", "share"), [([2, 0], [0.8, 0.8]), ([2, 1], [0.8, 0.8]), ([2, 2, 0], [0.4, 0.6, 0.6])]
)
def test_what_is_held_beyond_the_whole_is_told(
    tmp_path: Path, owner: list[int], share: list[float]
) -> None:
    columns = {"owner": [*owner, 0], "owned": [1] * len(owner) + [3], "share": [*share, 1.0]}
    done = _run(_written(tmp_path, "over.csv", columns), "--out", tmp_path / "pairs.parquet")
    assert done.exit_code == 0, done.output
    assert "more than 100 %, in 1 companies; find out" in done.output
    assert "[total_above_whole]\ncompany 1: 160 %\n" in done.output


def test_pieces_of_a_large_table_part_no_company(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undaunted.cli.ownership_doubts.PIECE", 2)
    columns = {"owner": [9, 8, 7, 9, 8, 9, 0], "owned": [0, 0, 0, 4, 4, 4, 9]}
    shares = {"share": [0.5, 0.4, 0.3, 0.4, 0.8, 0.3, 0.2]}
    out = tmp_path / "pairs.parquet"
    done = _run(_written(tmp_path, "over.csv", columns | shares), "--out", out)
    assert done.output.endswith("company 0: 120 %\ncompany 4: 150 %\n")
    shares["share"][5] = 0.4
    done = _run(_written(tmp_path, "twice.csv", columns | shares), "--out", out)
    assert "owner 9, company 4, 40 %" in done.output


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


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    twice = pa.table(
        [[0, 1], [1, 2], [0.6, 0.5], [7, 8]], names=["owner", "owned", "share", "owner"]
    )
    file, text = tmp_path / "stakes.parquet", tmp_path / "stakes.csv"
    pq.write_table(twice, file)
    text.write_text("owner,owned,share,owner\n0,1,0.6,7\n1,2,0.5,8\n", encoding="utf-8")
    for each in (file, text):
        done = _run(each, "--out", tmp_path / "pairs.parquet")
        assert done.exit_code == REFUSED, done.output
        assert "column owner stands twice" in done.output
        assert not (tmp_path / "pairs.parquet").exists()

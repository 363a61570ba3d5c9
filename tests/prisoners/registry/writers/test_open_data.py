"""A stranger counts from the download what the registry counts; the files are safe and the same."""

from __future__ import annotations

import csv
import hashlib
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from tests.prisoners.registry.published_worlds import random_world
from tests.prisoners.registry.test_counting import project_all
from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.queries.counting import count
from undaunted.prisoners.registry.queries.open_data import open_tables
from undaunted.prisoners.registry.rules.open_data import CASES, TABLES
from undaunted.prisoners.registry.writers.open_data import write_open_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.config.postgres import Lease
    from undaunted.prisoners.registry.rules.open_data import OpenTable

HOWTO = Path(__file__).parents[4] / "docs" / "how-to" / "reproduce-a-count.md"


def test_the_lines_in_the_docs_reproduce_the_count(ledger: Lease, tmp_path: Path) -> None:
    random_world(5, 120).write(ledger)
    project_all(ledger)
    write_open_data(tmp_path, open_tables(PUBLIC))
    found = re.search(r"```python\n(.*?)```", HOWTO.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    for year in (2019, 2022, 2025):
        lines = found[1].replace("2025-12", f"{year}-12")
        ran = subprocess.run(
            [sys.executable, "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        wanted = count(PUBLIC, as_of=date(year, 12, 31), country="XR").persons
        assert int(ran.stdout) == wanted
        assert wanted > 0


def test_the_same_ledger_gives_the_same_bytes(ledger: Lease, tmp_path: Path) -> None:
    random_world(6, 30).write(ledger)
    project_all(ledger)
    one = write_open_data(tmp_path / "one", open_tables(PUBLIC))
    project_all(ledger)
    other = write_open_data(tmp_path / "other", open_tables(PUBLIC))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    for line in (tmp_path / "one" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "one" / name).read_bytes()).hexdigest() == digest
    assert pq.read_table(tmp_path / "one" / "cases.parquet").num_rows > 0


def test_no_table_has_a_column_of_free_text_or_days() -> None:
    names = {column.name for table in TABLES for column in table.columns}
    assert not names & {"city", "facility", "law", "authority", "reason", "note", "claim", "id"}


@pytest.mark.parametrize("bad", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1"])
def test_formulas_are_neutralised(bad: str, tmp_path: Path) -> None:
    def rows(table: OpenTable) -> Iterator[tuple[Any, ...]]:
        if table is CASES:
            yield ("XR-1", bad, "XR", "", None, [bad], [], [], "", [], "A", True, None, None, "")

    write_open_data(tmp_path, rows)
    with (tmp_path / "cases.csv").open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream))
    assert row["name"].startswith("'")
    assert row["roles"].startswith("'")

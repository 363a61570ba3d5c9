"""A stranger counts from the download what the registry counts; the files are safe and the same."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
import warnings
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
from undaunted.prisoners.registry.rules.open_data import CASES, NAMES, TABLES, DownloadFormat
from undaunted.prisoners.registry.writers.followthemoney import entities as entities_of
from undaunted.prisoners.registry.writers.open_data import write_open_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.config.postgres import Lease
    from undaunted.prisoners.registry.rules.open_data import OpenTable

FOLLOWTHEMONEY = {
    "Person": {"name", "alias", "country", "gender", "birthDate", "keywords"},
    "Event": {"name", "country", "startDate", "endDate", "location", "involved", "keywords"},
}
"""Properties we use, each looked up in the schemata of followthemoney 4.11.2, 2026-11-25."""
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


def test_frictionless_finds_the_package_valid(ledger: Lease, tmp_path: Path) -> None:
    random_world(8, 60).write(ledger)
    project_all(ledger)
    write_open_data(tmp_path, open_tables(PUBLIC), (DownloadFormat.CSV,))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the checking tool, not ours
        from frictionless import Package  # noqa: PLC0415 - loads half a second

        package = Package(str(tmp_path / "datapackage.json"))
        report = package.validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
        assert [resource.name for resource in package.resources] == [t.name for t in TABLES]
        (tmp_path / "cases.csv").write_bytes(b"reference\nXR-1\n")
        assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_followthemoney_entities_keep_to_the_model(ledger: Lease, tmp_path: Path) -> None:
    random_world(9, 60).write(ledger)
    project_all(ledger)
    write_open_data(tmp_path, open_tables(PUBLIC), (DownloadFormat.FTM,))
    lines = (tmp_path / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    entities = {entity["id"]: entity for entity in map(json.loads, lines)}
    assert len(entities) == len(lines)
    assert {entity["schema"] for entity in entities.values()} == {"Person", "Event"}
    month = re.compile(r"\d{4}(-\d{2})?")
    for entity in entities.values():
        properties = entity["properties"]
        assert properties.keys() <= FOLLOWTHEMONEY[entity["schema"]]
        assert properties["name"] == [entity["caption"]]
        for name in ("startDate", "endDate", "birthDate"):
            assert all(month.fullmatch(value) for value in properties.get(name, ()))
        assert not set(properties.get("country", ())) & {"xr", "xs", "xb", "xf", "xz"}
        for person in properties.get("involved", ()):
            assert entities[person]["schema"] == "Person"
        assert not entity["target"]


def test_other_names_become_aliases_of_the_right_person() -> None:
    def rows(table: OpenTable) -> Iterator[tuple[Any, ...]]:
        if table is CASES:
            for number in (1, 2, 4):
                case: tuple[Any, ...] = (
                    "F",
                    "",
                    1980,
                    ["hrd"],
                    [],
                    [],
                    "",
                    [],
                    "A",
                    True,
                    None,
                    None,
                    "",
                    [],
                )
                yield (f"XR-{number}", f"N{number}", "FR", *case[1:])
        if table is NAMES:
            yield ("XR-1", "N1", "full", "Latn", "en")
            yield ("XR-1", "Other 1", "alias", "Latn", "en")
            yield ("XR-3", "Of nobody", "full", "Latn", "en")
            yield ("XR-4", "Other 4", "alias", "Latn", "en")

    aliases = [entity["properties"].get("alias", []) for entity in entities_of(rows)]
    assert aliases == [["Other 1"], [], ["Other 4"]]


def test_no_table_has_a_column_of_free_text_or_days() -> None:
    names = {column.name for table in TABLES for column in table.columns}
    assert not names & {"city", "facility", "law", "authority", "reason", "note", "claim", "id"}


@pytest.mark.parametrize("bad", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1"])
def test_formulas_are_neutralised(bad: str, tmp_path: Path) -> None:
    def rows(table: OpenTable) -> Iterator[tuple[Any, ...]]:
        if table is CASES:
            yield (
                "XR-1", bad, "XR", "", None, [bad], [], [], "", [], "A", True, None, None, "", [],
            )  # fmt: skip

    write_open_data(tmp_path, rows)
    with (tmp_path / "cases.csv").open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream))
    assert row["name"].startswith("'")
    assert row["roles"].startswith("'")

"""`undaunted ownership write`: what is written as statements is read as the same stakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tests.coercion.screening.statements import rows_of
from undaunted.cli.ownership import commands
from undaunted.coercion.screening.readers import read_stakes

if TYPE_CHECKING:
    from typer.testing import Result

__all__: list[str] = []

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "ownership"
LEI, OTHER = "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R29"


def _write(file: Path, out: Path, publisher: str = "Screening office of Freedonia") -> Result:
    words = ("write", file, "--out", out, "--publisher", publisher)
    return CliRunner().invoke(commands, [str(each) for each in words])


def _related(kind: str) -> dict[str, object]:
    return {
        "Relationship": {
            "StartNode": {"NodeID": {"$": LEI}}, "EndNode": {"NodeID": {"$": OTHER}},
            "RelationshipType": {"$": kind}, "RelationshipStatus": {"$": "ACTIVE"},
            "RelationshipPeriods": {"RelationshipPeriod": [
                {"StartDate": {"$": "2024-01-01"}, "PeriodType": {"$": "RELATIONSHIP_PERIOD"}}]},
        },
        "Registration": {"InitialRegistrationDate": {"$": "2024-02-01"},
                         "RegistrationStatus": {"$": "PUBLISHED"}},
    }  # fmt: skip


def test_stakes_of_tables_and_of_gleif_are_read_again_as_they_were(tmp_path: Path) -> None:
    table, gleif, out = (tmp_path / name for name in ("s.csv", "lei.json", "out.json"))
    table.write_text(
        "owner,owned,share,kind,valid_from\nSTATE:XR,Port,50.00000001%,,2024-01-01\n"
        "Fund,Port,25-50%,votes,\nFund,Port,,board,\n", encoding="utf-8",
    )  # fmt: skip
    kinds = ("IS_DIRECTLY_CONSOLIDATED_BY", "IS_FUND-MANAGED_BY", "IS_INTERNATIONAL_BRANCH_OF")
    gleif.write_text(json.dumps([_related(kind) for kind in kinds]), encoding="utf-8")
    for file, number in ((table, 3), (gleif, 3)):
        done = _write(file, out)
        assert (done.exit_code, f"{number} stakes" in done.stdout) == (0, True), done.output
        again, before = (rows_of(read_stakes(each).stakes) for each in (out, file))
        assert [row[:6] for row in again] == [row[:6] for row in before]


def test_nothing_is_written_of_a_file_that_was_cut_nor_half_a_file(tmp_path: Path) -> None:
    table, out = tmp_path / "s.csv", tmp_path / "out.json"
    table.write_text("owner,owned,share\nA,B,0.6\nB", encoding="utf-8")
    assert _write(table, out).exit_code == 2
    table.write_text("owner,owned,share\nA,B,0.6\n", encoding="utf-8")
    assert "--publisher is empty" in _write(table, out, " ").stderr
    assert _write(table, tmp_path / "none" / "out.json").exit_code == 2
    assert [each.name for each in tmp_path.iterdir()] == ["s.csv"]


def test_no_file_that_is_read_is_written_over_nor_anothers_draft(tmp_path: Path) -> None:
    table, linked, mapping = (tmp_path / name for name in ("s.csv", "link.csv", "map.toml"))
    told, ours = "owner,owned,share\nA,B,0.6\n", "[constants]\nsource = 'Register'\n"
    table.write_text(told, encoding="utf-8")
    mapping.write_text(ours, encoding="utf-8")
    linked.symlink_to(table)
    words = {
        "write": ("--publisher", "Office", "--format", mapping),
        "draw": ("--company", "B", "--seed", "A", "--format", mapping),
    }
    for command, more in words.items():
        for out in (table, linked, mapping):
            asked = (command, table, "--out", out, *more)
            done = CliRunner().invoke(commands, [str(each) for each in asked])
            assert done.exit_code == 2, done.output
            assert f"{out}: is read here, and would be lost; name another --out" in done.stderr
    assert (table.read_text("utf-8"), mapping.read_text("utf-8")) == (told, ours)
    other, out = tmp_path / "out.json.part", tmp_path / "out.json"
    other.write_text("of somebody else", encoding="utf-8")
    assert _write(table, tmp_path).exit_code == 2
    assert _write(table, out).exit_code == 0
    assert other.read_text("utf-8") == "of somebody else"
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "link.csv", "map.toml", "out.json", "out.json.part", "s.csv"
    ]  # fmt: skip


@pytest.mark.realdata
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/data/ownership is absent")
def test_samples_of_both_formats_round_trip(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    for file in (*sorted(SAMPLES.glob("gleif/*")), *sorted(SAMPLES.glob("bods/*.json"))):
        loaded = read_stakes(file)
        if not len(loaded.stakes):
            continue
        assert _write(file, out).exit_code == 0
        again = {row[:6] for row in rows_of(read_stakes(out, "bods").stakes)}
        assert again == {row[:6] for row in rows_of(loaded.stakes)}, file.name

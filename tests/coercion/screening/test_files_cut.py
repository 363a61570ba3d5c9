"""Files that end in the middle are known by it in every format, and days hold nothing beside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.coercion.screening.statements import as_file, entity, interest, relationship
from undaunted.coercion.screening.commands import commands
from undaunted.coercion.screening.readers import (
    FileRefused,
    read_filing,
    read_holdings,
    read_stakes,
)
from undaunted.coercion.screening.readers.days import day_of
from undaunted.coercion.screening.readers.formats import read_as
from undaunted.engines.ownership import Rule

__all__: list[str] = []

PORT = Path(__file__).parents[3] / "docs" / "examples" / "screening"
HELD: dict[str, list[Any]] = {
    "bods": [entity("a"), entity("b"), relationship("a", "b", interest(60))],
    "psc": [
        {"company_number": f"0000000{each}", "data": {
            "kind": "individual-person-with-significant-control", "name": "Ms A",
            "natures_of_control": ["voting-rights-50-to-75-percent"]}} for each in range(3)
    ],
    "ftm": [
        {"id": "a", "schema": "Company", "properties": {"name": ["A"]}},
        {"id": "b", "schema": "Company", "properties": {"name": ["B"]}},
        {"id": "o", "schema": "Ownership",
         "properties": {"owner": ["a"], "asset": ["b"], "percentage": ["51%"]}},
    ],
    "gleif": [
        {"LEI": {"$": each}, "Entity": {"LegalName": {"$": each}}} for each in ("A", "B", "C")
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", HELD)
def test_lines_cut_in_the_middle_of_one_answer_nothing(tmp_path: Path, name: str) -> None:
    lines = "\n".join(json.dumps(each) for each in HELD[name])
    whole = read_stakes(as_file(tmp_path, lines, "file.jsonl"), name)
    assert not {Rule.CUT, Rule.UNREAD} & {each.rule for each in whole.findings}
    whole.questioned()
    cut = read_stakes(as_file(tmp_path, lines[:-9], "file.jsonl"), name)
    assert [each.rows for each in cut.findings if each.rule is Rule.CUT] == [(3,)]
    with pytest.raises(FileRefused, match=r"file\.jsonl, row 3: the file ends in the middle"):
        cut.questioned()


def test_no_question_and_no_register_takes_a_file_that_was_cut(tmp_path: Path) -> None:
    cut = b"owner,owned,share\nSTATE:XR,Port,0.6\nFund,Po"
    for reader in (read_holdings, read_filing):
        with pytest.raises(FileRefused, match=r"stakes\.csv, row 3: the file ends"):
            reader("stakes.csv", cut)
    stakes = tmp_path / "stakes.csv"
    asked = ["scope", str(PORT / "port.toml"), "--stakes", str(stakes), "--json"]
    head = "owner,owned,share,known_to\nSTATE:XR,Harbour Holdings,0.75,2026-01-01\n"
    stakes.write_text(f"{head}STATE:XR,Harbour Holdings,0.3,\n", encoding="utf-8")
    done = CliRunner().invoke(commands, asked)
    (state,) = json.loads(done.stdout)["owners"]
    assert (state["state"], state["controls"]) == ("XR", "no")
    stakes.write_text(f"{head}STATE:XR,Mor", encoding="utf-8")
    done = CliRunner().invoke(commands, asked)
    assert (done.exit_code, "row 3: the file ends" in done.stderr) == (2, True), done.output


@pytest.mark.parametrize(
    "said",
    ["2026-06-01 and then", "2026-06-0123", "2026-6-1x", "202606", "2026-06-1", "x", "2026-"],
)
def test_a_day_with_something_beside_it_is_not_read_as_that_day(tmp_path: Path, said: str) -> None:
    assert day_of(said) is None
    text = f"owner,owned,share,valid_from\na,b,0.6,{said}\n"
    loaded = read_stakes(as_file(tmp_path, text, "stakes.csv"))
    assert [(each.rule, each.rows) for each in loaded.findings] == [(Rule.DAY, (2,))]
    assert loaded.stakes.lo.tolist() == [0]


def test_days_moments_months_and_years_are_read() -> None:
    first, last = day_of("2026-06-01"), day_of("2026-06-30")
    assert day_of("2026-06-01T10:30:00Z") == first
    assert day_of("20260601") == first
    assert (day_of("2026-06"), day_of("2026/6", last=True)) == (first, last)
    assert day_of("2026", last=True) == day_of("2026-12-31")
    assert day_of("2026-13") is None


def test_a_row_that_was_no_longer_said_before_it_was_known_may_be_said_on_any_day(
    tmp_path: Path,
) -> None:
    head = "owner,owned,share,known_from,known_to\n"
    rows = "a,b,0.6,2026-01-01,2024-01-01\nUnnamed,c,0.6,2024-01-01,2026-01-01\n"
    loaded = read_stakes(as_file(tmp_path, head + rows, "stakes.csv"))
    assert [(each.rule, each.rows) for each in loaded.findings] == [
        (Rule.DATES, (2,)), (Rule.OWNER, (3,))
    ]  # fmt: skip
    assert (loaded.questioned().lo.tolist(), loaded.questioned().hi.tolist()) == ([0], [6 * 10**8])


@pytest.mark.parametrize("wrong", ['Fund,"Port,0.4', '"Fund,Port,0.4'])
def test_a_quotation_that_never_ends_is_no_cut_file(tmp_path: Path, wrong: str) -> None:
    lines = ["owner,owned,share", "STATE:XR,Port,0.6", wrong, "A,B,0.3", ""]
    path = as_file(tmp_path, "\n".join(lines), "stakes.csv")
    open_ended = read_stakes(path)
    assert [(each.rule, each.rows) for each in open_ended.findings] == [(Rule.QUOTE, (3,))]
    for refused in (open_ended.questioned, lambda: read_as(path, whole=True)):
        with pytest.raises(FileRefused, match=r"row 3: a quotation mark is opened and never clos"):
            refused()
    cut = read_stakes(as_file(tmp_path, "\n".join(lines)[:-2], "cut.csv"))
    assert [each.rule for each in cut.findings] == [Rule.CUT]

"""`undaunted ownership`: what a file says now, what it said before, and files that were cut."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from undaunted.cli.ownership import commands

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

__all__: list[str] = []

SAID = """owner,owned,share,known_from,known_to
STATE:XR,Port,0.75,2024-01-01,2026-06-01
STATE:XR,Port,0.3,2026-06-01,
STATE:XR,Quay,0.3,2024-01-01,2026-06-01
STATE:XR,Quay,0.3,2026-06-01,
"""


def _run(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(each) for each in words], env={"COLUMNS": "200"})


def _json(*words: object) -> Any:
    done = _run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def said(tmp_path: Path) -> Path:
    file = tmp_path / "said.csv"
    file.write_text(SAID, encoding="utf-8")
    return file


def test_a_stake_that_the_file_replaced_itself_counts_only_where_it_is_asked_for(
    said: Path,
) -> None:
    seed, owner = ("--seed", "STATE:XR"), ("--owner", "STATE:XR", "--company", "Port")
    assert _json("control", said, *seed)["controlled"] == []
    assert _json("control", said, *seed, "--known-at", "2025-01-01")["controlled"] == ["Port"]
    assert _json("prove", said, *owner)["held"] == {"min": 0.3, "max": 0.3}
    shares = _json("integrated", said, "--owner", "STATE:XR")["shares"]
    assert [(each["company"], each["min"]) for each in shares] == [("Port", 0.3), ("Quay", 0.3)]
    read = {each["measure"]: each["answer"] for each in _json("readings", said, *owner)["readings"]}
    assert read["eu_government_linked"] == "no"
    drawn = _run("draw", said, *seed, "--company", "Port", "--out", said.with_suffix(".svg"))
    assert "Port is not controlled by" in drawn.stdout


def test_a_statement_replaced_twice_counts_once_and_a_closed_one_not(tmp_path: Path) -> None:
    file = tmp_path / "statements.json"
    parties = [
        {"statementId": each, "recordId": each, "recordType": "entity",
         "statementDate": "2024-01-01", "recordDetails": {"name": each}}
        for each in ("holding", "port")
    ]  # fmt: skip

    def held(day: str, share: int, status: str = "updated") -> dict[str, Any]:
        interests = [{"type": "votingRights", "share": {"exact": share}}]
        return {
            "statementId": f"{day}-{share}", "recordId": "tie", "recordType": "relationship",
            "statementDate": day, "recordStatus": status,
            "recordDetails": {"subject": "port", "interestedParty": "holding",
                              "interests": interests},
        }  # fmt: skip

    first, second = held("2024-01-01", 60, "new"), held("2025-01-01", 55)
    for later, share, held_now in (
        ([], {"min": 0.6, "max": 0.6}, "must"),
        ([second], {"min": 0.55, "max": 0.55}, "must"),
        ([second, held("2026-01-01", 20)], {"min": 0.2, "max": 0.2}, "no"),
        ([second, held("2025-01-01", 20)], {"min": 0.0, "max": 0.75}, "may"),
        ([held("2026-01-01", 60, "closed")], {"min": 0.0, "max": 0.0}, "no"),
    ):
        file.write_text(json.dumps([*parties, first, *later]), encoding="utf-8")
        told = _json("prove", file, "--owner", "holding", "--company", "port")
        assert (told["answer"], told["held"]) == (held_now, share)


def test_what_is_wrong_with_a_filing_is_told_beside_what_is_wrong_with_the_stakes(
    tmp_path: Path, said: Path
) -> None:
    assets, filing = tmp_path / "assets.csv", tmp_path / "deal.csv"
    assets.write_text("company,sector,capacity\nPort,ports,6\nQuay,ports,4\n", encoding="utf-8")
    filing.write_text(
        'owner,owned,share,valid_from\nSTATE:XR,Quay,"51,0 %",\nFund,Quay,0.6,\n'
        "STATE:XR,Port,0.9,2027-01-01\n",
        encoding="utf-8",
    )
    words = ("exposure", said, "--assets", assets, "--sector", "ports", "--as-of", "2026-11-26",
             "--filing", filing)  # fmt: skip
    told = _json(*words)
    assert told["before"] == []
    assert [each["must"] for each in told["after"]] == [4]
    assert {(each["rule"], *each["rows"]) for each in told["filing"]["findings"]} == {
        ("share_as_text", 2), ("total_above_whole", 2, 3)
    }  # fmt: skip
    assert told["notes"] == [
        "deal.csv: 1 stakes do not hold on 2026-11-26, and change nothing",
        "Quay: after deal.csv the stakes are more than 100 % together; file what the sellers keep",
    ]
    done = _run(*words)
    assert "deal.csv, row 2: a share is written as text" in done.stderr
    assert "more than 100 % together" in done.stderr
    filing.write_text('owner,owned,share\nSTATE:XR,Quay,0.6\nFund,"Qu', encoding="utf-8")
    done = _run(*words)
    assert (done.exit_code, "deal.csv, row 3: the file ends" in done.stderr) == (2, True)


def test_many_companies_above_the_whole_after_a_filing_are_counted(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("stakes.csv", "deal.csv", "assets.csv")]
    for file, owner in zip(files[:2], ("Fund", "STATE:XR"), strict=True):
        rows = "".join(f"{owner},c{each},0.6\n" for each in range(23))
        file.write_text(f"owner,owned,share\n{rows}", encoding="utf-8")
    files[2].write_text("company,sector,capacity\nc1,ports,1\n", encoding="utf-8")
    told = _json("exposure", files[0], "--filing", files[1], "--assets", files[2],
                 "--sector", "ports")  # fmt: skip
    assert len(told["notes"]) == 21
    assert told["notes"][-1] == "so it is with 3 more companies"


def test_capacities_of_a_file_that_was_cut_are_refused_or_told(tmp_path: Path, said: Path) -> None:
    assets = tmp_path / "assets.csv"
    words = ("exposure", said, "--assets", assets, "--sector", "ports")
    head = "company,sector,capacity\nPort,ports,100\n"
    for cut, why in (
        ('"Quay,ports,5', "unexpected end of data"), ("Quay,por", "row 3: 2 in place of 3 fields"),
        ("Quay,ports,5,7\n", "row 3: 4 in place of 3 fields"),
    ):  # fmt: skip
        assets.write_text(head + cut, encoding="utf-8")
        done = _run(*words)
        assert (done.exit_code, why in done.stderr) == (2, True), done.stderr
    assets.write_text(f"{head}Quay,ports,5", encoding="utf-8")
    done = _run(*words)
    assert (done.exit_code, "row 3: the last row has no end of line" in done.stderr) == (2, True)
    assets.write_text(f"{head}Quay,ore,5", encoding="utf-8")
    assert _json(*words)["total"] == 100
    assets.write_text("company,capacity,sector\nPort,100,ports\nQuay,5,por", encoding="utf-8")
    done = _run(*words)
    assert (done.exit_code, "row 3: the last row has no end of line" in done.stderr) == (2, True)


def test_capacities_are_told_by_row_and_none_counts_twice(tmp_path: Path, said: Path) -> None:
    assets = tmp_path / "assets.csv"
    words = ("exposure", said, "--assets", assets, "--sector", "dry ports")
    head = "Company,sector,Capacity,unit\n"
    rows = (
        "Port,Dry Ports,10,Mt\nPort, dry  ports,10.0,Mt\n,dry ports,3,Mt\nPort,dry ports,4,Mt\n"
        "Quay,Gas,1,Mt\nQuay,gas,1,Mt\nQuay,,1,Mt\n"
    )
    assets.write_text(head + rows, encoding="utf-8")
    told = _json(*words)
    assert (told["total"], told["unnamed"]) == (17, 3)
    repeated, unnamed, passed = told["notes"]
    assert "assets.csv, row 3: says the same as row 2, and is not counted again" in repeated
    assert "assets.csv, row 4: no company is named" in unnamed
    assert passed == "assets.csv: sectors passed over: none (rows: 1), Gas (rows: 2)"
    assert "of it without a company: 3 Mt" in _run(*words).stdout


def test_sums_below_the_whole_are_told_and_no_fault(tmp_path: Path) -> None:
    stakes = tmp_path / "few.csv"
    stakes.write_text("owner,owned,share\na,b,0.51\na,c,0.5\nd,c,0.5\n", encoding="utf-8")
    done = _run("validate", stakes)
    assert done.exit_code == 0
    assert "b: the stakes of equity tell 51 % at most; others hold the rest" in done.stdout
    told = _json("validate", stakes)
    assert told["below_whole"] == [{"company": "b", "kind": "equity", "at_most": 0.51}]
    rows = "".join(f"a,b{each},0.51\n" for each in range(23))
    stakes.write_text(f"owner,owned,share\n{rows}", encoding="utf-8")
    assert "so it is with 3 companies more" in _run("validate", stakes).stdout


def test_assets_are_told_apart_by_their_names(tmp_path: Path, said: Path) -> None:
    assets = tmp_path / "assets.csv"
    words = ("exposure", said, "--assets", assets, "--sector", "ports")
    head = "company,sector,capacity,asset\nPort,ports,10,Pier 1\nPort,ports,10,Pier 2\n"
    assets.write_text(f"{head}Port,ports,10,pier 1\n", encoding="utf-8")
    assert _json(*words)["total"] == 20
    assets.write_text(f"{head}Port,ports,11,Pier 1\n", encoding="utf-8")
    done = _run(*words)
    assert done.exit_code == 2
    assert "row 4: tells another capacity of the asset of row 2" in done.stderr


def test_every_bad_row_of_capacities_is_told(tmp_path: Path, said: Path) -> None:
    assets = tmp_path / "assets.csv"
    words = ("exposure", said, "--assets", assets, "--sector", "ports")
    bad = ("much", "-1", "1e300", "nan", "inf", "")
    rows = "".join(f"Port,ports,{each}\n" for each in bad) + "Port,ports\nPort,ports,5\n"
    assets.write_text(f"company,sector,capacity\n{rows}", encoding="utf-8")
    done = _run(*words)
    assert done.exit_code == 2
    for row in range(2, 9):
        assert f"assets.csv, row {row}" in done.stderr
    assert "row 9" not in done.stderr
    assets.write_text("company,sector,capacity\n" + "Port,ports,x\n" * 25, encoding="utf-8")
    assert "and 5 rows more" in _run(*words).stderr
    other = "".join(f"Port,s{each},1\n" for each in range(25))
    assets.write_text(f"company,sector,capacity\n{other}", encoding="utf-8")
    assert ", and 5 more" in _run(*words).stderr

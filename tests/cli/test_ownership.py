"""`undaunted ownership`: a file of stakes in, who controls whom out, every bad row named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tests.core.workbooks.books import saved
from undaunted.cli.ownership import commands
from undaunted.coercion.screening.readers import FileRefused, ShareUnreadable, read_stakes, share_of
from undaunted.engines.ownership import Rule

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

PORT = """owner,owned,share,kind,valid_from,valid_to,source
STATE:XR,Ruritanian Holding,51%,,,,register
Ruritanian Holding,Shell SARL,1,equity,2020-01-01,,register
STATE:XR,Port of Freedonia,"30,0 %",,,2027-01-01,filing
Shell SARL,Port of Freedonia,25-50%,,,,filing
Fund,Terminal,0.5,,,,
Other fund,Terminal,0.5,,,,
Shell SARL,Ferries,,,,,
Fund,Ferries,0.2,,,,
"""


def _run(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(each) for each in words], env={"COLUMNS": "200"})


def _json(*words: object) -> Any:
    done = _run(*words, "--json")
    assert done.exit_code in {0, 1}, done.output
    return json.loads(done.stdout)


@pytest.fixture
def port(tmp_path: Path) -> Path:
    file = tmp_path / "port.csv"
    file.write_text(PORT, encoding="utf-8")
    return file


def test_control_tells_what_must_and_may_be_controlled(port: Path) -> None:
    told = _json("control", port, "--seed", "STATE:XR", "--as-of", "2026-11-26", "--proof")
    assert told["controlled"] == ["Port of Freedonia", "Ruritanian Holding", "Shell SARL"]
    assert told["may"] == ["Ferries"]
    assert told["joint"] == []
    carried = told["proof"]["Port of Freedonia"]
    assert [(each["owner"], each["min"], each["max"], each["row"]) for each in carried] == [
        ("STATE:XR", 0.51, 0.51, 2), ("Ruritanian Holding", 1.0, 1.0, 3),
        ("STATE:XR", 0.3, 0.3, 4), ("Shell SARL", 0.25, 0.5, 5),
    ]  # fmt: skip
    assert [(each["rule"], each["rows"]) for each in told["findings"]] == [
        ("share_as_text", [4]), ("share_as_text", [5]), ("share_missing", [8]),
    ]  # fmt: skip


def test_thresholds_days_and_two_halves(port: Path) -> None:
    later = _json("control", port, "--seed", "STATE:XR", "--as-of", "2027-01-01")
    assert "Port of Freedonia" not in later["controlled"]
    assert _json("control", port, "--seed", "Fund")["joint"] == ["Terminal"]
    reached = _json("control", port, "--seed", "Fund", "--threshold", "0.5", "--reached")
    assert reached["controlled"] == ["Terminal"]
    least = _json("control", port, "--seed", "Fund", "--threshold", "0.1", "--right", "equity")
    assert least["controlled"] == ["Ferries", "Terminal"]
    assert _json("control", port, "--seed", "Fund", "--right", "votes", "--known-at", "2026-01-01")


def test_control_is_told_in_words_too(port: Path) -> None:
    done = _run("control", port, "--seed", "STATE:XR", "--as-of", "2026-11-26", "--proof")
    assert "controls: 3" in done.stdout
    assert "Shell SARL in Port of Freedonia: 25 % to 50 % (filing, row 5)" in done.stdout
    assert "row 8: no share is stated" in done.stderr


def test_prove_says_why_or_what_is_lacking(port: Path) -> None:
    day = ("--as-of", "2026-11-26")
    done = _run("prove", port, "--owner", "STATE:XR", "--company", "Port of Freedonia", *day)
    assert done.stdout.splitlines()[-1] == (
        "Port of Freedonia is controlled: STATE:XR holds 30 % (filing, row 4); Shell SARL holds "
        "25 % to 50 % (filing, row 5), 55 % together; > 50 %."
    )
    told = _json("prove", port, "--owner", "Fund", "--company", "Ferries", *day)
    assert told["answer"] == "no"
    assert told["held"] == {"min": 0.2, "max": 0.2}
    assert told["sentences"] == [
        (
            "Ferries is not controlled by Fund: with what they control they hold 20 %; "
            "> 50 % is needed."
        )
    ]
    assert _json("prove", port, "--owner", "STATE:XR", "--company", "Ferries")["answer"] == "may"


BAD = """owner;owned;min;max;kind;valid_from;valid_to;note
a;x;0,6;0,4;;;;
a;x2;1.4;;;;;
a;a;0.2;0.2;;;;
;x3;0.9;;;;;
a;;0.9;;;;;
a;x4;0.9;;;2026-01-01;2025-01-01;
a;x5;0.9;;;tomorrow;;
a;x6;0.9;;harm;;;
a;x7;much;;;;;
a;x8;0.9;;;;
a;x9;nan;;;;;
a;y;0.7;;;;;
b;y;0.7;;;;;
b;y;0.7;;;;;

c;"z;0.9;;;;;
"""


def test_every_fault_is_named_by_row_and_rule(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(BAD, encoding="utf-8")
    told = _json("validate", file)
    named = {(each["rule"], tuple(each["rows"])) for each in told["findings"]}
    assert named == {
        ("max_below_min", (2,)), ("share_out_of_range", (3,)), ("self_ownership", (4,)),
        ("owner_unknown", (5,)), ("company_missing", (6,)), ("dates_reversed", (7,)),
        ("day_unreadable", (8,)), ("kind_unknown", (9,)), ("share_unreadable", (10,)),
        ("row_incomplete", (11,)), ("share_not_finite", (12,)),
        ("total_above_whole", (13, 14)), ("repeated", (15,)), ("quote_open", (17,)),
    }  # fmt: skip
    assert told["notes"] == ["columns that are not read: note"]
    assert (told["rows"], told["stakes"]) == (15, 11)
    done = _run("validate", file)
    assert done.exit_code == 1
    assert "bad.csv, row 10: a share cannot be read (much); write 0.51" in done.stdout
    refused = _run("control", file, "--seed", "a")
    assert refused.exit_code == 2
    assert "row 17: a quotation mark is opened and never closed" in refused.stderr


def test_owners_that_nobody_names_are_each_another(tmp_path: Path) -> None:
    """Two halves held by "unknown" are not one owner's whole."""
    file = tmp_path / "unnamed.csv"
    file.write_text(
        "owner,owned,share\nunknown,port,0.3\nUnknown,port,0.3\nn/a,quay,0.6\n,quay,0.2\n",
        encoding="utf-8",
    )
    told = _json("validate", file)
    assert [(each["rule"], each["rows"], each["detail"]) for each in told["findings"]] == [
        ("owner_unknown", [2], "unknown"), ("owner_unknown", [3], "Unknown"),
        ("owner_unknown", [4], "n/a"), ("owner_unknown", [5], ""),
    ]  # fmt: skip
    assert told["stakes"] == 4
    assert _run("control", file, "--seed", "unknown").exit_code == 2


def test_a_share_written_as_text_is_told_as_it_was_read(tmp_path: Path) -> None:
    file = tmp_path / "text.csv"
    file.write_text(
        'owner,owned,share\na,x,25-50%\na,y,"51,0 %"\na,z,51 %\na,v,0.51\n', encoding="utf-8"
    )
    told = _json("validate", file)
    assert [(each["rule"], each["rows"], each["detail"]) for each in told["findings"]] == [
        ("share_as_text", [2], "25-50%: 25 % to 50 %"),
        ("share_as_text", [3], "51,0 %: 51 %"),
    ]
    assert _json("control", file, "--seed", "a")["controlled"] == ["v", "y", "z"]


def test_a_file_cut_in_its_middle_is_named_wherever_it_is_cut(tmp_path: Path, port: Path) -> None:
    whole = PORT.encode()
    end = whole.index(b"Fund,Terminal")
    for length in range(end + 1, end + len(b"Fund,Terminal,0.5,,,,\n")):
        port.write_bytes(whole[:length])
        rules = {each.rule for each in read_stakes(port).findings if 6 in each.rows}
        assert rules & {Rule.CUT, Rule.UNENDED}, length
    header = tmp_path / "header.csv"
    header.write_text("owner,owned,share\n", encoding="utf-8")
    assert _run("validate", header).exit_code == 0


def test_a_long_file_cut_in_its_middle_answers_nothing(tmp_path: Path) -> None:
    """One finding names the last row, and no question is answered from what came before it."""
    rows = [f"company {each},company {each + 1},0.4,register\n" for each in range(20_000)]
    whole = "owner,owned,share,source\n" + "".join(rows)
    file = tmp_path / "long.csv"
    middle = whole.index("\ncompany 10000,") + len("\ncompany 10000,comp")
    file.write_text(whole[:middle], encoding="utf-8")
    told = _json("validate", file)
    (finding,) = told["findings"]
    assert (finding["rule"], finding["rows"]) == ("file_cut", [10_002])
    assert (told["rows"], told["stakes"]) == (10_001, 10_000)
    for question in (
        ("control", file, "--seed", "company 1"), ("integrated", file, "--owner", "company 1"),
        ("prove", file, "--owner", "company 1", "--company", "company 2"),
    ):  # fmt: skip
        refused = _run(*question)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "row 10002: the file ends in the middle of a row" in refused.stderr


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("0.51", (0.51, 0.51)), ("51%", (0.51, 0.51)), ("51,0 %", (0.51, 0.51)),
        ("25-50%", (0.25, 0.5)), ("25 % \u2013 50 %", (0.25, 0.5)), ("0.25 to 0.5", (0.25, 0.5)),
        (">= 75 %", (0.75, 1.0)), ("\u2264 0.1", (0.0, 0.1)), ("-0.2", (-0.2, -0.2)),
        ("< 25%", (0.0, 0.25 - 1e-9)), (">50%", (0.5 + 1e-9, 1.0)), ("1e-3", (0.001, 0.001)),
        (".5", (0.5, 0.5)),
    ],
)  # fmt: skip
def test_shares_are_read_as_people_write_them(text: str, span: tuple[float, float]) -> None:
    assert share_of(text) == pytest.approx(span, abs=1e-15)


@pytest.mark.parametrize("text", ["half", "1.234,5 %", "5 0", "%", "50%%", "1_0", "50x"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ShareUnreadable):
        share_of(text)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "of no format that is known"),
        (b"owner,owned\na,b\n", "no column share, nor min and max"),
        (b"owner,owned,share\n\xff\xfe,b,1\n", "byte 19: is not UTF-8"),
    ],
)
def test_a_file_that_is_no_table_of_stakes_is_refused(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "stakes.csv"
    file.write_bytes(content)
    done = _run("validate", file)
    assert done.exit_code == 2
    assert said in done.stderr


def test_words_that_mean_nothing_are_refused(port: Path, tmp_path: Path) -> None:
    for words, said in (
        (("--seed", "XR"), 'no stake names "XR"; there is STATE:XR'),
        (("--seed", "Fund", "--as-of", "today"), "--as-of is a day"),
        (("--seed", "Fund", "--known-at", "x"), "--known-at is a day"),
        (("--seed", "Fund", "--right", "gold"), "--right is one of equity, votes"),
        (("--seed", "Fund", "--threshold", "50"), "a threshold lies between 0 and 1"),
        (("--seed", "Fund", "--format", "xml"), "xml: no such format; there is csv"),
    ):
        done = _run("control", port, *words)
        assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
    assert "No such file" in _run("validate", tmp_path / "none.csv").stderr
    assert _run("validate", tmp_path, "--format", "csv").exit_code == 2
    port.write_text("owner,share\na,1\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="no column owned"):
        read_stakes(port, "csv")


def test_kinds_of_parties_are_read(tmp_path: Path) -> None:
    file = tmp_path / "kinds.csv"
    file.write_text(
        "owner,owned,share,owner_kind,owned_kind\npublic,x,0.6,several,company\na,x,0.4,robot,\n",
        encoding="utf-8",
    )
    loaded = read_stakes(file)
    assert [each.rule for each in loaded.findings] == [Rule.PARTY]
    assert loaded.stakes.parties.kinds.tolist() == [4, 1, 0]


def test_integrated_tells_shares_through_all_chains(tmp_path: Path, port: Path) -> None:
    day = ("--as-of", "2026-11-26")
    told = _json("integrated", port, "--owner", "STATE:XR", *day)
    shares = {each["company"]: (each["min"], each["max"]) for each in told["shares"]}
    assert shares["Port of Freedonia"] == pytest.approx((0.3 + 0.51 * 0.25, 0.3 + 0.51 * 0.5))
    assert shares["Ferries"] == pytest.approx((0, 0.51 * 0.8))
    done = _run("integrated", port, "--owner", "STATE:XR", *day)
    assert "Port of Freedonia: 42.7500% to 55.5000%" in done.stdout
    assert "Shell SARL: 51.0000%" in done.stdout
    loops = tmp_path / "loops.csv"
    rows = "p,q,1", "q,p,1", "s,p,0.3", *(f"s,c{each},0.1" for each in range(30))
    loops.write_text("\n".join(("owner,owned,share", *rows, "")), encoding="utf-8")
    told = _json("integrated", loops, "--owner", "s")
    assert told["closed"] == [["p", "q"]]
    assert {"company": "p", "min": None, "max": None} in told["shares"]
    done = _run("integrated", loops, "--owner", "s")
    assert "and 12 more" in done.stdout
    assert "holds all of itself: p, q" in done.stdout
    assert "undetermined by loops" in _run("integrated", loops, "--owner", "s").stdout


def test_exposure_is_told_before_and_after_a_filing(tmp_path: Path, port: Path) -> None:
    assets, filing = tmp_path / "assets.csv", tmp_path / "deal.csv"
    assets.write_text(
        "company,sector,capacity,unit\nPort of Freedonia,ports,6,Mt\nFerries,ports,2,Mt\n"
        "Terminal,ports,1,Mt\nNobody's,ports,1,Mt\nMine,ore,1,Mt\n",
        encoding="utf-8",
    )
    filing.write_text("owner,owned,share\nShell SARL,Terminal,0.7\nFund,Terminal,0\n"
                      "Other fund,Terminal,0.3\n", encoding="utf-8")  # fmt: skip
    words = ("exposure", port, "--assets", assets, "--sector", "ports", "--as-of", "2026-11-26")
    told = _json(*words, "--filing", filing)
    (before,), (after,) = told["before"], told["after"]
    assert (before["must"], before["may"], told["total"]) == (6, 8, 10)
    assert (after["must_share"], after["may_share"]) == (0.7, 0.9)
    assert told["notes"] == [
        "assets.csv: sectors passed over: ore (rows: 1)",
        "1 assets belong to companies that no stake names",
    ]
    rows = [line.split(",") for line in assets.read_text(encoding="utf-8").splitlines()]
    book = saved(tmp_path / "assets.xlsx", ours=rows)
    same = _json("exposure", port, "--assets", book, *words[4:], "--filing", filing)
    assert (same["before"], same["after"]) == (told["before"], told["after"])
    done = _run(*words, "--state", "STATE:XR")
    assert "STATE:XR: must 6 (60.0%), may 8 (80.0%)" in done.stdout
    for text, said in (
        ("company,sector\n", "no column capacity"),
        ("company,sector,capacity\nx,ports,much\n", "row 2, column capacity: 'much'"),
        ("company,sector,capacity\nx,gas,1\n", "no asset of the sector ports"),
        ("company,sector,capacity,unit\nx,ports,1,a\nx,ports,1,b\n", "have 2 units"),
    ):
        assets.write_text(text, encoding="utf-8")
        done = _run(*words)
        assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
    assets.unlink()
    assert _run(*words).exit_code == 2


def test_readings_tell_each_test_with_its_law_and_measures_of_research_apart(port: Path) -> None:
    asked = ("readings", port, "--owner", "STATE:XR", "--company", "Port of Freedonia",
             "--as-of", "2026-11-26")  # fmt: skip
    told = _json(*asked)
    answers = {each["measure"]: each["answer"] for each in told["readings"]}
    assert answers == {
        "cfius_parent": "must", "cfius_substantial_stake": "must",
        "cfius_substantial_state": "may", "uk_more_than_quarter": "must",
        "uk_more_than_half": "must", "uk_three_quarters": "may", "eu_government_linked": "must",
    }  # fmt: skip
    assert all(each["law"] and each["source"] and each["read"] for each in told["readings"])
    assert told["research"] == []
    words = _run(*asked).stdout
    assert "uk_three_quarters: may (55 % to 80 %; 75 % or more)" in words
    assert "National Security and Investment Act 2021, section 8 (verified; " in words
    measures = ("uk_more_than_half", "network_power", "shapley_shubik", "weakest_link")
    chosen = [word for each in measures for word in ("--measure", each)]
    found = _json(*asked, *chosen)
    assert [each["measure"] for each in found["readings"]] == ["uk_more_than_half"]
    assert {each["measure"]: each["value"] for each in found["research"]} == {
        "weakest_link": 1, "shapley_shubik": 0.5, "network_power": 1,
    }  # fmt: skip
    assert "no law decides by it" in _run(*asked, *chosen).stdout
    refused = _run(*asked, "--measure", "guess")
    assert refused.exit_code == 2
    assert "guess is no measure; measures are cfius_parent," in refused.stderr


def test_a_picture_is_drawn_in_the_language_asked_for(port: Path, tmp_path: Path) -> None:
    out = tmp_path / "port.svg"
    asked = ["draw", port, "--company", "Port of Freedonia", "--seed", "STATE:XR", "--out", out,
             "--as-of", "2026-11-26"]  # fmt: skip
    done = _run(*asked)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Ruritania must control Port of Freedonia")
    assert "Port of Freedonia must be controlled: " in done.stdout
    drawn = out.read_text(encoding="utf-8")
    assert drawn.startswith("<svg xmlns=")
    assert "25% to 50%" in drawn
    assert _run(*asked, "--language", "ar", "--every", "--open", "Shell SARL").exit_code == 0
    assert 'direction="rtl"' in out.read_text(encoding="utf-8")
    for wrong in (["--language", "xx"], ["--right", "charm"], ["--out", tmp_path]):
        refused = _run(*asked, *wrong)
        assert refused.exit_code == 2, refused.output

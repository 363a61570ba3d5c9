"""The matrix at the terminal: a table, CSV that no spreadsheet runs, JSON, times to align."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.terminal import run_at_terminal
from tests.core.listings.factories import attested
from tests.repression.sanctions.factories import (
    XF,
    XZ,
    Verdict,
    event,
    judged,
    listing,
    make_office,
    person,
    resolved,
    two_lists,
)
from undaunted.repression.sanctions.commands import commands

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.listings.factories import Office

pytestmark = pytest.mark.usefixtures("ledger")
ON = ("--on", "2026-06-01")


def _run(*words: object, status: int = 0) -> str:
    return run_at_terminal(commands, *words, person=None, status=status)


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    office = make_office(owner_sql)
    two_lists(office, tmp_path)
    judged(office.writer, (XF, "F1"), (XZ, "Z1"), Verdict.SAME, second=office.reviewer)
    return office


def _json(*words: object) -> Any:
    return json.loads(_run(*words, "--format", "json"))


def _csv(*words: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_run(*words, "--format", "csv"))))


def test_matrix_is_shown_and_narrowed(office: Office) -> None:
    told = _run("matrix", *ON)
    assert "5 parties on 2026-06-01. Not found is not a verdict." in told
    assert "XF  xf-invented: version of 20 May 2026" in told
    for words, names in (
        (("--listed-by", "XF", "--not-by", "XZ"), {"Ludmila Varga"}),
        (("--listed-by", "xz", "--not-by", "XF", "--sure"), {"Ferenc Molnari"}),
        (("--listed-by", "XF,XZ"), {"Viktor Strovik"}),
        (("--name", "varga"), {"Ludmila Varga", "Lyudmila Varga"}),
        (("--show", "XF", "--country", "XR"), {"Viktor Strovik", "Ludmila Varga", "Oskar Brandl"}),
        (("--authority", "xf-rights", "--kind", "ship"), set()),
        (("--measure", "entry_ban", "--listed-by", "XF"), {"Viktor Strovik", "Ludmila Varga"}),
    ):
        assert {each["name"] for each in _json("matrix", *ON, *words)["rows"]} == names, words


def test_lines_of_the_file_say_who_says_so(office: Office) -> None:
    rows = _csv("matrix", *ON, "--name", "strovik")
    assert [
        (r["jurisdiction"], r["state"], r["tie"], r["since"], r["version_day"]) for r in rows
    ] == [
        ("XF", "listed", "confirmed", "2024-02-15", "2026-05-20"),
        ("XZ", "listed", "confirmed", "2024-06-14", "2026-05-25"),
    ]
    gap = _csv("matrix", *ON, "--name", "molnari")[0]
    assert (gap["jurisdiction"], gap["state"], gap["sure_gap"]) == ("XF", "not_found", "yes")
    assert (gap["entry"], gap["version"]) == ("", "xf-invented 1")


def test_no_spreadsheet_runs_a_name(office: Office, tmp_path: Path) -> None:
    bad = [person("=1+1", '=HYPERLINK("x"),\nX', programmes=[{"code": "@SUM(A1)", "title": ""}])]
    listing(office, XF, tmp_path, bad, day="2026-05-30")
    row = next(r for r in _csv("matrix", *ON) if r["entry"].endswith("=1+1"))
    assert row["entry_name"].startswith("'=HYPERLINK")
    assert row["name"] == row["entry_name"]
    assert row["programmes"] == "'@SUM(A1)"


def test_times_to_align_follow_the_original_designation(office: Office) -> None:
    told = _json("align", *ON)
    times = {each["jurisdiction"]: each for each in told["timings"]}
    assert (times["XZ"]["known"], times["XZ"]["median"]) == (1, 120)
    assert times["XF"]["not_yet"] == 1, "of one whom XZ lists, on no known day"
    both = next(each for each in told["parties"] if each["name"] == "Viktor Strovik")
    assert both["leaders"] == ["XF"]
    assert both["jurisdictions"]["XZ"]["days_least"] == 120
    shown = _run("align", *ON)
    assert "…" not in shown, "heads are read whole in 80 columns"
    assert "Viktor Strovik: XF first, XZ 120 days" in shown
    rows = _csv("align", *ON)
    assert {(r["name"], r["jurisdiction"]): r["days_most"] for r in rows}[
        "Viktor Strovik", "XZ"
    ] == "120"


def test_times_to_align_are_asked_by_all_that_the_matrix_is(office: Office) -> None:
    asked = ("--measure", "entry_ban", "--listed-by", "XF", "--not-by", "XZ", "--sure")
    told = _json("align", *ON, *asked)
    assert told["asked"] == _json("matrix", *ON, *asked)["asked"]
    assert (told["asked"]["measure"], told["asked"]["not_by"]) == ("entry_ban", ["XZ"])
    assert told["asked"]["sure"] is True
    assert told["lists"] == _json("matrix", *ON, *asked)["lists"]
    assert {each["list"] for each in told["lists"]} >= {XF, XZ}
    names = {each["name"] for each in _json("align", *ON, "--not-by", "XZ")["parties"]}
    assert "Viktor Strovik" not in names


def test_versions_bound_a_listing_without_a_day(office: Office, tmp_path: Path) -> None:
    late = person("F9", "Ferenc Molnari", born="1950")
    kept = person("F1", "Viktor Strovik", events=[event("designated", "2024-02-15")])
    listing(office, XF, tmp_path, [late, kept], day="2026-05-30")
    resolved(office.writer)
    judged(office.writer, (XF, "F9"), (XZ, "Z3"), Verdict.SAME, second=office.reviewer)
    told = next(e for e in _json("align", *ON)["parties"] if e["name"] == "Ferenc Molnari")
    spans = {code: each["designated"] for code, each in told["jurisdictions"].items()}
    assert spans["XF"] == {"from": "2026-05-20", "to": "2026-05-30"}
    assert spans["XZ"] == {"from": "", "to": "2026-05-25"}


def test_entry_that_a_version_dropped_is_gone_and_was_listed(
    office: Office, tmp_path: Path
) -> None:
    before = _json("matrix", "--on", "2026-05-26")
    at = datetime(2026, 6, 9, 12, tzinfo=UTC)
    kept = person("F1", "Viktor Strovik", born="1961-03-04")
    listing(office, XF, tmp_path, [kept], day="2026-05-30", at=at)
    resolved(office.writer)
    for state in ("missing", "gone"):
        varga = next(e for e in _json("matrix", *ON)["rows"] if e["name"] == "Ludmila Varga")
        cell = next(each for each in varga["cells"] if each["jurisdiction"] == "XF")
        assert (cell["state"], cell["entries"][0]["until"]) == (state, "2026-05-20/2026-05-30")
        if state == "missing":
            attested(office.reviewer, XF, at=at)
    after = _json("matrix", "--on", "2026-05-26")
    listed = {
        (r["party"], c["jurisdiction"]): c["state"]
        for told in (before, after)
        for r in told["rows"]
        for c in r["cells"]
        if c["state"] in {"listed", "gone"}
    }
    for told in (before, after):
        for row in told["rows"]:
            for each in row["cells"]:
                known = listed.get((row["party"], each["jurisdiction"]))
                assert known in {None, each["state"]}, "a later version changed the past"
    unknown = _json("matrix", *ON, "--known", "2026-06-08")
    assert {e["version"] for e in unknown["lists"]} == {1}


def test_pair_with_an_entry_that_left_stays_open_on_the_days_on_which_it_stood(
    office: Office, tmp_path: Path
) -> None:
    def cell(*day: str) -> tuple[str, list[str]]:
        told = _json("matrix", *day, "--name", "lyudmila varga")
        (row,) = [each for each in told["rows"] if each["party"] == f"{XZ}:Z2"]
        (held,) = [each for each in row["cells"] if each["jurisdiction"] == "XF"]
        return held["state"], [each["key"] for each in held["entries"]]

    then = ("--on", "2026-05-26")
    before = cell(*then)
    assert before == ("possibly", ["F2"])
    kept = person("F1", "Viktor Strovik", born="1961-03-04")
    listing(office, XF, tmp_path, [kept], day="2026-05-30")
    resolved(office.writer)
    assert cell(*then) == before
    assert cell(*ON)[0] == "not_found", "today it stands no more, and nobody can settle it"
    resolved(office.writer, whole=True)
    assert cell(*then) == before, "compared anew, nobody found that they are two"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--on", "1 May"), "--on '1 May': is no day; write YYYY-MM-DD"),
        (("--on", "9999-12-31"), "on: 9999-12-31 is ahead of today"),
        (("--known", "2099-01-01"), "known: 2099-01-01 is ahead of today"),
        (("--listed-by", "QQ"), "QQ: no list is of this jurisdiction; there are US, EU, GB"),
        (("--listed-by", "XF", "--not-by", "XF"), "XF: stands both in listed by and in not by"),
        (("--authority", "nowhere"), "nowhere"),
    ],
)
def test_question_that_nobody_can_answer_is_refused(
    office: Office, words: tuple[str, ...], told: str
) -> None:
    assert told in _run("matrix", *words, status=2)
    assert told in _run("align", *[w for w in words], status=2) or "--not-by" in words  # noqa: C416


def test_list_that_is_not_loaded_says_nothing(office: Office) -> None:
    told = _json("matrix", *ON, "--show", "XF", "--show", "CH")
    assert {cell["state"] for row in told["rows"] for cell in row["cells"]
            if cell["jurisdiction"] == "CH"} == {"not_loaded"}  # fmt: skip
    assert {each["footing"] for each in told["lists"] if each["jurisdiction"] == "CH"} == {"absent"}
    assert not _json("matrix", *ON, "--listed-by", "XF", "--not-by", "CH", "--sure")["rows"]

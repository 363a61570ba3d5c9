"""Boards at the terminal: read by everybody, taken in and out, accepted by two."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.core.accounts.terminal import run_at_terminal
from tests.core.commitments.factories import Office, accepted, corrected, make_office, said
from undaunted.core.commitments.commands import commands
from undaunted.core.commitments.writers import statements_csv, statements_json

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User


def _run(*words: object, person: User | None = None, status: int = 0) -> str:
    return run_at_terminal(commands, *words, person=person, status=status)


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def test_file_is_checked_without_a_database(tmp_path: Path) -> None:
    assert "nothing wrong" in _run("check")
    bad = tmp_path / "bad.toml"
    bad.write_text("[[statements]]\nstate = 'Freedonia'\n", encoding="utf-8")
    told = _run("check", bad, status=2)
    assert "bad.toml: statement 1: state: 'Freedonia' is no code of a state" in told
    bad.write_text(statements_csv([said()]).replace("2026-05-01", "2099-01-01"), encoding="utf-8")
    told = _run("check", bad.replace(tmp_path / "early.csv"), status=2)
    assert "read_on: 2099-01-01 has not come; write the day it was read" in told
    bad.write_text("", encoding="utf-8")
    assert "ends in none of" in _run("check", bad.rename(tmp_path / "bad.txt"), status=2)


def test_instruments_are_listed_with_their_features() -> None:
    assert "look-through" in _run("list")
    listed = json.loads(_run("list", "--json"))
    assert {"anti-coercion", "targeted-sanctions"} <= {each["code"] for each in listed}


@pytest.mark.usefixtures("ledger")
def test_board_and_history_are_shown(office: Office) -> None:
    accepted(office)
    day = ["--on", "2026-06-02"]
    board = _run("board", "investment-screening", *day)
    assert "Freedonia" in board
    told = json.loads(_run("board", "investment-screening", *day, "--json"))
    assert told["states"][0]["state"] == "XF"
    none = _run("board", "investment-screening", *day, "--feature", "recourse", "--json")
    assert json.loads(none)["states"] == []
    earlier = _run("board", "investment-screening", *day, "--known-on", "2026-05-31", "--json")
    assert json.loads(earlier)["states"] == []
    assert "write one of" in _run("board", "investment-screening", "--feature", "x", status=2)
    assert "no such instrument" in _run("board", "magic", status=2)
    history = _run("show", "investment-screening", "xf")
    for told in ("Harbour and Works Act", "Yes (section 4)", "Gazette of Freedonia", "known since"):
        assert told in history, told
    assert (
        json.loads(_run("show", "investment-screening", "XF", "--json"))[0]["corrected_on"] is None
    )
    assert "nothing is known" in _run("show", "investment-screening", "XB", status=2)


@pytest.mark.usefixtures("ledger")
def test_statements_go_in_by_two_people_and_out_again(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(statements_csv([said(), said(state="XR")]), encoding="utf-8", newline="")
    done = _run("import", office.holder, file, person=office.writer)
    assert done.count("recorded") == 2
    assert "unchanged" in _run("import", office.holder, file, person=office.writer)
    listed = _run("waiting", person=office.reviewer).splitlines()
    first, second = [line.split()[0] for line in listed]
    assert "accepted" in _run("accept", first, second, person=office.reviewer)
    assert "before" in _run("accept", first, person=office.reviewer, status=2)
    out = _run("export", "investment-screening", "--format", "csv")
    assert out.splitlines()[0].startswith("instrument,state,status")
    assert len(json.loads(_run("export"))["statements"]) == 2
    one = tmp_path / "one.json"
    one.write_text(statements_json([said(since="2024-04-01")]), encoding="utf-8")
    kept = next(line.split()[0] for line in listed if "XF" in line)
    made = _run("record", office.holder, one, "--corrects", kept, person=office.writer)
    no = ["decline", made.split()[1], "--why", "Not so."]
    assert "declined" in _run(*no, person=office.reviewer)
    assert "recorded" in _run("record", office.holder, one, person=office.writer)
    assert "import takes several" in _run(
        "record", office.holder, file, person=office.writer, status=2
    )
    assert "withdrawn" in _run("withdraw", kept, person=office.publisher)
    assert "no such statement" in _run("accept", uuid4(), person=office.reviewer, status=2)
    assert len(json.loads(_run("export", "--known-on", "2026-05-31"))["statements"]) == 0


@pytest.mark.usefixtures("ledger")
def test_terminal_tells_what_is_beside_the_law_and_what_stands_again(office: Office) -> None:
    first = accepted(office)
    accepted(office, status="proposed", since="2026-01-01", law="Bill 2")
    day = ["--on", "2026-06-02"]
    board = _run("board", "investment-screening", *day)
    assert "XF: beside it, not in force: Proposed, 2026-01-01, Bill 2" in board
    second = corrected(office, first, since="2025")
    done = _run("withdraw", second.pk, person=office.publisher)
    assert f"stands     investment-screening XF 2024-03-01  {first.pk}" in done
    assert "stands" not in _run("withdraw", first.pk, person=office.publisher)

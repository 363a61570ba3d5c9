"""A row of a list that cannot be read makes nobody a sure gap, and takes no question away."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.accounts.terminal import run_at_terminal
from tests.core.listings.factories import attested, loaded
from tests.repression.sanctions.factories import (
    AT,
    DAY,
    XF,
    XZ,
    Verdict,
    judged,
    make_office,
    person,
    resolved,
)
from tests.repression.sanctions.laid_lists import ON, answered, line, rows, spoken, standing
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.rules import Came
from undaunted.repression.sanctions.analysis import matrix_on, row_of, rows_of
from undaunted.repression.sanctions.commands import commands
from undaunted.repression.sanctions.rules import HeldVersion, MatrixAsked, State, Tie
from undaunted.repression.sanctions.writers import matrix_csv

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.listings.factories import Office
    from undaunted.repression.sanctions.analysis import MatrixRow
    from undaunted.repression.sanctions.analysis.laying import Spoken

pytestmark = pytest.mark.usefixtures("ledger")

ALIKE = [person("F1", "Viktor Strovik", born="1961-03-04"), person("F2", "Ludmila Varga"),
         person("F3", "Oskar Brandl")]  # fmt: skip
BESIDE = [person("Z1", "Victor Strovik", born="1961-03-04"), person("Z3", "Ferenc Molnari")]
PERHAPS = "Perhaps in a row that could not be read"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    """Two lists that were fetched, on which a pair waits."""
    ours = make_office(owner_sql)
    _list(ours, XF, tmp_path, [json.dumps(each) for each in ALIKE])
    _list(ours, XZ, tmp_path, [json.dumps(each) for each in BESIDE])
    resolved(ours.writer)
    return ours


def _list(
    office: Office, source: str, folder: Path, told: list[str], came: Came = Came.FETCHED
) -> None:
    file = folder / f"{source}-{len(list(folder.iterdir()))}.jsonl"
    rows = list(filter(None, told))
    head = json.dumps({"published": "2026-05-20", "entries": len(rows)})
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    loaded(office, source, file, at=AT, came=came)
    resolved(office.writer)


def _without(row: str, *more: str) -> list[str]:
    return [row, *map(json.dumps, ALIKE[1:]), *more]


def _rows(**more: Any) -> dict[str, MatrixRow]:
    matrix = matrix_on(PUBLIC, MatrixAsked(DAY, **more))
    return {each.party: each for each in rows_of(matrix)}


@pytest.mark.parametrize("came", [Came.FETCHED, Came.BROUGHT])
def test_entry_whose_row_cannot_be_read_stays_listed_and_its_pair_waits(
    came: Came, office: Office, tmp_path: Path
) -> None:
    before = set(_rows(not_by=("XF",), sure=True))
    assert before == {f"{XZ}:Z3"}
    _list(office, XF, tmp_path, _without(json.dumps({**ALIKE[0], "names": []})), came)
    assert set(_rows(not_by=("XF",), sure=True)) == before
    found = _rows()
    assert found[f"{XF}:F1"].cell("XF").state is State.LISTED
    beside = found[f"{XZ}:Z1"].cell("XF")
    assert (beside.state, beside.sure_gap) == (State.POSSIBLY, False)
    assert {each.key for each in beside.lines} == {"F1"}


def test_judgement_of_an_entry_that_was_kept_goes_on(office: Office, tmp_path: Path) -> None:
    judged(office.writer, (XF, "F1"), (XZ, "Z1"), Verdict.SAME, second=office.reviewer)
    _list(office, XF, tmp_path, _without(json.dumps({**ALIKE[0], "names": []})))
    row = row_of(matrix_on(PUBLIC, MatrixAsked(DAY)), f"{XZ}:Z1")
    assert row is not None
    (mine,) = row.cell("XF").lines
    assert (mine.key, mine.state, mine.tie) == ("F1", State.LISTED, Tie.CONFIRMED)


@pytest.mark.parametrize("came", [Came.FETCHED, Came.BROUGHT])
def test_row_that_nobody_can_place_leaves_no_sure_gap_at_the_list(
    came: Came, office: Office, tmp_path: Path
) -> None:
    _list(office, XF, tmp_path, _without('{"key": "F1", "names":'), came)
    assert _rows(not_by=("XF",), sure=True) == {}
    found = _rows()
    state = State.UNREAD if came is Came.FETCHED else State.MISSING
    gone = found[f"{XF}:F1"].cell("XF")
    assert (gone.state, gone.sure_gap, gone.alone) == (state, False, came is Came.BROUGHT)
    other = found[f"{XZ}:Z3"].cell("XF")
    assert (other.state, other.sure_gap) == (State.NOT_COMPARED, False)
    if came is Came.BROUGHT:
        attested(office.reviewer, XF)
        assert _rows()[f"{XF}:F1"].cell("XF").state is State.UNREAD
    page = Client().get(f"/sanctions/matrix/?on={DAY}&q=strovik").content.decode()
    assert PERHAPS in page


def test_gaps_are_sure_again_once_a_file_can_be_read(office: Office, tmp_path: Path) -> None:
    _list(office, XF, tmp_path, _without('{"key": "F1", "names":'))
    _list(office, XF, tmp_path, _without(""))
    found = _rows()
    assert found[f"{XF}:F1"].cell("XF").state is State.GONE
    assert found[f"{XZ}:Z3"].cell("XF").sure_gap


def _turned(told: Spoken, **numbers: tuple[bool, bool]) -> Spoken:
    """Give the list with versions that are sure, or hold rows that nobody can place."""
    days = {
        int(number[1:]): HeldVersion(told.told.source, int(number[1:]), ON - timedelta(days=9), ON,
                                     sure_since=ON if sure else None, nameless=nameless)
        for number, (sure, nameless) in numbers.items()
    }  # fmt: skip
    return replace(told, days=days)


@pytest.mark.parametrize(
    ("versions", "state", "sure"),
    [
        ({"v1": (True, False), "v2": (True, True)}, State.UNREAD, False),
        ({"v1": (True, False), "v2": (True, False)}, State.GONE, True),
        ({"v1": (True, True), "v2": (True, False)}, State.GONE, True),
        ({"v1": (True, False), "v2": (False, True)}, State.MISSING, False),
        ({"v1": (False, True), "v2": (False, False)}, State.MISSING, True),
    ],
)
def test_what_is_told_of_an_entry_that_went_follows_from_the_versions(
    versions: dict[str, tuple[bool, bool]], state: State, *, sure: bool
) -> None:
    brought = _turned(spoken("xf-invented", [line("A", gone=2), line("C")]), **versions)
    lists = [brought, spoken("xz-invented", [line("B")])]
    found = rows(answered(lists, standing(lists)))
    assert found["xf-invented:A"].cell("XF").state is state
    assert not found["xf-invented:A"].cell("XF").sure_gap
    assert found["xz-invented:B"].cell("XF").sure_gap is sure


KEPT = "Its row could not be read in this version: it is kept as it last stood."


def _kept(office: Office, folder: Path) -> None:
    _list(office, XF, folder, _without(json.dumps({**ALIKE[0], "names": []})))


@pytest.mark.parametrize("page", ["", "print/", f"{XF}:F1/"])
def test_page_says_of_a_kept_entry_that_its_row_could_not_be_read(
    page: str, office: Office, tmp_path: Path
) -> None:
    where = f"/sanctions/parties/{page}" if ":" in page else f"/sanctions/matrix/{page}"
    asked = f"{where}?on={DAY}&q=strovik"
    assert KEPT not in Client().get(asked).content.decode()
    _kept(office, tmp_path)
    told = Client().get(asked)
    assert told.status_code == 200
    assert KEPT in told.content.decode()


def test_programs_and_terminal_are_told_of_a_kept_entry_alone(
    office: Office, tmp_path: Path
) -> None:
    _kept(office, tmp_path)
    lines = list(csv.DictReader(matrix_csv(rows_of(matrix_on(PUBLIC, MatrixAsked(DAY))),
                                           MatrixAsked(DAY))))  # fmt: skip
    assert {(each["list"], each["entry"]) for each in lines if each["kept"] == "yes"} == {
        (XF, "F1")
    }
    told = Client().get(f"/api/v1/sanctions/matrix?on={DAY}").json()
    held = [e for row in told["rows"] for cell in row["cells"] for e in cell["entries"]]
    assert {each["key"] for each in held if each["kept"]} == {"F1"}
    table = run_at_terminal(commands, "matrix", "--on", DAY.isoformat(), person=None)
    assert KEPT in table
    assert "Listed+" in table


def test_a_later_version_that_reads_the_row_says_nothing_of_it(
    office: Office, tmp_path: Path
) -> None:
    _kept(office, tmp_path)
    _list(office, XF, tmp_path, [json.dumps(each) for each in ALIKE])
    assert not any(line.kept for row in _rows().values() for cell in row.cells
                   for line in cell.lines)  # fmt: skip

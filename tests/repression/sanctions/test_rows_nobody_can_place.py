"""A row of a list that cannot be read makes nobody a sure gap, and takes no question away."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

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
from undaunted.repression.sanctions.rules import HeldVersion, MatrixAsked, State, Tie

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

"""A party that one list holds twice is one in every cell, count and day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.listings.factories import attested
from tests.repression.sanctions.factories import (
    AT,
    DAY,
    XF,
    XZ,
    Verdict,
    event,
    judged,
    listing,
    make_office,
    person,
    resolved,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.rules import Measure
from undaunted.repression.sanctions.analysis import (
    alignment_on,
    matrix_on,
    register_of,
    register_on,
    row_of,
    rows_of,
)
from undaunted.repression.sanctions.rules import MatrixAsked, State, Tie

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.listings.factories import Office
    from undaunted.repression.sanctions.analysis import MatrixRow

pytestmark = pytest.mark.usefixtures("ledger")
BORN = "1961-03-04"
RIGHTS = {"programmes": [{"code": "XF-HR", "title": "Grave violations of human rights"}]}
REGIME = {"programmes": [{"code": "XF-WAR", "title": "War"}]}


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    freeze: dict[str, Any] = {"measures": [{"kind": "asset_freeze", "stated": True}]}
    ban: dict[str, Any] = {"measures": [{"kind": "entry_ban", "stated": True}]}
    listing(
        held,
        XF,
        tmp_path,
        [
            person("F1", "Viktor Strovik", born=BORN, **RIGHTS, **freeze,
                   events=[event("designated", "2024-02-15"), event("delisted", "2025-05-05")]),
            person("F2", "Wiktor Strowik", born=BORN, **REGIME, **ban,
                   events=[event("designated", "2022-03-01")]),
            person("F3", "Bohdan Korl", born="1970", events=[event("designated", "2020-01-01")]),
        ],
        day="2026-05-20",
    )  # fmt: skip
    listing(
        held,
        XZ,
        tmp_path,
        [person("Z1", "Victor Strovik", born=BORN, **freeze,
                events=[event("designated", "2024-06-14")])],
        day="2026-05-25",
    )  # fmt: skip
    resolved(held.writer)
    return held


def _joined(office: Office) -> None:
    for pair in (((XF, "F1"), (XF, "F2")), ((XF, "F2"), (XZ, "Z1"))):
        judged(office.writer, *pair, Verdict.SAME, "One man.", office.reviewer)


def _row(party: str, **more: Any) -> MatrixRow:
    found = row_of(matrix_on(PUBLIC, MatrixAsked(DAY, **more)), party)
    assert found is not None
    return found


def test_open_pair_of_one_list_is_shown_beside_both_and_is_no_sure_gap(office: Office) -> None:
    other = _row("xf-invented:F2").cell("XZ")
    assert (other.state, other.sure_gap) == (State.POSSIBLY, False)
    cell = _row("xf-invented:F2").cell("XF")
    assert {(each.key, each.tie) for each in cell.lines} == {("F1", Tie.OPEN), ("F2", Tie.OWN)}
    assert cell.since == "2022-03-01"


def test_both_entries_stand_in_one_cell_and_one_that_stands_is_not_delisted(
    office: Office,
) -> None:
    _joined(office)
    rows = list(rows_of(matrix_on(PUBLIC, MatrixAsked(DAY))))
    assert [each.party for each in rows] == ["xf-invented:F3", "xf-invented:F1"]
    cell = rows[1].cell("XF")
    assert cell.state is State.LISTED
    assert cell.since == "2022-03-01"
    assert {each.key: (each.state, each.programmes, each.measures) for each in cell.lines} == {
        "F1": (State.DELISTED, ("XF-HR",), ("asset_freeze",)),
        "F2": (State.LISTED, ("XF-WAR",), ("entry_ban",)),
    }
    frozen = _row("xf-invented:F2", measure=Measure.ASSET_FREEZE).cell("XF")
    assert frozen.state is State.OTHERWISE, "the freeze ended with the entry that held it"


def test_time_to_align_counts_from_the_earlier_of_both(office: Office) -> None:
    _joined(office)
    (party,) = [each for each in alignment_on(PUBLIC, MatrixAsked(DAY)).parties
                if each.party == "xf-invented:F1"]  # fmt: skip
    assert str(party.told.first.first) == "2022-03-01"
    assert party.told.leaders == ("XF",)
    assert party.told.lags["XZ"].least == 836


def test_register_counts_parties_and_says_in_how_many_entries(
    office: Office, tmp_path: Path
) -> None:
    listing(
        office,
        XF,
        tmp_path,
        [person(key, name, born=BORN, **RIGHTS, events=[event("designated", "2024-02-15")])
         for key, name in (("F1", "Viktor Strovik"), ("F2", "Wiktor Strowik"))],
        day="2026-05-21",
    )  # fmt: skip
    resolved(office.writer)
    counted = {each.jurisdiction: each for each in register_of(register_on(PUBLIC, DAY))}
    assert (counted["XF"].listed, counted["XF"].entries) == (2, 2)
    assert "in 2 entries" not in Client().get("/sanctions/").content.decode()
    _joined(office)
    counted = {each.jurisdiction: each for each in register_of(register_on(PUBLIC, DAY))}
    assert (counted["XF"].listed, counted["XF"].entries) == (1, 2)
    assert [number for law, number in counted["XF"].laws if law.code == "xf-rights"] == [1]
    assert counted["US"].entries is None
    assert "in 2 entries" in Client().get("/sanctions/").content.decode()
    told = Client().get("/api/v1/sanctions/register").json()
    assert [(each["listed"], each["entries"]) for each in told if each["jurisdiction"] == "XF"] == [
        (1, 2)
    ]


def test_delisting_and_listing_anew_under_another_number_stand_in_order(
    office: Office, tmp_path: Path
) -> None:
    other = person("F3", "Bohdan Korl", born="1970")
    anew = person(
        "F0", "Wiktor Strowik", born=BORN, events=[event("designated", "2026-05-21")], **RIGHTS
    )
    listing(office, XF, tmp_path, [other, anew], day="2026-05-22")
    resolved(office.writer)
    judged(office.writer, (XF, "F0"), (XF, "F2"), Verdict.SAME, "One man.", office.reviewer)
    judged(office.writer, (XF, "F0"), (XF, "F1"), Verdict.SAME, "One man.", office.reviewer)
    later = AT + timedelta(days=2)
    attested(office.reviewer, XF, at=later)
    for known, state in ((AT, State.MISSING), (later, State.GONE)):
        told = row_of(matrix_on(PUBLIC, MatrixAsked(DAY, known=known.date())), "xf-invented:F0")
        assert told is not None
        assert told.cell("XF").lines[0].state is state
    cell = _row("xf-invented:F0").cell("XF")
    assert [(each.key, each.state, each.since, each.until) for each in cell.lines] == [
        ("F2", State.GONE, "2022-03-01", "2026-05-20/2026-05-22"),
        ("F1", State.DELISTED, "2024-02-15", "2025-05-05"),
        ("F0", State.LISTED, "2026-05-21", ""),
    ]
    assert (cell.state, cell.since) == (State.LISTED, "2026-05-21")
    (party,) = [each for each in alignment_on(PUBLIC, MatrixAsked(DAY)).parties
                if each.party == "xf-invented:F0"]  # fmt: skip
    assert str(party.told.first.first) == "2022-03-01"

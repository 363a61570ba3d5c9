"""Lists are asked about a day, who is whom as it is judged now: none is lost, nobody doubled."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.core.matching.factories import undone
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
from undaunted.repression.sanctions.analysis import alignment_on, matrix_on, rows_of
from undaunted.repression.sanctions.rules import MatrixAsked, State, Tie

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.listings.factories import Office
    from undaunted.core.matching.models import MatchJudgement

pytestmark = pytest.mark.usefixtures("ledger")
BORN = "1961-03-04"
FREEZE: dict[str, Any] = {"measures": [{"kind": "asset_freeze", "stated": True}]}
WINTER, SPRING = date(2026, 2, 1), date(2026, 5, 28)
DAYS = (date(2024, 3, 1), date(2025, 1, 1), WINTER, SPRING, DAY)


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    """Give a list that lost F1 for F9 in May, and another with Z1, judged to be F1 before."""
    held = make_office(owner_sql)
    rows = {
        key: person(key, name, born=BORN, **FREEZE, events=[event("designated", day)])
        for key, name, day in (
            ("F1", "Viktor Strovik", "2024-02-15"), ("F9", "Wiktor Strowik", "2026-05-10"),
            ("Z1", "Victor Strovik", "2024-06-14"),
        )
    }  # fmt: skip
    other = person("F2", "Bohdan Korl", born="1970", events=[event("designated", "2020-01-01")])
    early = datetime(2026, 1, 20, tzinfo=UTC)
    listing(held, XF, tmp_path, [rows["F1"], other], day="2026-01-15", at=early)
    listing(held, XZ, tmp_path, [rows["Z1"]], day="2026-01-16", at=early)
    resolved(held.writer)
    judged(held.writer, (XF, "F1"), (XZ, "Z1"), Verdict.SAME, "One man.", held.reviewer)
    listing(held, XF, tmp_path, [rows["F9"], other], day="2026-05-20", at=AT)
    listing(held, XZ, tmp_path, [rows["Z1"]], day="2026-05-25", at=AT)
    resolved(held.writer)
    return held


def parties(on: date, known: date | None = None) -> dict[str, set[str]]:
    """Give the entries of each party on a day; no entry stands in two rows, or twice in one."""
    found: dict[str, set[str]] = {}
    for row in rows_of(matrix_on(PUBLIC, MatrixAsked(on, known=known))):
        own = [each.key for cell in row.cells for each in cell.lines if each.tie is not Tie.OPEN]
        assert len(own) == len(set(own))
        found[row.party] = set(own)
    everybody = [key for keys in found.values() for key in keys]
    assert len(everybody) == len(set(everybody))
    return found


def one_man(office: Office) -> MatchJudgement:
    return judged(office.writer, (XF, "F9"), (XZ, "Z1"), Verdict.SAME, "One man.", office.reviewer)


def test_verdict_of_today_joins_on_every_day_and_loses_no_entry(office: Office) -> None:
    before = {on: parties(on) for on in DAYS}
    one_man(office)
    for on in DAYS:
        held, was = parties(on), before[on]
        assert set().union(*held.values()) == set().union(*was.values()), on
        man = [keys for keys in held.values() if keys & {"F1", "F9", "Z1"}]
        assert len(man) == 1, f"one man is one row on {on}"
        assert held.get("xf-invented:F2") in ({"F2"}, None)


def test_entry_that_left_before_the_verdict_stands_with_its_party_then(office: Office) -> None:
    one_man(office)
    (row,) = [
        each
        for each in rows_of(matrix_on(PUBLIC, MatrixAsked(WINTER, known=WINTER)))
        if each.party != "xf-invented:F2"
    ]
    told = {each.key: each.state for cell in row.cells for each in cell.lines}
    assert told == {"F1": State.LISTED, "Z1": State.LISTED}


def test_verdict_that_is_undone_parts_on_every_day(office: Office) -> None:
    before = {on: parties(on, WINTER) for on in DAYS}
    made = one_man(office)
    undone(office.writer, made, "Two brothers.")
    assert {on: parties(on, WINTER) for on in DAYS} == before


def test_time_to_align_of_a_past_day_counts_one_man_once(office: Office) -> None:
    one_man(office)
    for on in (WINTER, SPRING):
        told = alignment_on(PUBLIC, MatrixAsked(on)).parties
        assert len({each.party for each in told}) == len(told)
        man = [each for each in told if each.party != "xf-invented:F2"]
        assert [str(each.told.first.first) for each in man if each.told.first] == ["2024-02-15"]


def test_page_of_a_past_day_shows_one_row(office: Office) -> None:
    one_man(office)
    page = signed_in_client(office.writer).get(f"/sanctions/matrix/?on={WINTER}").text
    assert page.count("/sanctions/parties/xf-invented:F1/") >= 1
    assert "/sanctions/parties/xz-invented:Z1/" not in page

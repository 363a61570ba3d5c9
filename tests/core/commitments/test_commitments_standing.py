"""A law in force and what is proposed beside it; what lapsed, and what was only not found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from tests.core.commitments.factories import said, written
from undaunted.core.commitments.rules import (
    CommitmentAnswer,
    Gaps,
    Known,
    Status,
    gaps_of,
    instruments,
    shipped_statements,
    standing_of,
    standings,
)

if TYPE_CHECKING:
    from undaunted.core.commitments.rules import Standing

__all__: list[str] = []

SCREENING, COERCION = instruments()["investment-screening"], instruments()["anti-coercion"]
DAY = date(2026, 6, 1)
Line = tuple[str, str, str, dict[str, bool]]


def stands(*told: Line, on: date = DAY) -> Standing:
    """Give how a state stands that so many statements speak of: status, day, law, features."""
    rows = [
        Known(UUID(int=number), _said(status, since, law, features), DAY)
        for number, (status, since, law, features) in enumerate(told, start=1)
    ]
    found = standing_of(rows, SCREENING, on)
    assert found is not None
    return found


def _said(status: str, since: str, law: str, features: dict[str, bool]) -> Any:
    rows = [{"code": code, "has": has, "sources": ["gazette"]} for code, has in features.items()]
    sources = written()["sources"][:1]
    return said(status=status, since=since, law=law, features=rows, sources=sources)


ACT: Line = ("in_force", "2020-01-01", "Act 1", {"call-in": True})
BILL: Line = ("proposed", "2026-01-01", "Bill amending Act 1", {"recourse": True, "call-in": False})


@pytest.mark.parametrize("status", ["proposed", "signed", "adopted"])
def test_what_is_not_in_force_neither_hides_the_law_nor_adds_to_it(status: str) -> None:
    found = stands(ACT, (status, *BILL[1:]))
    assert (found.status, found.binds, found.current.statement.law) == (
        Status.IN_FORCE,
        True,
        "Act 1",
    )
    assert found.answers["call-in"] is CommitmentAnswer.HAS
    assert found.answers["recourse"] is CommitmentAnswer.UNKNOWN
    (bill,) = found.proposed
    assert bill.current.statement.law == "Bill amending Act 1"
    assert {code: told.has for code, (told, _row) in bill.told.items()} == BILL[3]
    assert gaps_of(found, SCREENING).has == ("call-in",)


def test_two_bills_stand_beside_each_other_and_each_moves_by_its_name() -> None:
    other = ("proposed", "2026-02-01", "Bill 2", {"penalties": True})
    moved: Line = ("adopted", "2026-03-01", "BILL  amending act 1", {})
    found = stands(ACT, BILL, other, moved)
    assert [each.current.statement.status for each in found.proposed] == [
        Status.PROPOSED,
        Status.ADOPTED,
    ]
    assert set(found.proposed[1].told) == {"recourse", "call-in"}


def test_where_no_law_is_in_force_the_latest_bill_gives_the_status_and_others_stand_beside() -> (
    None
):
    found = stands(BILL, ("proposed", "2026-02-01", "Bill 2", {"penalties": True}))
    assert (found.status, found.current.statement.law) == (Status.PROPOSED, "Bill 2")
    assert found.answers["penalties"] is CommitmentAnswer.HAS
    assert found.answers["recourse"] is CommitmentAnswer.UNKNOWN
    assert [each.current.statement.law for each in found.proposed] == ["Bill amending Act 1"]


def test_what_comes_into_force_ends_the_bills_and_takes_along_what_was_adopted() -> None:
    told = ("amended", "2026-04-01", "Bill amending Act 1", {"penalties": True})
    introduced = stands(ACT, BILL, told)
    assert introduced.proposed == ()
    assert introduced.answers["recourse"] is CommitmentAnswer.UNKNOWN
    adopted = stands(ACT, ("adopted", *BILL[1:]), told)
    assert adopted.answers["recourse"] is CommitmentAnswer.HAS
    assert adopted.answers["call-in"] is CommitmentAnswer.LACKS
    assert adopted.status is Status.AMENDED


def test_of_one_day_what_was_proposed_goes_before_what_became_of_it() -> None:
    found = stands(ACT, ("proposed", "2020-01-01", "Act 1", {}))
    assert (found.status, found.proposed) == (Status.IN_FORCE, ())


def test_a_bill_that_lapsed_leaves_what_was_before_it() -> None:
    lapsed: Line = ("lapsed", "2026-05-01", "Bill amending Act 1", {})
    beside = stands(ACT, BILL, lapsed)
    assert (beside.status, beside.proposed) == (Status.IN_FORCE, ())
    none = stands(("absent", "2020", "", {}), BILL, lapsed)
    assert (none.status, none.answers["recourse"]) == (Status.ABSENT, CommitmentAnswer.LACKS)
    alone = stands(BILL, lapsed)
    assert alone.status is Status.LAPSED
    assert set(alone.answers.values()) == {CommitmentAnswer.UNKNOWN}
    again = stands(BILL, lapsed, ("proposed", "2026-05-02", "Bill 2", {}))
    assert again.status is Status.PROPOSED


def test_what_was_not_found_is_not_a_no_and_hides_nothing() -> None:
    missed: Line = ("not_known", "2026-05-01", "", {})
    found = stands(missed)
    assert found.status is Status.NOT_KNOWN
    assert gaps_of(found, SCREENING) == Gaps((), (), SCREENING.asked)
    assert stands(ACT, missed).status is Status.IN_FORCE
    assert stands(("absent", "2020", "", {}), missed).status is Status.ABSENT
    assert stands(BILL, missed).status is Status.PROPOSED
    lapsed: Line = ("lapsed", "2026-02-01", "Bill amending Act 1", {})
    assert stands(BILL, lapsed, missed).status is Status.NOT_KNOWN


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("verified", CommitmentAnswer.LACKS),
        ("secondary", CommitmentAnswer.LACKS),
        ("unverified", CommitmentAnswer.UNKNOWN),
    ],
)
def test_none_is_a_no_only_where_somebody_read_it(status: str, answer: CommitmentAnswer) -> None:
    sources = [{**written()["sources"][0], "status": status, "read_in": "a copy"}]
    told = said(status="absent", since="2020", features=[], sources=sources)
    found = standing_of([Known(UUID(int=1), told, DAY)], SCREENING, DAY)
    assert found is not None
    assert set(found.answers.values()) == {answer}


def test_shipped_tracker_names_those_of_whom_no_law_was_found_and_answers_nothing_for_them() -> (
    None
):
    on = date(2026, 11, 26)
    rows = [
        Known(UUID(int=number), each, on)
        for number, each in enumerate(shipped_statements())
        if each.instrument == COERCION.code
    ]
    board = {each.state: each for each in standings(rows, COERCION, on)}
    assert set(board) == {"AU", "CA", "EU", "G7", "GB", "JP", "US"}
    for code in ("AU", "CA", "GB", "JP", "US"):
        assert set(board[code].answers.values()) == {CommitmentAnswer.UNKNOWN}, code
        assert "that there is n" in board[code].current.statement.text
        assert board[code].current.statement.carriers
    assert {board[code].status for code in ("AU", "CA", "GB", "JP")} == {Status.NOT_KNOWN}
    assert board["US"].status is Status.LAPSED
    assert (board["G7"].status, board["G7"].binds) == (Status.SIGNED, False)
    assert {code for code, each in board.items() if each.verified} == {"EU"}
    read = [each.id for each in board["GB"].current.statement.carriers if each.status == "verified"]
    assert read == ["gb-call"], "the call for input was read; that there is no law was not"

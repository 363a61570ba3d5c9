"""A colleague with SQL attacks the boards: alone, in others' names, backwards in time."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.core.commitments.factories import AT, Office, accepted, make_office, recorded, said
from undaunted.core.accounts.actions import acting_as

pytestmark = pytest.mark.usefixtures("ledger")

ACCEPT = (
    "UPDATE commitments_commitmentstatement SET review = 'accepted', decided_by = %s,"
    " decided_at = now() WHERE id = %s"
)
WITHDRAW = (
    "UPDATE commitments_commitmentstatement SET withdrawn_at = now(), withdrawn_by = %s"
    " WHERE id = %s"
)
ADD = """
    INSERT INTO commitments_commitmentstatement (id, holder, sharing, instrument, state, status,
        first_day, content, digest, review, proposed_by, proposed_at, why, corrects_id)
    VALUES (%s, %s, 'shared', %s, %s, %s, '2024-03-01', %s, %s, %s, %s, %s, '', %s)
"""


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _refused(statement: str, *values: Any, matching: str) -> None:
    with (
        pytest.raises(DatabaseError, match=matching),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def _changed(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        changed: int = cursor.rowcount
        return changed


def _row(office: Office, **changed: Any) -> list[Any]:
    told = said().as_data() | changed.pop("content", {})
    row = {
        "id": uuid4(),
        "holder": office.holder,
        "instrument": "investment-screening",
        "state": "XF",
        "status": "in_force",
        "content": json.dumps(told),
        "digest": uuid4().hex,
        "review": "waiting",
        "proposed_by": office.writer.pk,
        "proposed_at": AT,
        "corrects_id": None,
    }
    return list((row | changed).values())


def test_nobody_accepts_their_own_statement_or_in_the_name_of_another(office: Office) -> None:
    made = recorded(office)
    with acting_as(office.writer):
        _refused(ACCEPT, office.writer.pk, made.pk, matching="second person")
        _refused(ACCEPT, office.reviewer.pk, made.pk, matching="second person")
    with acting_as(office.reviewer):
        _refused(ACCEPT, office.publisher.pk, made.pk, matching="in their own name")
    with acting_as(office.stranger):
        assert _changed(ACCEPT, office.stranger.pk, made.pk) == 0


def test_statement_is_never_changed_nor_removed(office: Office) -> None:
    made = accepted(office)
    with acting_as(office.steward):
        for column, value in (
            ("first_day", "2020-01-01"),
            ("digest", "x"),
            ("corrected_at", "2026-06-01"),
            ("holder", str(uuid4())),
        ):
            _refused(
                f"UPDATE commitments_commitmentstatement SET {column} = %s WHERE id = %s",
                value,
                made.pk,
                matching="never changed",
            )
        _refused(
            "UPDATE commitments_commitmentstatement"
            ' SET content = content || \'{"text": "x"}\' WHERE id = %s',
            made.pk,
            matching="never changed",
        )
        _refused(
            "UPDATE commitments_commitmentstatement SET review = 'declined' WHERE id = %s",
            made.pk,
            matching="decided once",
        )
        _refused("DELETE FROM commitments_commitmentstatement", matching="permission denied")
        _refused("DELETE FROM published_commitment", matching="permission denied")
        for function in ("commitments_project", "commitments_restore"):
            _refused(f"SELECT {function}(%s)", made.pk, matching="permission denied")


def test_withdrawing_a_statement_is_in_ones_own_name_and_for_good(office: Office) -> None:
    made = accepted(office)
    with acting_as(office.writer):
        _refused(WITHDRAW, office.writer.pk, made.pk, matching="own name")
    with acting_as(office.publisher):
        _refused(WITHDRAW, office.reviewer.pk, made.pk, matching="own name")
        assert _changed(WITHDRAW, office.publisher.pk, made.pk) == 1
        _refused(
            "UPDATE commitments_commitmentstatement SET withdrawn_at = NULL, withdrawn_by = NULL"
            " WHERE id = %s",
            made.pk,
            matching="decided once",
        )


def test_statement_is_recorded_waiting_in_ones_own_name(office: Office) -> None:
    elsewhere = accepted(office, state="XR")
    with acting_as(office.writer):
        for changed in (
            {"review": "accepted"},
            {"proposed_by": office.reviewer.pk},
            {"corrects_id": elsewhere.pk},
            {"corrects_id": uuid4()},
        ):
            _refused(ADD, *_row(office, **changed), matching="waiting, in one's own name")
        assert _changed(ADD, *_row(office)) == 1
    with acting_as(office.reviewer):
        _refused(
            ADD,
            *_row(office, proposed_by=office.reviewer.pk),
            matching="waiting, in one's own name",
        )
    with acting_as(office.stranger):
        _refused(
            ADD,
            *_row(office, proposed_by=office.stranger.pk),
            matching="row-level security|own name",
        )


@pytest.mark.parametrize(
    "broken",
    [
        {"content": {"sources": []}},
        {"content": {"evidence": []}},
        {"content": {"features": [{"code": "call-in", "sources": []}]}},
        {"content": {"law": ""}},
        {"content": {"state": "XR"}},
        {"content": {"status": "absent"}},
        {"status": "not_known", "content": {"status": "not_known", "features": [], "text": ""}},
        {"status": "lapsed", "content": {"status": "lapsed"}},
        {"instrument": "anti-coercion"},
    ],
    ids=lambda each: str(each)[:40],
)
def test_statement_that_the_rules_would_refuse_does_not_get_past_them(
    office: Office, broken: dict[str, Any]
) -> None:
    with acting_as(office.writer):
        _refused(ADD, *_row(office, **broken), matching="names instrument, state")


def test_public_reads_accepted_statements_and_nothing_else(office: Office) -> None:
    recorded(office, state="XR")
    accepted(office)
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT state FROM published_commitment")
        assert cursor.fetchall() == [("XF",)]
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic("public"):
            cursor.execute("SELECT * FROM commitments_commitmentstatement")

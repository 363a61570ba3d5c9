"""The chain is numbered at commit and shows every later change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.actions import NotInTransaction, record_entry
from undaunted.core.audit.queries import anchor, verify_chain
from undaunted.core.audit.rules import merkle_root

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def steward(owner_sql: Any) -> Any:
    return make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})


def _leave(steward: Any, count: int) -> None:
    for number in range(count):
        with acting_as(steward) as actor:
            record_entry(
                "case.read",
                actor=actor,
                subject_kind="case",
                subject_id=str(number),
                at=timezone.now(),
                detail={"number": number},
            )


def test_an_untouched_chain_verifies(steward: Any) -> None:
    _leave(steward, 5)
    with acting_as(steward):
        report = verify_chain()
    assert report.whole
    assert report.entries == 5


def test_an_entry_and_its_detail_go_as_one_statement(steward: Any, owner_sql: Any) -> None:
    at = timezone.now()
    with acting_as(steward) as actor, CaptureQueriesContext(connection) as asked:
        entry = record_entry(
            "case.read", actor=actor, subject_kind="case", subject_id="é", at=at, detail={"n": [1]}
        )
    assert len([each for each in asked.captured_queries if "audit_" in each["sql"]]) == 1
    rows = owner_sql(
        "SELECT e.id, e.at, e.actor, e.verb, e.subject_kind, e.subject_id, e.right, e.seq,"
        " d.month, d.detail FROM audit_entry e JOIN audit_detail d ON d.entry_id = e.id"
    )
    month = at.date().replace(day=1)
    held = (entry.pk, at, steward.pk, "case.read", "case", "é", "role", 1, month, {"n": [1]})
    assert rows == [held]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_entry SET verb = 'other' WHERE seq = 3",
        "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE seq = 3",
        "DELETE FROM audit_entry WHERE seq = 3",
        "UPDATE audit_entry SET seq = CASE seq WHEN 2 THEN -2 ELSE seq END",
        (
            "UPDATE audit_detail SET detail = '{}' WHERE entry_id ="
            " (SELECT id FROM audit_entry WHERE seq = 3)"
        ),
        "DELETE FROM audit_entry WHERE seq = 5",
    ],
)
def test_tampering_by_the_owner_is_seen(steward: Any, owner_sql: Any, tampering: str) -> None:
    _leave(steward, 5)
    if tampering.startswith("DELETE"):
        owner_sql(
            tampering.replace("audit_entry", "audit_detail").replace(
                "seq =", "entry_id = (SELECT id FROM audit_entry WHERE seq ="
            )
            + ")"
        )
    owner_sql(tampering)
    with acting_as(steward):
        assert not verify_chain().whole


def test_a_cut_tail_is_seen_against_an_anchor(steward: Any, owner_sql: Any) -> None:
    _leave(steward, 5)
    with acting_as(steward):
        kept = anchor()
    owner_sql(
        "DELETE FROM audit_detail WHERE entry_id IN (SELECT id FROM audit_entry WHERE seq > 3)"
    )
    owner_sql("DELETE FROM audit_entry WHERE seq > 3")
    owner_sql("UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_entry WHERE seq = 3)")
    with acting_as(steward):
        assert verify_chain().whole
        assert not verify_chain(kept).whole


def test_details_may_end_while_the_chain_verifies(steward: Any, owner_sql: Any) -> None:
    _leave(steward, 3)
    owner_sql("DELETE FROM audit_detail")
    with acting_as(steward):
        assert verify_chain().whole


def test_nobody_writes_in_the_name_of_another(steward: Any, owner_sql: Any) -> None:
    other = make_user(owner_sql)
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        acting_as(steward),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            'INSERT INTO audit_entry (id, at, actor, verb, subject_kind, subject_id, "right",'
            " digest, previous, hash) VALUES (gen_random_uuid(), now(), %s, 'x', 'x', 'x', 'x',"
            " '', '', '')",
            [other.pk],
        )


def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(NotInTransaction):
        record_entry(
            "x", actor=PUBLIC, subject_kind="x", subject_id="x", at=timezone.now() - timedelta(1)
        )


def test_the_root_of_a_batch_depends_on_every_row_and_its_place() -> None:
    rows = [b"a", b"b", b"c"]
    assert len({merkle_root(rows), merkle_root(rows[::-1]), merkle_root(rows[:2])}) == 3
    assert merkle_root([]) != merkle_root([b""])

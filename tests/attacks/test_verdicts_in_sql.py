"""What was found alike and judged, and when, is not for SQL to say: only the application does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.core.matching.factories import (
    AT,
    XF,
    XZ,
    Office,
    confirmed,
    in_file,
    judged,
    listed,
    make_office,
    person,
    resolved,
    screened,
)
from undaunted.core.access.rules import PUBLIC, Sharing
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.actions.vouching import code_of_act, settle
from undaunted.core.matching.models import MatchJudgement, Question
from undaunted.core.matching.queries import queue_of
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")

LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)
_VOUCHED = "through the application"
PAIR = (XF, "1"), (XZ, "Z/9")


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-04")])
    listed(held, XZ, tmp_path, [person("Z/9", "Wiktor Strowik", born="1961-03-04")])
    resolved(held.writer)
    return held


def _refused(statement: str, given: list[Any], said: str) -> None:
    with (
        pytest.raises(DatabaseError, match=said),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, given)


def test_nobody_takes_a_question_out_of_the_queue(office: Office) -> None:
    told = ["[]", json.dumps([f"{XF}:1"]), "[]", "[]"]
    other = code_of_act("matching-note", "\n".join(["[]"] * 4), AT)
    note = "SELECT matching_note(%s, %s, %s, %s, %s, %s)"
    with acting_as(office.writer):
        _refused(note, [*told, AT, b"none"], _VOUCHED)
        _refused(note, [*told, AT, other], _VOUCHED)
        _refused(
            "SELECT matching_note(%s::jsonb, %s::jsonb, %s::jsonb, %s::jsonb)",
            told,
            "permission denied",
        )
    assert len(queue_of(PUBLIC).pairs) == 1


def test_no_verdict_is_given_confirmed_or_undone_on_a_day_of_choice(
    office: Office, owner_sql: Any
) -> None:
    made = judged(office.writer, *PAIR, Verdict.SAME)
    one = str(made.pk)
    for who, name in ((office.reviewer, "confirm"), (office.writer, "undo")):
        code = code_of_act(f"matching-{name}", one, AT)
        with acting_as(who):
            _refused(
                f"SELECT matching_{name}(%s, %s, %s)",
                [[made.pk], LONG_AGO, code],
                "through the application",
            )
            _refused(f"SELECT matching_{name}(%s, %s)", [[made.pk], LONG_AGO], "permission denied")
    code = code_of_act("matching-judge", "[]", AT)
    with acting_as(office.writer):
        _refused(
            "SELECT matching_judge(%s, %s, %s)", ["[]", LONG_AGO, code], "through the application"
        )
        _refused("SELECT matching_judge(%s::jsonb, %s)", ["[]", LONG_AGO], "permission denied")
    assert MatchJudgement.objects.get().confirmed_at is None
    assert confirmed(office.reviewer, made).confirmed_at == AT


def test_no_question_is_settled_or_born_settled_by_sql(office: Office, owner_sql: Any) -> None:
    in_file(office, "Viktor Strovik", born="1961")
    screened(office)
    with acting_as(office.writer):
        asked = Question.objects.first()
        assert asked is not None
        settled = "UPDATE matching_question SET closed_at = now() WHERE id = %s"
        _refused(settled, [asked.pk], "settled by the application")
        code = code_of_act("matching-settle", str(office.holder), AT)
        _refused(
            "SELECT matching_settle(%s, %s, %s)", [[asked.pk], AT, code], "through the application"
        )
        with pytest.raises(DatabaseError, match="before it is settled"), transaction.atomic():
            Question.objects.create(
                holder=office.holder, sharing=Sharing.ORGANISATION, subject="person:x",
                entry=f"{XF}:1", likeness=1.0, asked_at=AT, closed_at=AT,
            )  # fmt: skip
    stranger = make_office(owner_sql)
    with acting_as(stranger.writer):
        assert settle([asked.pk], AT) == 0, "another's question"
    with acting_as(office.writer):
        assert Question.objects.filter(pk=asked.pk, closed_at__isnull=True).exists()

"""A colleague with SQL attacks memos: another's RED one, changed bytes, a text accepted alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.prisoners.memo.factories import Office, built, open_office, said
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.writers import FOLDERS
from undaunted.prisoners.memo.rules import TextKind, Variant

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

pytestmark = [
    pytest.mark.usefixtures("ledger"),
    pytest.mark.skipif(
        not all(folder.is_dir() for folder in FOLDERS[:2]),
        reason="needs fonts-noto-core and fonts-noto-cjk",
    ),
]
TABLES = ("memo_memo", "memo_memofile", "memo_memosubject", "memo_memotext")


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return open_office(owner_sql)


def _asked(person: User, statement: str, *values: Any) -> list[Any]:
    with acting_as(person), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else [cursor.rowcount]


def _refused(person: User, statement: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as refusal:
        _asked(person, statement, *values)
    return str(refusal.value)


def test_public_and_strangers_read_no_memo(office: Office) -> None:
    built(office)
    said(office.desk, TextKind.RED_LINE, "No.")
    for table in TABLES:
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(using="public"),
            connections["public"].cursor() as cursor,
        ):
            cursor.execute(f"SELECT * FROM {table}")
        assert _asked(office.desk.stranger, f"SELECT * FROM {table}") == []
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            assert cursor.fetchall() == []


def test_official_reads_only_what_their_own_body_holds(office: Office, owner_sql: Any) -> None:
    built(office)
    owner_sql("UPDATE accounts_organisation SET government = true WHERE id = %s",
              [office.desk.other])  # fmt: skip
    for table in TABLES:
        assert _asked(office.desk.both, f"SELECT * FROM {table}") == []


def test_memo_of_its_builder_stays_with_its_builder(office: Office) -> None:
    memo, desk = built(office, Variant.RESTRICTED, with_red=True), office.desk
    for table in ("memo_memo", "memo_memofile"):
        assert _asked(desk.publisher, f"SELECT * FROM {table}") == []
    change = "UPDATE memo_memo SET only_for = '{}' WHERE id = %s"
    assert "stays what was built" in _refused(desk.documenter, change, memo.pk)
    assert _asked(desk.steward, change, memo.pk) == [0]
    add = (
        "INSERT INTO memo_memofile (id, holder, sharing, memo_id, name, media_type, size, sha256,"
        " content, only_for) SELECT gen_random_uuid(), holder, 'organisation', memo_id, 'copy',"
        " media_type, size, sha256, content, '{}' FROM memo_memofile LIMIT 1"
    )
    assert "belongs to a memo of one's own" in _refused(desk.documenter, add)


def test_what_was_built_is_not_changed_nor_forgotten(office: Office) -> None:
    memo, desk = built(office), office.desk
    for statement, words in (
        ("UPDATE memo_memo SET variant = 'restricted' WHERE id = %s", "stays what was built"),
        (
            "UPDATE memo_memo SET built_by = identity_actor(), state = 'ended' WHERE id = %s",
            "stays",
        ),
        ("UPDATE memo_memofile SET content = 'x' WHERE memo_id = %s", "never changed"),
        ("UPDATE memo_memofile SET sha256 = '' WHERE memo_id = %s", "never changed"),
        ("DELETE FROM memo_memosubject WHERE memo_id = %s", "keeps whom it shows"),
        ("UPDATE memo_memosubject SET subject = memo_id WHERE memo_id = %s", "permission denied"),
        ("DELETE FROM memo_memofile WHERE memo_id = %s", "permission denied"),
        ("DELETE FROM memo_memo WHERE id = %s", "permission denied"),
    ):
        assert words in _refused(desk.documenter, statement, memo.pk), statement
    assert _asked(desk.documenter, "SELECT * FROM memo_heed(%s)", memo.pk) == [(0, 0)]  # no news
    forged = (
        "INSERT INTO memo_memo (id, holder, sharing, country, counterpart, meets_on, as_of,"
        " known_at, language, variant, pages, reader, conditions, only_for, title, left_out, state,"
        " why, built_by, built_at) SELECT gen_random_uuid(), holder, sharing, country, counterpart,"
        " meets_on, as_of, known_at, language, variant, pages, reader, conditions, only_for, title,"
        " left_out, 'kept', '', %s, built_at FROM memo_memo"
    )
    assert "one's own name" in _refused(desk.steward, forged, desk.documenter.pk)


def test_nobody_accepts_a_text_alone_or_in_another_name(office: Office) -> None:
    text, desk = said(office.desk, TextKind.RED_LINE, "No goods."), office.desk
    accept = (
        "UPDATE memo_memotext SET state = 'accepted', accepted_by = %s, accepted_at = now()"
        " WHERE id = %s"
    )
    second = "a second person"
    assert second in _refused(desk.documenter, accept, desk.documenter.pk, text.pk)
    assert second in _refused(desk.documenter, accept, desk.publisher.pk, text.pk)
    assert second in _refused(desk.reviewer, accept, desk.reviewer.pk, text.pk)
    assert _asked(desk.publisher, accept, desk.publisher.pk, text.pk) == [1]
    for change, words in (
        ("UPDATE memo_memotext SET body = 'All goods.' WHERE id = %s", "stays as it was written"),
        ("UPDATE memo_memotext SET state = 'written' WHERE id = %s", "accepted once"),
        ("UPDATE memo_memotext SET confirmed_on = '2030-01-01' WHERE id = %s", "own name"),
        ("DELETE FROM memo_memotext WHERE id = %s", "permission denied"),
    ):
        assert words in _refused(desk.steward, change, text.pk), change

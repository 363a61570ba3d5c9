"""A colleague attacks the texts of the report: alone, by SQL, and with markup for three formats."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.prisoners.report.text_desk import AT, ENGLISH, Writers, make_writers, reviewed, signed
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.rules import Document, Section
from undaunted.core.editions.writers import FOLDERS, write_files
from undaunted.prisoners.report.actions import write_text
from undaunted.prisoners.report.rules import Chapter
from undaunted.prisoners.report.rules.marks import TextBroken, read_text
from undaunted.prisoners.report.rules.texts import place_named, place_texts

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

TABLE = "report_textversion"


@pytest.fixture
def writers(ledger: object, owner_sql: Any) -> Writers:
    assert ledger is None or ledger
    return make_writers(owner_sql)


def _refused(person: User, statement: str, *values: Any, matching: str) -> None:
    with (
        pytest.raises(DatabaseError, match=matching),
        acting_as(person),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


PROPOSE = f"UPDATE {TABLE} SET state = 'waiting', proposed_at = now() WHERE id = %s"
REVIEW = (
    f"UPDATE {TABLE} SET state = 'reviewed', reviewed_by = %s, reviewed_at = now() WHERE id = %s"
)
SIGN = (
    f"UPDATE {TABLE} SET state = 'signed', signed_by = %s, signed_at = now(), accepted = %s"
    " WHERE id = %s"
)
STEP = "another person's|another_reviews_a_text|another_signs_a_text"


def test_nobody_takes_two_steps_or_one_in_the_name_of_another(writers: Writers) -> None:
    with acting_as(writers.publisher) as actor:
        place = place_named(2025, "summary", "en")
        draft = write_text(writers.holder, place, ENGLISH, actor=actor, at=AT)
    wrote, read = writers.publisher, writers.reviewer
    _refused(writers.writer, PROPOSE, draft.pk, matching=STEP)
    _refused(wrote, REVIEW, wrote.pk, draft.pk, matching=STEP)
    with acting_as(wrote), connection.cursor() as cursor:
        cursor.execute(PROPOSE, [draft.pk])
    _refused(wrote, REVIEW, wrote.pk, draft.pk, matching=STEP)
    _refused(wrote, REVIEW, read.pk, draft.pk, matching=STEP)
    _refused(writers.writer, REVIEW, writers.writer.pk, draft.pk, matching=STEP)
    _refused(read, SIGN, read.pk, "{}", draft.pk, matching=STEP)
    with acting_as(read), connection.cursor() as cursor:
        cursor.execute(REVIEW, [read.pk, draft.pk])
    _refused(wrote, SIGN, wrote.pk, "{}", draft.pk, matching=STEP)
    _refused(wrote, SIGN, read.pk, "{}", draft.pk, matching=STEP)
    _refused(read, SIGN, read.pk, "{}", draft.pk, matching=STEP)
    with acting_as(writers.stranger), connection.cursor() as cursor:
        cursor.execute(SIGN, [writers.stranger.pk, "{}", draft.pk])
        assert cursor.rowcount == 0
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        assert cursor.fetchone() == (0,)


def test_number_typed_by_hand_is_not_signed_without_its_reason(writers: Writers) -> None:
    version = reviewed(writers, "About 40 and 50.")
    who = writers.publisher
    for accepted in ("{}", '{"1": "a"}', '{"1": "a", "2": " "}', '{"1": "a", "3": "b"}', "[]"):
        _refused(who, SIGN, who.pk, accepted, version.pk, matching=STEP)
    more = f"UPDATE {TABLE} SET typed = '[]' WHERE id = %s"
    _refused(who, more, version.pk, matching="never change")
    with acting_as(who), connection.cursor() as cursor:
        cursor.execute(SIGN, [who.pk, json.dumps({"1": "a", "2": "b"}), version.pk])
        assert cursor.rowcount == 1


def test_words_and_signatures_stay_as_they_are(writers: Writers) -> None:
    version = signed(writers)
    french = "UPDATE report_textversion SET body = 'x', digest = %s WHERE id = %s"
    digest = hashlib.sha256(b"x").hexdigest()
    for person in (writers.writer, writers.publisher, writers.steward):
        _refused(person, french, digest, version.pk, matching="never change")
        _refused(
            person, f"UPDATE {TABLE} SET body = 'x' WHERE id = %s", version.pk, matching="digest"
        )
        _refused(
            person,
            f"UPDATE {TABLE} SET state = 'draft' WHERE id = %s",
            version.pk,
            matching="another person's",
        )
        _refused(person, f"DELETE FROM {TABLE}", matching="permission denied")
    gone = (
        f"UPDATE {TABLE} SET state = 'withdrawn', closed_by = %s, closed_at = now(), why = %s"
        " WHERE id = %s"
    )
    _refused(writers.writer, gone, writers.writer.pk, "w", version.pk, matching=STEP)
    _refused(writers.publisher, gone, writers.publisher.pk, " ", version.pk, matching=STEP)


_ADD = f"""
    INSERT INTO {TABLE} (id, holder, sharing, year, chapter, language, number, body, digest, typed,
        translates, state, written_by, written_at, accepted, why, names)
    VALUES (%s, %s, %s, 2025, 'summary', %s, %s, 'x', %s, '[]', %s, %s, %s, now(), '{{}}', '',
        '{{}}')
"""


def test_text_begins_as_a_draft_in_ones_own_name(writers: Writers) -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    good: dict[str, Any] = {
        "id": uuid4(), "holder": writers.holder, "sharing": "organisation", "language": "en",
        "number": 1, "digest": digest, "translates": None, "state": "draft",
        "by": writers.writer.pk,
    }  # fmt: skip
    told = "begins as a draft|row-level security|digest|translations_name"
    for changed in (
        {"state": "signed"},
        {"by": writers.publisher.pk},
        {"sharing": "shared"},
        {"number": 7},
        {"language": "fr", "translates": 1},
        {"language": "fr"},
        {"translates": 1},
        {"digest": "0" * 64},
    ):
        _refused(writers.writer, _ADD, *{**good, **changed}.values(), matching=told)
    for person in (writers.reader, writers.reviewer, writers.stranger):
        _refused(person, _ADD, *{**good, "by": person.pk}.values(), matching=told)
    with acting_as(writers.writer), connection.cursor() as cursor:
        cursor.execute(_ADD, list(good.values()))


def test_public_role_reads_no_text_and_asks_for_none(writers: Writers) -> None:
    signed(writers)
    for statement in (f"SELECT 1 FROM {TABLE}", "SELECT * FROM report_signed_texts(2025, NULL)"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(using="public"),
            connections["public"].cursor() as cursor,
        ):
            cursor.execute(statement)


HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror=alert(1)> #read("/etc/passwd") $x$ `raw` '
    "#include <w:p/> &lt; \\]\\]> @ref \\\\ _a_ ~ =SUM(A) // c /* d */ \u00adend"
)


@pytest.mark.skipif(
    not all(folder.is_dir() for folder in FOLDERS[:2]), reason="needs fonts-noto-core"
)
def test_markup_of_any_format_stays_text() -> None:
    body = f"{HOSTILE}\n\n- [{HOSTILE}](https://a.example/?a=%22&b) **{HOSTILE}**"
    body += f"{{note:x {HOSTILE}|2025|{HOSTILE}}}"
    told = Document(
        "T", "", "en", "U", date(2025, 12, 31), "2026-01-01 00:00:00", (Section("summary", "S"),)
    )
    texts = {Chapter.SUMMARY: read_text(body, "en").blocks}
    written = write_files({"en": place_texts(told, texts)}, "t-1.0", moment=1_782_864_000)
    files = {file.name.rpartition(".")[2]: file.content for file in written.files}
    page = files["html"].decode()
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 5
    assert "root:" not in page
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as word:
        inside = word.read("word/document.xml").decode()
        assert "&lt;w:p/&gt;" in inside
        assert "<script" not in inside + word.read("word/footnotes.xml").decode()
    assert files["pdf"].startswith(b"%PDF")


@pytest.mark.parametrize(
    "body",
    [
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](https://a.example/\u202egnp)",
        '[a](https://a.example/"onclick=x)',
        "[a](file:///etc/passwd)",
        "{number:<script>\x00}",
        "a\u2066b",
        "{table:../../x}",
    ],
)
def test_address_or_letter_that_could_deceive_is_refused(body: str) -> None:
    with pytest.raises(TextBroken):
        read_text(body, "en")

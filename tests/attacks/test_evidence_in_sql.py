"""A colleague with SQL writes rows of evidence: naming a stranger's file, in other names."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.vault.factories import Office, make_office
from undaunted.core.evidence.actions import (
    make_clean_copy,
    record_custody,
    record_source,
    seal_document,
    store_document,
)
from undaunted.core.evidence.queries import open_document
from undaunted.core.evidence.rules import CustodyKind, SourceKind
from undaunted.core.vault.rules import code_for_database

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from undaunted.core.evidence.models import Document

pytestmark = pytest.mark.usefixtures("ledger")
OURS, THEIRS = b"Secretia Marksdotter was seen", b"Somebody else was seen"
ALONE = "asked through the application alone"
REDACTED = (
    "INSERT INTO evidence_redactedcopy (id, holder, sharing, document_id, of_sha256, sha256, size,"
    " media_type, ground, passages, boxes, places, kept, made_by, made_at, vouched) VALUES (%s, %s,"
    " 'organisation', %s, %s, %s, 1, 'text/plain', 'safety', 1, 0, 1, '{}', %s, now(), %s)"
)


@pytest.fixture
def ours(owner_sql: Any, settings: Any, tmp_path: Path) -> Office:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_office(owner_sql)


@pytest.fixture
def theirs(owner_sql: Any, ours: Office) -> Office:
    assert ours
    return make_office(owner_sql)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _code(what: str, *facts: object) -> bytes:
    return code_for_database(configured.SESSION_BINDING_KEY, what, *facts)


def _stored(office: Office, content: bytes) -> Document:
    at = timezone.now()
    with office.caseworker.acting() as actor:
        source = record_source(office.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        document = store_document(
            io.BytesIO(content), source, actor=actor, at=at, media_type="text/plain"
        )
        make_clean_copy(document, actor=actor, at=at)
    return document


def _asked(office: Office, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with office.caseworker.acting(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


def _refused(office: Office, statement: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as refusal:
        _asked(office, statement, *values)
    return str(refusal.value)


def _person(office: Office) -> UUID:
    with office.caseworker.acting() as actor:
        return actor.person


def test_no_row_names_the_digest_of_a_file_that_sql_did_not_bring(
    ours: Office, theirs: Office, owner_sql: Any
) -> None:
    _stored(ours, OURS)
    mine = _stored(theirs, THEIRS)
    at = timezone.now()
    with theirs.caseworker.acting() as actor:
        source = record_source(theirs.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        bare = store_document(io.BytesIO(b"x"), source, actor=actor, at=at, media_type="text/plain")
    told = (
        "INSERT INTO evidence_document (id, holder, sharing, source_id, sha256, size,"
        " media_type, recorded_at) VALUES (gen_random_uuid(), %s, 'organisation', %s, %s, 1,"
        " 'text/plain', now())"
    )
    assert ALONE in _refused(theirs, told, theirs.holder, source.pk, _digest(OURS))
    told = (
        "INSERT INTO evidence_cleancopy (id, holder, sharing, document_id, sha256, size,"
        " media_type, removed, kept, refused, made_at) VALUES (gen_random_uuid(), %s,"
        " 'organisation', %s, %s, 1, 'text/plain', '{}', '{}', '', now())"
    )
    assert ALONE in _refused(theirs, told, theirs.holder, bare.pk, _digest(OURS))
    values = (theirs.holder, mine.pk, _digest(THEIRS), _digest(OURS), _person(theirs))
    assert ALONE in _refused(theirs, REDACTED, uuid4(), *values, None)
    assert owner_sql("SELECT count(*) FROM evidence_document") == [(3,)]


def test_code_of_one_row_serves_for_no_second_one(ours: Office, owner_sql: Any) -> None:
    document = _stored(ours, OURS)
    for table in ("document", "cleancopy", "redactedcopy"):
        assert owner_sql(f"SELECT count(vouched) FROM evidence_{table}") == [(0,)]
    facts = (ours.holder, document.pk, _digest(OURS), _digest(THEIRS))
    code, person = _code("redacted-copy", document.pk, *facts), _person(ours)
    assert ALONE in _refused(ours, REDACTED, uuid4(), *facts, person, code)


def test_redacted_copy_is_made_in_ones_own_name_of_an_open_copy(
    ours: Office, theirs: Office
) -> None:
    document, at = _stored(ours, OURS), timezone.now()

    def made(office: Office, of: str, by: UUID) -> str:
        which = uuid4()
        facts = (office.holder, document.pk, of, _digest(THEIRS))
        return _refused(office, REDACTED, which, *facts, by, _code("redacted-copy", which, *facts))

    refusal = "made in one's own name, of a copy that lies open"
    assert refusal in made(ours, _digest(OURS), uuid4())
    assert refusal in made(ours, _digest(b"another"), _person(ours))
    assert refusal in made(theirs, _digest(OURS), _person(theirs)), "the document is another's"
    with ours.caseworker.acting() as actor:
        sealed = seal_document(document, ours.team, actor=actor, at=at)
    assert sealed.team
    assert refusal in made(ours, _digest(OURS), _person(ours))


def test_sql_neither_seals_nor_withdraws_in_the_name_of_another(
    ours: Office, theirs: Office
) -> None:
    document = _stored(ours, OURS)
    assert ALONE in _refused(ours, "UPDATE evidence_document SET team = %s", uuid4())
    step = (
        'INSERT INTO evidence_custodyevent (id, holder, sharing, document_id, kind, at, "by", note)'
        " VALUES (gen_random_uuid(), %s, 'organisation', %s, 'withdrawn', now(), %s, '')"
    )
    refusal = "a step is taken in one's own name"
    assert refusal in _refused(ours, step, ours.holder, document.pk, uuid4())
    assert refusal in _refused(theirs, step, theirs.holder, document.pk, _person(theirs))
    with ours.caseworker.acting() as actor:
        record_custody(document, CustodyKind.WITHDRAWN, actor=actor, at=timezone.now())


def test_sql_learns_of_no_file_of_others_and_both_hold_the_same(
    ours: Office, theirs: Office
) -> None:
    _stored(ours, OURS)
    with pytest.raises(DatabaseError, match="does not exist"):
        _asked(theirs, "SELECT evidence_open_blob(%s)", _digest(OURS))
    told = "SELECT evidence_unneeded(%s, %s)"
    assert ALONE in _refused(theirs, told, [_digest(OURS)], b"x" * 32)
    both = _stored(theirs, OURS)
    with theirs.caseworker.acting() as actor, open_document(actor, both.pk) as file:
        assert file.read() == OURS

"""Documents are kept by content, once, privately, with a log of custody; claims are cited."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import (
    CustodyBroken,
    cite,
    record_custody,
    record_source,
    store_document,
    withdraw_citation,
)
from undaunted.core.evidence.models import Document
from undaunted.core.evidence.queries import (
    citations_for,
    custody_of,
    open_document,
    sources_for,
)
from undaunted.core.evidence.rules import CustodyKind, Grade, SourceKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undaunted.config.postgres import Lease
    from undaunted.core.accounts.models import User

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
CONTENT = b"a court paper"


@pytest.fixture
def office(
    ledger: Lease, owner_sql: Callable[..., object], settings: Any, tmp_path: Path
) -> tuple[UUID, User, User]:
    settings.DOCUMENTS_FOLDER = tmp_path
    organisation = make_organisation(owner_sql)
    return (
        organisation,
        make_user(owner_sql, {organisation: [Role.DOCUMENTER]}),
        make_user(owner_sql, {organisation: [Role.READER]}),
    )


def test_a_document_is_kept_once_under_its_digest_and_for_this_account_only(
    office: tuple[UUID, User, User], tmp_path: Path
) -> None:
    digest = hashlib.sha256(CONTENT).hexdigest()
    with acting_as(office[1]) as actor:
        source = record_source(office[0], actor=actor, at=AT, kind=SourceKind.COURT_PAPER)
        kept = [
            store_document(BytesIO(CONTENT), source, actor=actor, at=AT, media_type="text/plain")
            for _ in range(2)
        ]
        assert kept[0].pk == kept[1].pk
        assert (kept[0].sha256, kept[0].size) == (digest, len(CONTENT))
        assert {event.kind for event in custody_of(actor, kept[0])} == {"received", "hashed"}
        with open_document(actor, kept[0].pk) as stream:
            assert stream.read() == CONTENT
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [digest]
    assert files[0].stat().st_mode & 0o077 == 0


def test_custody_follows_its_order(office: tuple[UUID, User, User]) -> None:
    with acting_as(office[1]) as actor:
        source = record_source(office[0], actor=actor, at=AT, kind=SourceKind.COURT_PAPER)
        document = store_document(
            BytesIO(CONTENT), source, actor=actor, at=AT, media_type="text/plain"
        )
        later = AT + timedelta(hours=1)
        record_custody(document, CustodyKind.WITHDRAWN, actor=actor, at=later)
        with pytest.raises(CustodyBroken):
            record_custody(document, CustodyKind.EXPORTED, actor=actor, at=later)


def test_a_citation_carries_a_claim_until_it_is_withdrawn(
    office: tuple[UUID, User, User],
) -> None:
    subject = uuid4()
    with acting_as(office[1]) as actor:
        source = record_source(office[0], actor=actor, at=AT, kind=SourceKind.LAWYER)
        citation = cite(
            source,
            actor=actor,
            at=AT,
            subject_kind="act",
            subject_id=subject,
            claim="start",
            grade=Grade.parse("B2"),
        )
        assert [one.claim for one in citations_for(actor, "act", [subject])] == ["start"]
        withdraw_citation(citation, actor=actor, at=AT)
        assert not citations_for(actor, "act", [subject])
        assert sources_for(actor).count() == 1


def test_a_reader_reads_and_records_nothing(office: tuple[UUID, User, User]) -> None:
    with acting_as(office[2]) as actor:
        with pytest.raises(Forbidden):
            record_source(office[0], actor=actor, at=AT, kind=SourceKind.LAWYER)
        with pytest.raises(Document.DoesNotExist):
            open_document(actor, uuid4())

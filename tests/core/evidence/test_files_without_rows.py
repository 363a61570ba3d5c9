"""No file stays that no row knows of: not where a step is cut short, and not between two people."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.core.evidence.test_redacted_copies import TEXT, erase, on_disk, redacted, stored
from tests.core.vault.factories import Office, make_office
from undaunted.core.evidence.actions import (
    blobs,
    record_source,
    seal_document,
    sealing,
    store_document,
    sweep_drafts,
    without_files,
)
from undaunted.core.evidence.actions.settling import note_unsettled, settle
from undaunted.core.evidence.queries import open_document
from undaunted.core.evidence.rules import SourceKind

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.evidence.models import Document

pytestmark = pytest.mark.usefixtures("ledger")
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def office(owner_sql: Any, settings: Any, tmp_path: Path) -> Office:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_office(owner_sql)


def sealed(office: Office, document: Document) -> None:
    with office.caseworker.acting() as actor:
        seal_document(document, office.team, actor=actor, at=timezone.now())


def swept() -> int:
    return sweep_drafts(timezone.now() + timedelta(hours=1))


def test_sealing_while_a_redacted_copy_is_committed_leaves_nothing_open(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, place = stored(office), blobs.lay_open

    def between(*told: Any) -> None:
        monkeypatch.setattr(blobs, "lay_open", place)
        sealed(office, document)
        place(*told)

    monkeypatch.setattr(blobs, "lay_open", between)
    redacted(office, document)
    assert not [each for each in on_disk(tmp_path) if b"was seen" in each]
    assert sorted(path.parent.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "sealed",
        "sealed",
    ]


def test_file_whose_transaction_failed_is_swept(office: Office, tmp_path: Path) -> None:
    at = timezone.now()
    with office.caseworker.acting() as actor, transaction.atomic():
        source = record_source(office.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        store_document(
            io.BytesIO(TEXT.encode()), source, actor=actor, at=at, media_type="text/plain"
        )
        transaction.set_rollback(True)
    assert sweep_drafts(at - timedelta(days=1)) == 0, "its transaction may be at work still"
    assert swept() == 1
    assert on_disk(tmp_path) == []


@pytest.mark.parametrize("erased", [True, False])
def test_file_is_swept_whose_process_died_before_it_was_destroyed(
    office: Office,
    owner_sql: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    erased: bool,
) -> None:
    document = stored(office)
    monkeypatch.setattr(sealing, "settle_on_commit", note_unsettled)
    if erased:
        with (
            office.caseworker.acting() as actor,
            without_files([document], actor=actor, at=timezone.now()),
        ):
            erase(owner_sql, document)
    else:
        sealed(office, document)
    assert TEXT.encode() in on_disk(tmp_path)
    assert swept() == 1
    assert TEXT.encode() not in on_disk(tmp_path)


def test_noted_file_that_a_row_needs_stays_and_others_are_not_looked_at(
    office: Office, tmp_path: Path
) -> None:
    document, stray = stored(office), tmp_path / "ab" / ("ab" * 32)
    note_unsettled([DIGEST])
    stray.parent.mkdir()
    stray.write_bytes(b"of a database that was set back")
    assert swept() == 0
    assert stray.exists()
    with office.caseworker.acting() as actor, open_document(actor, document.pk) as file:
        assert file.read() == TEXT.encode()


def test_whoever_needs_a_file_waits_until_it_is_destroyed_or_not(
    office: Office, owner_sql: Any
) -> None:
    other = f"SELECT pg_try_advisory_xact_lock(hashtextextended('evidence|{DIGEST}', 0))"
    with transaction.atomic():
        settle([DIGEST])
        assert owner_sql(other) == [(False,)]
    at = timezone.now()
    with office.caseworker.acting() as actor, transaction.atomic(), connection.cursor():
        source = record_source(office.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        store_document(
            io.BytesIO(TEXT.encode()), source, actor=actor, at=at, media_type="text/plain"
        )
        assert owner_sql(other) == [(False,)]
    assert owner_sql(other) == [(True,)]

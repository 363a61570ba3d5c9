"""An original that is not public is sealed to a team: nothing of it lies on the disk."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from tests.core.evidence import files_of_every_kind as files
from tests.core.vault.factories import PASSPHRASE, Office, make_office
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.actions import ClockRuns, erase_expired
from undaunted.core.clocks.models import Clock
from undaunted.core.clocks.tasks import erase_what_has_expired
from undaunted.core.evidence.actions import (
    KeyNeeded,
    make_clean_copy,
    open_copy,
    open_original,
    record_custody,
    record_source,
    seal_document,
    store_document,
)
from undaunted.core.evidence.models import CleanCopy, Document
from undaunted.core.evidence.queries import (
    custody_of,
    open_clean_copy,
    open_document,
    team_to_seal_to,
)
from undaunted.core.evidence.rules import CustodyKind, SourceKind
from undaunted.core.vault.rules import ErasedRecord, NotThatTeam

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

pytestmark = pytest.mark.usefixtures("ledger")
CANARY = b"Secretia Marksdotter was seen in the cell"


@pytest.fixture
def office(owner_sql: Any, settings: Any, tmp_path: Path) -> Office:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_office(owner_sql)


def _stored(office: Office, content: bytes, team: UUID | None) -> Document:
    at = timezone.now()
    with office.caseworker.acting() as actor:
        source = record_source(office.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        return store_document(
            io.BytesIO(content), source, actor=actor, at=at, media_type="text/plain", team=team
        )


def _on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_sealed_original_keeps_digest_and_log_and_shows_nothing_on_disk(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    document = _stored(office, CANARY, office.team)
    assert document.sha256 == hashlib.sha256(CANARY).hexdigest()
    assert document.size == len(CANARY)
    key, at = office.caseworker.key, timezone.now()
    with office.caseworker.acting() as actor:
        assert [step.kind for step in custody_of(actor, document)].count("sealed") == 1
        with pytest.raises(Document.DoesNotExist):
            open_document(actor, document.pk)
        with pytest.raises(KeyNeeded):
            make_clean_copy(document, actor=actor, at=at)
        copy = make_clean_copy(document, actor=actor, at=at, key=key)
        assert copy.sha256
        with pytest.raises(CleanCopy.DoesNotExist):
            open_clean_copy(actor, document)
        assert open_original(document, key=key, actor=actor, at=at) == CANARY
        assert open_copy(document, key=key, actor=actor, at=at).read() == CANARY
    assert CANARY not in _on_disk(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        str(document.pk),
        f"{document.pk}.copy",
    ]
    assert _stored(office, CANARY, office.team).pk == document.pk
    assert owner_sql("SELECT count(*) FROM vault_record") == [(1,)]


def test_the_twin_without_a_team_does_lie_open(office: Office, tmp_path: Path) -> None:
    _stored(office, CANARY, None)
    assert CANARY in _on_disk(tmp_path)


def test_a_colleague_outside_the_team_opens_nothing(office: Office, owner_sql: Any) -> None:
    document = _stored(office, CANARY, office.team)
    outside = make_user(owner_sql, {office.holder: [Role.DOCUMENTER]})
    key, at = office.caseworker.key, timezone.now()
    with acting_as(outside) as actor:
        assert team_to_seal_to(actor, office.holder) is None
        with pytest.raises(NotThatTeam):
            open_original(document, key=key, actor=actor, at=at)
        source = record_source(office.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        assert source.pk
    with office.caseworker.acting() as actor:
        assert team_to_seal_to(actor, office.holder) == office.team
        assert team_to_seal_to(actor, make_organisation(owner_sql)) is None


def test_what_lay_open_is_sealed_and_its_files_are_destroyed(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    document = _stored(office, CANARY, None)
    key, at = office.caseworker.key, timezone.now()
    with office.caseworker.acting() as actor:
        make_clean_copy(document, actor=actor, at=at)
    assert CANARY in _on_disk(tmp_path)
    for _ in range(2):
        with office.caseworker.acting() as actor:
            document = seal_document(document, office.team, actor=actor, at=at)
    assert CANARY not in _on_disk(tmp_path)
    with office.caseworker.acting() as actor:
        assert open_copy(document, key=key, actor=actor, at=at).read() == CANARY
        assert open_original(document, key=key, actor=actor, at=at) == CANARY
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(team=None)
    assert owner_sql("SELECT count(*) FROM vault_record") == [(1,)]


def test_a_file_that_another_organisation_keeps_open_stays(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    document = _stored(office, CANARY, None)
    house = make_organisation(owner_sql)
    at = timezone.now()
    with acting_as(make_user(owner_sql, {house: [Role.DOCUMENTER]})) as actor:
        source = record_source(house, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        store_document(io.BytesIO(CANARY), source, actor=actor, at=at, media_type="text/plain")
    with office.caseworker.acting() as actor:
        seal_document(document, office.team, actor=actor, at=at)
    assert CANARY in _on_disk(tmp_path)


def test_a_withdrawn_original_is_erased_by_its_clock(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    document = _stored(office, CANARY, office.team)
    at = timezone.now() - timedelta(seconds=2)  # so that what follows a second later is past
    with office.caseworker.acting() as actor:
        make_clean_copy(document, actor=actor, at=at, key=office.caseworker.key)
        later = at + timedelta(seconds=1)
        record_custody(document, CustodyKind.WITHDRAWN, actor=actor, at=later)
        clock = Clock.objects.get(subject_id=document.pk)
        with pytest.raises(ClockRuns):
            erase_expired(clock, actor=actor, at=at + timedelta(days=400))
    assert erase_what_has_expired(0) == 0
    owner_sql("UPDATE clocks_clock SET due_at = now() - interval '1 day'")
    assert erase_what_has_expired(0) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    with office.caseworker.acting() as actor:
        kinds = [step.kind for step in custody_of(actor, document)]
        assert kinds[-1] == "destroyed"
        with pytest.raises((ErasedRecord, FileNotFoundError)):
            open_original(document, key=office.caseworker.key, actor=actor, at=at)


def test_the_page_asks_for_the_key_and_serves_the_copy(office: Office) -> None:
    document = _stored(office, files.jpeg(), office.team)
    desk, page = signed_in_client(office.caseworker.user), f"/desk/documents/{document.pk}/"
    assert "are sealed to a team" in desk.get(page).content.decode()
    for step in ("clean/", "copy/"):
        if step == "copy/":
            desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
            assert "notes of the camera" in desk.post(page + "clean/", follow=True).content.decode()
            desk.post("/desk/vault/lock/")
        said = desk.post(page + step, follow=True).content.decode()
        assert "Open your key first" in said
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    saved = desk.post(page + "copy/")
    content = b"".join(saved.streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"\xff\xd8\xff")
    assert files.CANARY.encode() not in content
    assert saved.headers["Cache-Control"] == "no-store"

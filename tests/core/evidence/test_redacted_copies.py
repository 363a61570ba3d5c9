"""A redacted copy is a derivative: of which digest, by whom, when, how much; never what."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import Office, make_office
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import (
    draw_for_redacting,
    make_clean_copy,
    make_redacted_copy,
    record_custody,
    record_source,
    seal_document,
    store_document,
    sweep_drafts,
    without_files,
)
from undaunted.core.evidence.models import Document, RedactedCopy
from undaunted.core.evidence.queries import (
    custody_of,
    open_document,
    open_redacted_copy,
    redacted_copies_of,
    redacted_copy_for,
)
from undaunted.core.evidence.rules import (
    CustodyKind,
    Ground,
    SourceKind,
    Unredactable,
    WhyUnredactable,
    marks_of,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
TEXT = "Secretia Marksdotter was seen in the cell"
NAME = marks_of(["secretia marksdotter"], ())


@pytest.fixture
def office(owner_sql: Any, settings: Any, tmp_path: Path) -> Office:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_office(owner_sql)


def stored(office: Office, *, clean: bool = True) -> Document:
    at = timezone.now()
    with office.caseworker.acting() as actor:
        source = record_source(office.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        document = store_document(
            io.BytesIO(TEXT.encode()), source, actor=actor, at=at, media_type="text/plain"
        )
        if clean:
            make_clean_copy(document, actor=actor, at=at)
    return document


def redacted(office: Office, document: Document) -> RedactedCopy:
    with office.caseworker.acting() as actor:
        return make_redacted_copy(document, NAME, Ground.AGREEMENT, actor=actor, at=timezone.now())


def on_disk(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_copy_tells_of_what_it_was_made_and_how_much_is_black(
    office: Office, owner_sql: Any
) -> None:
    document = stored(office)
    copy = redacted(office, document)
    assert (copy.passages, copy.boxes, copy.places, copy.ground) == (1, 0, 1, "agreement")
    with office.caseworker.acting() as actor:
        with open_redacted_copy(actor, copy.pk) as file:
            content = file.read()
        with open_document(actor, document.pk) as file:
            assert file.read() == TEXT.encode()
        assert [each.pk for each in redacted_copies_of(actor, document)] == [copy.pk]
        steps = [(step.kind, step.note) for step in custody_of(actor, document)]
        assert ("redacted", copy.sha256) in steps
        assert copy.made_by == actor.person
    assert content.decode() == "█████ was seen in the cell"
    assert copy.sha256 == hashlib.sha256(content).hexdigest()
    assert copy.of_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert owner_sql("SELECT count(*) FROM audit_entry WHERE verb = 'document.redacted'") == [(1,)]
    row = str(owner_sql(f"SELECT * FROM evidence_redactedcopy WHERE id = '{copy.pk}'"))
    assert "marksdotter" not in row.casefold()


def test_nothing_is_written_where_a_passage_is_nowhere(office: Office, tmp_path: Path) -> None:
    document, before = stored(office), len(on_disk(tmp_path))
    with office.caseworker.acting() as actor, pytest.raises(Unredactable) as refusal:
        make_redacted_copy(
            document,
            marks_of(["Secretia", "Nobody Else"], ()),
            Ground.SAFETY,
            actor=actor,
            at=timezone.now(),
        )
    assert refusal.value.lines == (2,)
    assert len(on_disk(tmp_path)) == before
    with office.caseworker.acting() as actor:
        assert not redacted_copies_of(actor, document).exists()
        assert "redacted" not in [step.kind for step in custody_of(actor, document)]


def test_stranger_and_reader_make_none_and_a_stranger_sees_none(
    office: Office, owner_sql: Any
) -> None:
    document = stored(office)
    copy = redacted(office, document)
    stranger = make_user(owner_sql, {make_organisation(owner_sql): [Role.DOCUMENTER]})
    with acting_as(stranger) as actor:
        assert redacted_copy_for(actor, copy.pk) is None
        with pytest.raises(RedactedCopy.DoesNotExist):
            open_redacted_copy(actor, copy.pk)
        with pytest.raises(Forbidden):
            make_redacted_copy(document, NAME, Ground.SAFETY, actor=actor, at=timezone.now())
        with pytest.raises(Forbidden):
            draw_for_redacting(document, 1, actor=actor, at=timezone.now())
    with office.caseworker.acting(), transaction.atomic(), pytest.raises(ProgrammingError):
        RedactedCopy.objects.filter(pk=copy.pk).update(places=0)


def test_document_without_a_clean_copy_or_withdrawn_or_sealed_has_none(
    office: Office, tmp_path: Path
) -> None:
    bare = stored(office, clean=False)
    at = timezone.now()

    def why() -> WhyUnredactable:
        with pytest.raises(Unredactable) as refusal:
            redacted(office, bare)
        return refusal.value.reason

    assert why() is WhyUnredactable.NO_COPY
    with office.caseworker.acting() as actor:
        make_clean_copy(bare, actor=actor, at=at)
    copy = redacted(office, bare)
    with office.caseworker.acting() as actor:
        record_custody(bare, CustodyKind.WITHDRAWN, actor=actor, at=at + timedelta(hours=1))
    assert why() is WhyUnredactable.WITHDRAWN
    with office.caseworker.acting() as actor:
        bare = seal_document(bare, office.team, actor=actor, at=at)
        assert redacted_copy_for(actor, copy.pk) is None
        assert not redacted_copies_of(actor, bare).exists()
    assert why() is WhyUnredactable.SEALED
    assert not [each for each in on_disk(tmp_path) if b"was seen" in each]


def erase(owner_sql: Any, document: Document) -> None:
    """Erase its rows, as the gate of the database does for what a partner sent."""
    for table in ("cleancopy", "custodyevent"):
        owner_sql(f"DELETE FROM evidence_{table} WHERE document_id = '{document.pk}'")
    owner_sql(f"DELETE FROM evidence_document WHERE id = '{document.pk}'")


def test_files_go_with_the_rows_original_clean_and_redacted(
    office: Office, owner_sql: Any, tmp_path: Path
) -> None:
    document = stored(office)
    redacted(office, document)
    assert on_disk(tmp_path)
    with (
        office.caseworker.acting() as actor,
        without_files([document], actor=actor, at=timezone.now()),
    ):
        assert on_disk(tmp_path)
        erase(owner_sql, document)
    assert not on_disk(tmp_path)


def test_sealed_files_go_with_the_rows(office: Office, owner_sql: Any, tmp_path: Path) -> None:
    document = stored(office)
    redacted(office, document)
    with office.caseworker.acting() as actor:
        sealed = seal_document(document, office.team, actor=actor, at=timezone.now())
    assert len(on_disk(tmp_path)) == 2
    with office.caseworker.acting(), without_files([sealed], actor=actor, at=timezone.now()):
        erase(owner_sql, document)
    assert not on_disk(tmp_path)


def test_file_stays_that_another_organisation_needs(
    office: Office, owner_sql: Any, tmp_path: Path
) -> None:
    document, other = stored(office), make_office(owner_sql)
    theirs = stored(other)
    redacted(office, document)
    mine = redacted(other, theirs)
    with (
        office.caseworker.acting() as actor,
        without_files([document], actor=actor, at=timezone.now()),
    ):
        erase(owner_sql, document)
    with other.caseworker.acting() as actor:
        with open_document(actor, theirs.pk) as file:
            assert file.read() == TEXT.encode()
        with open_redacted_copy(actor, mine.pk) as file:
            assert file.read()


def test_copy_whose_transaction_fails_leaves_no_file(office: Office, tmp_path: Path) -> None:
    document, before = stored(office), len(on_disk(tmp_path))
    with office.caseworker.acting() as actor, transaction.atomic():
        make_redacted_copy(document, NAME, Ground.SAFETY, actor=actor, at=timezone.now())
        transaction.set_rollback(True)
    sweep_drafts(timezone.now() + timedelta(hours=1))
    assert len(on_disk(tmp_path)) == before


def test_copy_goes_with_its_document_in_the_database(office: Office, owner_sql: Any) -> None:
    document = stored(office)
    redacted(office, document)
    erase(owner_sql, document)
    assert owner_sql("SELECT count(*) FROM evidence_redactedcopy") == [(0,)]

"""Documents at the desk: only a clean copy leaves the house, and the log says so."""

from __future__ import annotations

import hashlib
import io
import os
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.core.evidence import files_of_every_kind as files
from tests.pages.desk_scene import Desk, open_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence import actions
from undaunted.core.evidence.actions import cleaning, make_clean_copy, record_source, store_document
from undaunted.core.evidence.models import CleanCopy, CustodyEvent, Document
from undaunted.core.evidence.queries import open_document
from undaunted.core.evidence.rules import SourceKind
from undaunted.core.evidence.tasks import sweep_old_drafts
from undaunted.core.evidence.writers import clean_copy

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def desk(owner_sql: Any, settings: Settings, tmp_path: Path) -> Desk:
    settings.DOCUMENTS_FOLDER = tmp_path
    return open_desk(owner_sql)


def _stored(desk: Desk, content: bytes, media_type: str) -> Document:
    with acting_as(desk.first) as actor:
        at = timezone.now()
        source = record_source(
            desk.organisation, actor=actor, at=at, kind=SourceKind.COURT_PAPER, title="A paper"
        )
        return store_document(
            io.BytesIO(content), source, actor=actor, at=at, media_type=media_type
        )


def test_clean_copy_is_made_and_saved_and_the_original_is_not(desk: Desk) -> None:
    original = files.jpeg()
    document = _stored(desk, original, "image/jpeg")
    client, page = desk.client(desk.first), f"/desk/documents/{document.pk}/"
    assert "Nobody has made a clean copy yet" in client.get(page).content.decode()
    assert client.post(f"{page}copy/").status_code == 404
    shown = client.post(f"{page}clean/", follow=True).content.decode()
    assert "notes of the camera" in shown
    saved = client.post(f"{page}copy/")
    content = b"".join(saved.streaming_content)  # type: ignore[attr-defined]
    assert files.CANARY.encode() not in content
    assert hashlib.sha256(original).hexdigest()[:8] in saved.headers["Content-Disposition"]
    assert "sandbox" in saved.headers["Content-Security-Policy"]
    with acting_as(desk.first):
        steps = list(CustodyEvent.objects.filter(document=document).values_list("kind", flat=True))
        assert sorted(steps) == ["cleaned", "hashed", "received", "viewed"]


def test_no_transaction_is_open_while_a_file_is_cleaned(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, seen = _stored(desk, files.png(), "image/png"), []
    clean = clean_copy

    def watched(original: Any) -> Any:
        seen.append(connection.in_atomic_block)
        return clean(original)

    monkeypatch.setattr(cleaning, "clean_copy", watched)
    page = f"/desk/documents/{document.pk}/"
    assert desk.client(desk.first).post(f"{page}clean/").status_code == 302
    assert seen == [False]
    assert desk.client(desk.first).post(f"{page}clean/").status_code == 302
    assert seen == [False]
    with acting_as(desk.first):
        assert CleanCopy.objects.get().document_id == document.pk


def test_of_two_who_clean_at_once_the_first_copy_stands(desk: Desk) -> None:
    document = _stored(desk, files.png(), "image/png")
    with acting_as(desk.first) as actor:
        with open_document(actor, document.pk) as original:
            outcome = actions.clean_or_refuse(original)
        one, other = (
            actions.record_clean_copy(document, outcome, actor=actor, at=timezone.now())
            for _ in range(2)
        )
        assert one == other
        assert CustodyEvent.objects.filter(document=document, kind="cleaned").count() == 1


def test_drafts_of_killed_uploads_are_swept_after_a_day(desk: Desk, tmp_path: Path) -> None:
    folders = [tmp_path, tmp_path / "sealed", tmp_path / "imports" / "holder"]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        for name, hours in (("old", 25), ("young", 23)):
            draft = folder / f".draft-{name}"
            draft.write_bytes(b"half")
            then = timezone.now().timestamp() - 3600 * hours
            os.utime(draft, (then, then))
        os.utime(folder, (0, 0))
    kept = _stored(desk, files.png(), "image/png").sha256
    os.utime(tmp_path / kept[:2] / kept, (0, 0))
    assert sweep_old_drafts(timestamp=0) == len(folders)
    left = {path.name for folder in folders for path in folder.glob(".draft-*")}
    assert left == {".draft-young"}
    assert (tmp_path / kept[:2] / kept).exists()
    assert sweep_old_drafts(timestamp=0) == 0


def test_file_that_cannot_be_cleaned_says_why_and_is_not_handed_out(desk: Desk) -> None:
    document = _stored(desk, files.docx(**{"word/vbaProject.bin": b"x"}), "application/msword")
    client, page = desk.client(desk.first), f"/desk/documents/{document.pk}/"
    shown = client.post(f"{page}clean/", follow=True).content.decode()
    assert "Ask for one without macros" in shown
    assert client.post(f"{page}copy/").status_code == 404


def test_stranger_learns_nothing_of_a_document(desk: Desk) -> None:
    document = _stored(desk, files.png(), "image/png")
    client = desk.client(desk.stranger)
    for method, end in (("get", ""), ("post", "clean/"), ("post", "copy/")):
        assert getattr(client, method)(f"/desk/documents/{document.pk}/{end}").status_code == 404
    assert "A paper" not in client.get("/desk/documents/").content.decode()


def test_clean_copy_is_made_once_with_one_entry(desk: Desk) -> None:
    document = _stored(desk, files.png(), "image/png")
    with acting_as(desk.first) as actor:
        first = make_clean_copy(document, actor=actor, at=timezone.now())
        again = make_clean_copy(document, actor=actor, at=timezone.now())
    assert first == again
    with acting_as(desk.first):
        assert CleanCopy.objects.get().removed == ["picture_notes"]


def test_every_word_of_a_copy_has_a_sentence() -> None:
    from undaunted.core.evidence import forms  # noqa: PLC0415 - needs the settings
    from undaunted.core.evidence.rules import CustodyKind, WhyUncleanable  # noqa: PLC0415
    from undaunted.core.evidence.writers import office, opendocument  # noqa: PLC0415

    told = {word for _, word in office._DROPPED + opendocument._DROPPED}  # noqa: SLF001
    told |= set(office._GONE_ELEMENTS.values())  # noqa: SLF001
    told |= set(opendocument._GONE_ELEMENTS.values())  # noqa: SLF001
    assert told <= set(forms.REMOVED)
    assert set(forms.REFUSED) == set(WhyUncleanable)
    assert set(forms.CUSTODY) == set(CustodyKind)

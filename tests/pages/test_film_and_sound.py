"""Film and sound are played as clean copies, in parts; nothing of them lies open on the disk."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.core.evidence import files_of_every_kind as files
from tests.core.evidence import recordings_of_every_kind as made
from tests.core.intake.offices import House, add_file, make_house, only_box
from tests.core.vault.factories import PASSPHRASE, Colleague
from undaunted.core.evidence.actions import (
    cleaning,
    make_clean_copy,
    record_source,
    store_document,
)
from undaunted.core.evidence.models import CustodyEvent, Document
from undaunted.core.evidence.rules import SourceKind, media
from undaunted.core.evidence.writers import clean_copy
from undaunted.core.evidence.writers.child import clean
from undaunted.core.intake.actions import hand_in
from undaunted.core.intake.models import Export, Opening
from undaunted.core.intake.rules import Answers, Danger, Door

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")
MARK = files.CANARY.encode()
SOUND = b"sound-one"


@pytest.fixture
def house(owner_sql: Callable[..., object], settings: Any, tmp_path: Path) -> House:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_house(owner_sql)


def _desk(who: Colleague, *, key: bool = True) -> Client:
    client = signed_in_client(who.user)
    if key:
        client.post("/desk/vault/", {"passphrase": PASSPHRASE})
    return client


def _sent(house: House, content: bytes) -> tuple[str, str]:
    """Hand in a story with a file; gives the address of the mailbox and of the file."""
    story = Answers(Door.INCIDENT, Danger.NO, {"story": "They of Borduria came."}, "en")
    hand_in(story, at=timezone.now(), team=house.office.team)
    box = only_box(house.office.caseworker)
    file = add_file(house, box.pk, content)
    return f"/desk/intake/{box.pk}/", f"/desk/intake/{box.pk}/files/{file}/"


def _on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def _opened(house: House, content: bytes) -> tuple[Client, str]:
    desk = _desk(house.office.caseworker)
    box, file = _sent(house, content)
    desk.post(box, {"reason": "first_look"})
    return desk, file


def test_a_film_of_a_mailbox_is_played_in_parts_and_lies_sealed(
    house: House, tmp_path: Path
) -> None:
    desk, file = _opened(house, made.mp4())
    copy = clean(io.BytesIO(made.mp4())).content
    assert desk.get(f"{file}stream/").status_code == 404
    answer = desk.post(file)
    assert answer.headers["Location"] == f"{file}play/"
    page = desk.get(f"{file}play/")
    assert f'<video controls preload="none" src="{file}stream/"' in page.content.decode()
    policy = page.headers["Content-Security-Policy"].split("; ")
    assert "media-src 'self'" in policy
    assert "default-src 'none'" in policy
    whole = desk.get(f"{file}stream/")
    assert whole.content == copy
    assert whole.headers["Content-Type"] == "video/mp4"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Cache-Control"] == "no-store"
    assert whole.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    part = desk.get(f"{file}stream/", headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, copy[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(copy)}"
    disk = _on_disk(tmp_path)
    assert SOUND not in disk
    assert MARK not in disk
    assert sorted(path.suffix for path in tmp_path.rglob("*") if path.is_file()) == ["", ".copy"]


def test_sound_gets_a_player_of_its_own_and_any_copy_can_be_saved(house: House) -> None:
    desk, file = _opened(house, made.ogg_opus())
    assert desk.post(file).headers["Location"] == f"{file}play/?sound=1"
    page = desk.get(f"{file}play/?sound=1").content.decode()
    assert f'<audio controls preload="none" src="{file}stream/"' in page
    for _ in range(2):
        saved = desk.post(file, {"save": "1"})
        assert saved.headers["Content-Type"] == "audio/ogg"
        assert re.fullmatch(
            r'attachment; filename="file-[0-9a-f]{8}\.ogg"', saved.headers["Content-Disposition"]
        )
        assert saved.content == clean(io.BytesIO(made.ogg_opus())).content


def test_a_film_is_cleaned_once_and_each_part_is_an_opening(
    house: House, owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, file = _opened(house, made.webm())
    seen = []

    def watched(original: Any) -> Any:
        seen.append(connection.in_atomic_block)
        return clean_copy(original)

    monkeypatch.setattr(cleaning, "clean_copy", watched)
    for _ in range(2):
        assert desk.post(file).headers["Location"] == f"{file}play/"
    assert seen == [False]
    before = owner_sql("SELECT count(*) FROM audit_entry WHERE verb = 'mailbox.file_opened'")[0][0]
    desk.get(f"{file}stream/", headers={"range": "bytes=0-9"})
    after = owner_sql("SELECT count(*) FROM audit_entry WHERE verb = 'mailbox.file_opened'")[0][0]
    assert after == before + 1
    with house.office.caseworker.acting():
        assert Opening.objects.filter(reason="casework").exists()


def test_nobody_plays_without_key_look_or_right(house: House) -> None:
    desk, file = _opened(house, made.wav())
    desk.post(file)
    locked = _desk(house.office.steward, key=False)
    assert locked.get(f"{file}stream/").status_code == 404
    assert locked.get(f"{file}play/").headers["Location"].endswith("/desk/vault/")
    unread = _desk(house.office.steward)
    assert unread.get(f"{file}stream/").status_code == 404
    assert unread.get(f"{file}play/").status_code == 302
    outside = _desk(house.officer)
    for address in (file, f"{file}play/", f"{file}stream/"):
        assert outside.get(address).status_code in {404, 405}
    assert outside.post(file).status_code == 404
    desk.post("/desk/intake/conflicts/", {"kind": "state", "about": "Borduria"})
    refused = desk.get(f"{file}stream/")
    assert refused.status_code == 403
    assert "Borduria" not in refused.content.decode()


def test_a_copy_that_was_altered_is_made_anew(house: House, tmp_path: Path) -> None:
    desk, file = _opened(house, made.mp3())
    desk.post(file)
    (kept,) = tmp_path.rglob("*.copy")
    torn = kept.read_bytes()
    kept.write_bytes(torn[:-40] + bytes(40))
    assert desk.get(f"{file}stream/").status_code == 404
    assert desk.post(file).status_code == 302
    assert desk.get(f"{file}stream/").content == clean(io.BytesIO(made.mp3())).content


def test_film_that_cannot_be_cleaned_says_why_and_keeps_nothing(
    house: House, tmp_path: Path
) -> None:
    desk, file = _opened(house, made.mp4().replace(b"avc1", b"zzzz"))
    told = desk.get(desk.post(file).headers["Location"])
    assert "We cannot clean files of this kind." in told.content.decode()
    assert not list(tmp_path.rglob("*.copy"))


def _document(house: House, content: bytes, team: UUID | None) -> Document:
    who = house.office.caseworker
    with who.acting() as actor:
        at = timezone.now()
        source = record_source(
            house.office.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER, title="A film"
        )
        document = store_document(
            io.BytesIO(content), source, actor=actor, at=at, media_type="video/mp4", team=team
        )
        make_clean_copy(document, actor=actor, at=at, key=who.key)
    return document


@pytest.mark.parametrize("sealed", [False, True])
def test_a_film_kept_as_evidence_is_played_and_the_log_says_so_once_an_hour(
    house: House, *, sealed: bool
) -> None:
    document = _document(house, made.mov(), house.office.team if sealed else None)
    page = f"/desk/documents/{document.pk}/"
    closed = _desk(house.office.caseworker, key=False)
    shown = closed.get(page)
    assert "media-src 'self'" in shown.headers["Content-Security-Policy"]
    assert ("<video" in shown.content.decode()) is not sealed
    assert closed.get(f"{page}play/").status_code == (404 if sealed else 200)
    desk = _desk(house.office.caseworker)
    assert f'src="{page}play/"' in desk.get(page).content.decode()
    for asked in ("bytes=0-", "bytes=500-", "bytes=9-19"):
        part = desk.get(f"{page}play/", headers={"range": asked})
        assert part.status_code == 206
        assert part.headers["Content-Disposition"].startswith("attachment")
    with house.office.caseworker.acting():
        steps = CustodyEvent.objects.filter(document=document, kind="viewed")
        assert steps.count() == 1


def test_what_is_neither_film_nor_sound_is_not_played(house: House) -> None:
    document = _document(house, files.png(), None)
    page = f"/desk/documents/{document.pk}/"
    desk = _desk(house.office.caseworker)
    assert "<video" not in desk.get(page).content.decode()
    assert desk.get(f"{page}play/").status_code == 404


def test_what_is_too_large_to_be_played_is_saved(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    document = _document(house, made.mp4(), None)
    monkeypatch.setattr(media, "MOST_PLAYED", 100)
    desk, file = _opened(house, made.wav())
    assert desk.post(file).headers["Content-Type"] == "audio/wav"
    assert not list(tmp_path.rglob("*.copy"))
    page = f"/desk/documents/{document.pk}/"
    assert "It is too large to be played here" in desk.get(page).content.decode()
    assert desk.get(f"{page}play/").status_code == 404


def _approved(house: House, box: str) -> tuple[Client, str]:
    first, second = _desk(house.office.caseworker), _desk(house.office.steward)
    first.post(f"{box}exports/", {"form": "whole", "reason": "court", "recipient": ""})
    with house.office.caseworker.acting():
        export = Export.objects.get()
    second.post(f"{box}exports/{export.pk}/approve/")
    return first, f"{box}exports/{export.pk}/fetch/"


def test_an_export_holds_clean_film_and_no_transaction_waits_for_the_cleaning(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, _ = _sent(house, made.mp4())
    desk, fetch = _approved(house, box)
    seen = []

    def watched(original: Any) -> Any:
        with house.office.caseworker.acting():
            seen.append(Export.objects.get().made_at)
        return clean_copy(original)

    monkeypatch.setattr(cleaning, "clean_copy", watched)
    answer = desk.post(fetch)
    assert seen == [None]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert package.namelist()[-1] == "files/01.mp4"
        assert package.read("files/01.mp4") == clean(io.BytesIO(made.mp4())).content


def test_an_export_that_failed_on_the_way_is_not_made_and_can_be_fetched_again(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    box, _ = _sent(house, made.wav())
    desk, fetch = _approved(house, box)

    def broken(_original: Any) -> Any:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(cleaning, "clean_copy", broken)
        with pytest.raises(MemoryError):
            desk.post(fetch)
    with house.office.caseworker.acting():
        assert Export.objects.get().made_at is None
    (sealed,) = (path for path in tmp_path.rglob("*") if path.is_file())
    content = sealed.read_bytes()
    sealed.write_bytes(content[:-20] + bytes(20))
    told = desk.get(desk.post(fetch).headers["Location"]).content.decode()
    assert "The export was not made" in told
    sealed.write_bytes(content)
    assert desk.post(fetch).headers["Content-Disposition"].endswith('.zip"')

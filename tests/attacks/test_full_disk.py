"""The disk is full while somebody sends a file: a page says so, and nothing half-written stays."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.attacks.installation import receipts_in
from tests.core.vault.factories import make_office
from undaunted.core.intake.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.core.vault.factories import Office

pytestmark = pytest.mark.usefixtures("ledger")

ROOM = 1_048_576


@pytest.fixture
def small_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Give a real file system of one megabyte as the folder of documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount a small file system: no disk to fill")
    settings.DOCUMENTS_FOLDER = folder
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def office(owner_sql: Callable[..., object]) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def stranger() -> Client:
    return Client(raise_request_exception=False)


def _handed_in(stranger: Client) -> tuple[str, str]:
    """Hand in; gives the receipt and the address for files."""
    page = stranger.post("/help/incident/", {"danger": "no", "story": "A story."}).content.decode()
    (receipt,) = receipts_in(page)
    box = stranger.post("/help/return/", {"receipt": receipt}).content.decode()
    found = re.search(r"/help/return/file/[0-9a-f-]{36}/", box)
    assert found is not None
    return receipt, found[0]


def _send(stranger: Client, to: str, receipt: str, size: int) -> Any:
    sent = SimpleUploadedFile("a.bin", b"x" * size)
    return stranger.post(to, {"receipt": receipt, "file": sent})


def _files(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file()]


def test_file_that_does_not_fit_is_refused_with_a_page_and_leaves_nothing(
    small_disk: Path, office: Office, stranger: Client, owner_sql: Callable[..., Any]
) -> None:
    receipt, to = _handed_in(stranger)
    answer = _send(stranger, to, receipt, 4 * ROOM)
    assert answer.status_code == 507
    page = answer.content.decode()
    assert "no room" in page
    assert "Everything you handed in before is still there" in page
    assert _files(small_disk) == []
    assert owner_sql("SELECT count(*) FROM intake_attachment") == [(0,)]
    assert owner_sql("SELECT count(*) FROM vault_recordkey") == [(1,)]


def test_what_fits_is_taken_before_and_after_a_full_disk(
    small_disk: Path, office: Office, stranger: Client
) -> None:
    receipt, to = _handed_in(stranger)
    assert _send(stranger, to, receipt, 200_000).status_code == 200
    assert _send(stranger, to, receipt, 4 * ROOM).status_code == 507
    assert _send(stranger, to, receipt, 200_000).status_code == 200
    assert len(_files(small_disk)) == 2
    with office.caseworker.acting():
        assert Attachment.objects.count() == 2


def test_report_without_a_file_is_taken_while_the_disk_of_files_is_full(
    small_disk: Path, office: Office, stranger: Client
) -> None:
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(b"\0" * 2 * ROOM)
    receipt, to = _handed_in(stranger)
    assert receipt
    assert _send(stranger, to, receipt, 200_000).status_code == 507
    filler.unlink()
    assert _send(stranger, to, receipt, 200_000).status_code == 200

"""Redacting at the desk and the terminal: a form, a page under a grid, the copy to look at."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from PIL import Image
from typer.testing import CliRunner

from tests.core.evidence.test_redacted_files import page_file, said
from tests.core.vault.test_commands import _signed_in
from tests.pages.desk_scene import Desk, open_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import make_clean_copy, record_source, store_document
from undaunted.core.evidence.commands import commands
from undaunted.core.evidence.models import Document, RedactedCopy
from undaunted.core.evidence.rules import SourceKind

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")
DESK = "/desk/documents/"


@pytest.fixture
def desk(owner_sql: Any, settings: Settings, tmp_path: Path) -> Desk:
    settings.DOCUMENTS_FOLDER = tmp_path
    return open_desk(owner_sql)


def _cleaned(desk: Desk, content: bytes, *, clean: bool = True) -> Document:
    at = timezone.now()
    with acting_as(desk.first) as actor:
        source = record_source(desk.organisation, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        document = store_document(
            io.BytesIO(content), source, actor=actor, at=at, media_type="application/pdf"
        )
        if clean:
            make_clean_copy(document, actor=actor, at=at)
    return document


def _asked(passages: str = "", boxes: str = "", ground: str = "safety") -> dict[str, str]:
    return {"passages": passages, "boxes": boxes, "ground": ground}


def test_copy_is_made_looked_at_and_saved_without_script(desk: Desk, owner_sql: Any) -> None:
    document = _cleaned(desk, page_file(said("Dobrev was here")))
    client, page = desk.client(desk.first), f"{DESK}{document.pk}/"
    assert f"{page}redact/" in client.get(page).content.decode()
    form = client.get(f"{page}redact/").content.decode()
    assert f"{page}redact/1/" in form
    grid = client.get(f"{page}redact/1/")
    assert Image.open(io.BytesIO(grid.content)).format == "PNG"
    assert grid.headers["Cache-Control"] == "no-store"
    shown = client.post(f"{page}redact/", _asked("dobrev", "1, 0, 80, 20, 10"), follow=True)
    told = shown.content.decode()
    assert "safety of somebody named" in told
    assert "Look at every page" in told
    [(copy,)] = owner_sql("SELECT id FROM evidence_redactedcopy")
    assert client.get(f"{DESK}redacted/{copy}/1/").status_code == 200
    saved = client.post(f"{DESK}redacted/{copy}/copy/")
    assert b"".join(saved.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert str(copy) in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (_asked(), "say what to take out"),
        (_asked("Dobrev\nPetrov"), "line 2 stands nowhere"),
        (_asked("", "0 0 0 10 10"), "line 1 reaches out of its page"),
        (_asked("", "1 50 0 60 10"), "line 1 reaches out of its page"),
        (_asked("", "2 0 0 10 10"), "names a page that there is not"),
        (_asked("", "one"), "line 1 is no box"),
        (_asked("x\n" * 10_000), "at most 200 lines"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_kept(
    desk: Desk, owner_sql: Any, asked: dict[str, str], words: str
) -> None:
    document = _cleaned(desk, page_file(said("Dobrev was here")))
    client = desk.client(desk.first)
    told = client.post(f"{DESK}{document.pk}/redact/", asked).content.decode()
    assert words in told
    assert owner_sql("SELECT count(*) FROM evidence_redactedcopy") == [(0,)]


def test_strangers_find_no_page_and_absent_pages_are_absent(desk: Desk) -> None:
    document = _cleaned(desk, page_file(said("Dobrev was here")))
    client, page = desk.client(desk.first), f"{DESK}{document.pk}/redact/"
    client.post(page, _asked("dobrev"))
    with acting_as(desk.first) as actor:
        copy = RedactedCopy.objects.get(document=document)
        assert copy.made_by == actor.person
    stranger = desk.client(desk.stranger)
    held = f"{DESK}redacted/{copy.pk}/"
    for address in (page, f"{page}1/", held, f"{held}1/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{held}copy/").status_code == 404
    assert client.get(f"{page}9/").status_code == 404
    assert client.get(f"{held}9/").status_code == 404
    bare = _cleaned(desk, page_file(said("Other")), clean=False)
    told = client.get(f"{DESK}{bare.pk}/redact/").content.decode()
    assert "no clean copy" in told


def test_terminal_redacts_from_a_file_of_passages(
    desk: Desk, tmp_path: Path, owner_sql: Any
) -> None:
    document = str(_cleaned(desk, page_file(said("Dobrev was here"))).pk)
    words, copy = tmp_path / "words.txt", tmp_path / "copy.pdf"
    words.write_text("dobrev\n", encoding="utf-8")
    asked = ["redact", document, "--ground", "agreement", "--passages", str(words)]
    for told, said_of_it, status in (
        ([*asked, "--box", "0 0 0 1 1"], "reaches out of its page", 2),
        ([*asked[:-1], str(tmp_path / "nothing")], "No such file", 2),
        ([*asked, "--box", "1 0 0 10 10", "--to", str(copy)], "2 black", 0),
        ([*asked, "--to", str(copy)], "File exists", 2),
    ):
        with _signed_in(desk.first):
            done = CliRunner().invoke(commands, told)
        assert (done.exit_code, said_of_it in done.output) == (status, True), done.output
    assert copy.read_bytes().startswith(b"%PDF")
    assert owner_sql("SELECT count(*) FROM evidence_redactedcopy") == [(1,)]
    assert "sign in first" in CliRunner().invoke(commands, asked).output

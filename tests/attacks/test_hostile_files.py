"""Files that are two things at once, lead out of their folder, or grow without end."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.attacks.installation import receipts_in
from tests.core.accounts.factories import signed_in_client
from tests.core.evidence import files_of_every_kind as files
from tests.core.vault.factories import PASSPHRASE, make_office
from tests.pages.desk_scene import open_desk
from undaunted.core.evidence.rules import Uncleanable
from undaunted.core.evidence.writers import clean_copy
from undaunted.core.evidence.writers.child import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
NAMES = (
    "../../../escaped.csv", "..\\..\\escaped.csv", "/etc/escaped.csv", "escaped\0.csv",
    "\u202evsc.escaped.csv", ".escaped.csv", "a" * 400 + ".csv", "CON.csv", "|id.csv",
)  # fmt: skip


def test_a_drawing_that_can_hold_script_is_refused() -> None:
    for content in (SVG, b"<?xml version='1.0'?>" + SVG, b"\xef\xbb\xbf" + SVG):
        try:
            copy = clean_copy(io.BytesIO(content))
        except Uncleanable:
            continue
        assert copy.kind.value == "text/plain", "served as text, never as a drawing"


@pytest.mark.parametrize("make", [files.jpeg, files.png, files.pdf, files.docx, files.odt])
def test_a_file_that_is_also_a_page_or_a_program_loses_the_other_half(
    make: Callable[[], bytes],
) -> None:
    for content in (make() + SCRIPT, make() + b"PK\x03\x04" + SCRIPT, make() + files.docx()):
        try:
            copy = clean_copy(io.BytesIO(content))
        except Uncleanable:
            continue
        assert SCRIPT not in copy.content


def test_a_picture_whose_comment_is_a_page_loses_it() -> None:
    picture = files.jpeg()
    comment = b"\xff\xfe" + (len(SCRIPT) + 2).to_bytes(2, "big") + SCRIPT
    copy = clean_copy(io.BytesIO(picture[:2] + comment + picture[2:]))
    assert SCRIPT not in copy.content


def test_a_document_that_leads_out_of_its_folder_or_unpacks_itself_is_refused() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/big.xml", b"<a>" + b" " * 40_000_000 + b"</a>")
    for more in (
        {"../../escaped.xml": "<x/>"},
        {"/escaped.xml": "<x/>"},
        {"word\\..\\..\\escaped.xml": "<x/>"},
        {"word/nested.zip": inner.getvalue()},
    ):
        try:
            copy = clean_copy(io.BytesIO(files.docx(**more)))
        except Uncleanable:
            continue
        names = zipfile.ZipFile(io.BytesIO(copy.content)).namelist()
        assert not [each for each in names if "escaped" in each or "nested" in each]


def test_a_part_without_a_name_is_refused() -> None:
    """Found by the fuzzer: Python's own reader of packages stumbles over it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("x", b"content")
    content = bytearray(held.getvalue())
    central = content.index(b"PK\x01\x02")
    for place in (26, central + 28):
        content[place : place + 4] = (0).to_bytes(2, "little") + (1).to_bytes(2, "little")
    with pytest.raises(Uncleanable):
        clean(io.BytesIO(content))


def test_entities_that_multiply_or_read_files_are_refused() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" * 1}">' for n in range(1, 30))
    for body in (
        f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]><a>&a29;</a>',
        '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>',
        '<!DOCTYPE a SYSTEM "http://x.invalid/evil.dtd"><a/>',
    ):
        with pytest.raises(Uncleanable):
            clean_copy(io.BytesIO(files.docx(**{"word/styles.xml": body})))


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_nowhere(
    owner_sql: Callable[..., Any], settings: Any, tmp_path: Path, name: str
) -> None:
    """An import keeps a file under its digest, a report under its record's id."""
    settings.DOCUMENTS_FOLDER = tmp_path / "in" / "documents"
    scene = open_desk(owner_sql)
    desk = scene.client(scene.first)
    made = desk.post(
        "/desk/lists/new/", {"name": "Roll", "slug": "roll", "holder": str(scene.organisation)}
    )
    source = str(made["Location"]).rstrip("/").rpartition("/")[2]
    file = SimpleUploadedFile("x", b"id,name\n1,Arna Velisk\n", "text/csv")
    file._name = name  # type: ignore[attr-defined]  # noqa: SLF001 - as a hostile client sends it
    desk.post("/desk/imports/new/", {"source_list": source, "file": file})
    make_office(owner_sql)
    stranger = Client()
    (receipt,) = receipts_in(stranger.post("/help/help/", {"danger": "no"}).content.decode())
    box = stranger.post("/help/return/", {"receipt": receipt}).content.decode()
    to = re.search(r"/help/return/file/[0-9a-f-]{36}/", box)
    assert to is not None
    sent = SimpleUploadedFile("x", b"a note", "text/plain")
    sent._name = name  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    assert stranger.post(to[0], {"receipt": receipt, "file": sent}).status_code == 200
    kept = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert kept
    assert all((tmp_path / "in" / "documents") in each.parents for each in kept)
    assert not [each for each in kept if "escaped" in each.name or "CON" in each.name]


@pytest.mark.usefixtures("ledger")
def test_the_desk_saves_a_copy_that_no_browser_opens_as_a_page(
    owner_sql: Callable[..., Any], settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    office = make_office(owner_sql)
    stranger = Client()
    (receipt,) = receipts_in(stranger.post("/help/help/", {"danger": "no"}).content.decode())
    box = stranger.post("/help/return/", {"receipt": receipt}).content.decode()
    to = re.search(r"/help/return/file/[0-9a-f-]{36}/", box)
    assert to is not None
    sent = SimpleUploadedFile("page.html", b"<!doctype html>" + SCRIPT, "text/html")
    stranger.post(to[0], {"receipt": receipt, "file": sent})
    desk = signed_in_client(office.caseworker.user)
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    queue = desk.get("/desk/intake/").content.decode()
    address = re.search(r"/desk/intake/[0-9a-f-]{36}/", queue)
    assert address is not None
    page = desk.get(address[0]).content.decode()
    file = re.search(rf"{address[0]}files/[0-9a-f-]{{36}}/", page)
    assert file is not None
    answer = desk.post(file[0])
    if "attachment" in answer.headers.get("Content-Disposition", ""):
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    else:
        assert SCRIPT not in answer.content

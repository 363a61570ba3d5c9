"""A clean copy shows what the file shows and tells nothing of who made it (promise S11)."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from tests.core.evidence import files_of_every_kind as files
from undaunted.core.evidence.rules import MediaKind, Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers import clean_copy
from undaunted.core.evidence.writers.child import clean
from undaunted.core.evidence.writers.jpeg import without_segments

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

IN_LETTERS = (
    '<a xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0">%s<d:image><o:binary-data>'
    "iVBORw0KGgo=</o:binary-data></d:image>%s</a>"
)
EVERY_KIND = {
    "jpeg": files.jpeg,
    "png": files.png,
    "gif": files.gif,
    "pdf": files.pdf,
    "docx": files.docx,
    "xlsx": files.xlsx,
    "pptx": files.pptx,
    "odt": files.odt,
}


def _everything_in(content: bytes) -> bytes:
    """Give all bytes, packed ones unpacked, compressed objects of a PDF opened."""
    found = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                found += [name.encode(), _everything_in(package.read(name))]
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            out = io.BytesIO()
            pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable,
                     stream_decode_level=pikepdf.StreamDecodeLevel.generalized)  # fmt: skip
            found.append(out.getvalue())
    return b"\n".join(found)


def _refused(content: bytes) -> WhyUncleanable:
    with pytest.raises(Uncleanable) as problem:
        clean(io.BytesIO(content))
    return problem.value.reason


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_nothing_of_the_maker_is_left(kind: str) -> None:
    made = EVERY_KIND[kind]()
    assert files.CANARY.encode() in _everything_in(made)
    copy = clean(io.BytesIO(made))
    assert files.CANARY.encode() not in _everything_in(copy.content)
    assert copy.removed


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_cleaning_again_changes_nothing_but_takes_nothing_out(kind: str) -> None:
    once = clean(io.BytesIO(EVERY_KIND[kind]()))
    again = clean(io.BytesIO(once.content))
    assert again.kind == once.kind
    assert again.removed == ()


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_same_file_gives_same_copy(kind: str) -> None:
    made = EVERY_KIND[kind]()
    assert clean(io.BytesIO(made)).content == clean(io.BytesIO(made)).content


@pytest.mark.skipif(not shutil.which("exiftool"), reason="ExifTool is not installed")
@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "pdf", "docx", "xlsx"])
def test_exiftool_finds_no_maker(kind: str, tmp_path: Path) -> None:
    copy = clean(io.BytesIO(EVERY_KIND[kind]()))
    file = tmp_path / f"copy.{copy.kind.ending}"
    file.write_bytes(copy.content)
    told = json.loads(subprocess.check_output(["exiftool", "-j", "-g1", "-a", "-U", str(file)]))[0]
    groups = {name for name in told if name not in {"SourceFile", "ExifTool", "System", "File"}}
    assert groups <= {"PNG", "JFIF", "PDF", "Composite", "ZIP", "XML", "PNG-pHYs"}
    assert files.CANARY not in json.dumps(told)


def test_what_a_document_shows_stays() -> None:
    copy = clean(io.BytesIO(files.docx()))
    with zipfile.ZipFile(io.BytesIO(copy.content)) as package:
        body = package.read("word/document.xml").decode()
        assert "docProps/core.xml" not in package.read("_rels/.rels").decode()
    assert "Held since March." in body
    assert "Added words." in body
    assert "tracker.invalid" not in body


def test_tail_of_a_removed_note_stays() -> None:
    copy = clean(io.BytesIO(files.odt()))
    with zipfile.ZipFile(io.BytesIO(copy.content)) as package:
        assert package.infolist()[0].filename == "mimetype"
        assert "Held since March." in package.read("content.xml").decode()


def test_picture_stands_upright_without_its_notes() -> None:
    copy = clean(io.BytesIO(files.jpeg()))
    with Image.open(io.BytesIO(copy.content)) as picture:
        assert picture.size == (48, 64)  # turned as the camera's note said
        assert not picture.getexif()


def test_hidden_sheets_and_notes_are_pointed_out() -> None:
    assert clean(io.BytesIO(files.xlsx())).kept == ("hidden_sheets",)
    assert clean(io.BytesIO(files.pptx())).kept == ("speaker_notes",)


def test_text_loses_what_cannot_be_seen() -> None:
    copy = clean(io.BytesIO("Name\u200b\u2060: Ana\r\nYes".encode()))
    assert copy.content == b"Name: Ana\nYes"
    assert copy.removed == ("invisible_characters",)


def test_joiners_that_a_script_needs_stay() -> None:
    text = "می\u200cخواهم\n"  # noqa: RUF001 - Persian
    assert clean(io.BytesIO(text.encode())).content.decode() == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", WhyUncleanable.UNKNOWN_KIND),
        (b"\x7fELF\x02\x01", WhyUncleanable.UNKNOWN_KIND),
        (files.jpeg()[:300], WhyUncleanable.DAMAGED),
        (b"%PDF-1.7 nothing else", WhyUncleanable.DAMAGED),
        (files.docx()[:-200], WhyUncleanable.DAMAGED),
        (files.packed({"a.txt": "x"}), WhyUncleanable.UNKNOWN_KIND),
        (files.docx(**{"word/vbaProject.bin": b"x"}), WhyUncleanable.PROGRAM),
        (files.docx(**{"word/embeddings/oleObject1.bin": b"x"}), WhyUncleanable.FILE_INSIDE),
        (files.docx(**{"word/media/image2.emf": b"x"}), WhyUncleanable.FILE_INSIDE),
        (files.docx(**{"word/../../x.xml": "<x/>"}), WhyUncleanable.DAMAGED),
        (files.odt(**{"Basic/Standard/Module1.xml": "<x/>"}), WhyUncleanable.PROGRAM),
        (files.odt(**{"content.xml": IN_LETTERS % ("", "")}), WhyUncleanable.FILE_INSIDE),
        (files.odt(**{"styles.xml": IN_LETTERS % ("", "")}), WhyUncleanable.FILE_INSIDE),
        (
            files.docx(**{"word/styles.xml": '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'}),
            WhyUncleanable.DAMAGED,
        ),
    ],
)
def test_what_cannot_be_cleaned_is_refused(content: bytes, reason: WhyUncleanable) -> None:
    assert _refused(content) is reason


def test_picture_in_letters_that_was_deleted_goes_with_what_was_deleted() -> None:
    made = files.odt(**{"content.xml": IN_LETTERS % ("<o:annotation>", "</o:annotation>")})
    copy = clean(io.BytesIO(made))
    assert b"iVBOR" not in _everything_in(copy.content)
    assert "comments" in copy.removed


def test_locked_pdf_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert _refused(out.getvalue()) is WhyUncleanable.LOCKED


def test_packed_bomb_is_refused() -> None:
    bomb = files.docx(**{"word/styles.xml": b"<a>" + b" " * (300 * 1024 * 1024) + b"</a>"})
    assert _refused(bomb) is WhyUncleanable.TOO_LARGE


def test_picture_of_a_billion_pixels_is_refused() -> None:
    made = bytearray(files.png())
    made[16:24] = (40_000).to_bytes(4, "big") + (40_000).to_bytes(4, "big")
    assert _refused(bytes(made)) in {WhyUncleanable.TOO_LARGE, WhyUncleanable.DAMAGED}


def test_what_follows_a_picture_is_cut_off() -> None:
    copy = clean(io.BytesIO(files.jpeg() + files.docx()))
    assert copy.kind is MediaKind.JPEG
    assert b"PK\x03\x04" not in copy.content


def test_process_apart_gives_the_same_copy_and_the_same_refusal() -> None:
    assert clean_copy(io.BytesIO(files.jpeg())) == clean(io.BytesIO(files.jpeg()))
    with pytest.raises(Uncleanable) as problem:
        clean_copy(io.BytesIO(b"\x7fELF"))
    assert problem.value.reason is WhyUncleanable.UNKNOWN_KIND


def test_unreadable_picture_stream_stays_as_it_is() -> None:
    for data in (b"", b"\xff\xd8", b"\xff\xd8\x00\x00\x00\x00", b"\xff\xd8\xff\xe1\xff"):
        assert without_segments(data) == data

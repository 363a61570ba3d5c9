"""The words of a document that goes along are held against whoever did not agree to it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pikepdf
import pytest
import typst

from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import (
    ITS_OWN,
    another,
    bytes_of,
    consent,
    the_source,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.rules import FieldGroup
from undaunted.core.evidence.actions import make_clean_copy, store_document
from undaunted.core.vault.actions import new_receiving_key
from undaunted.repression.dossiers.actions import add_annex
from undaunted.repression.dossiers.readers import AnnexUnread, text_drawn, text_of
from undaunted.repression.dossiers.readers.drawn import DrawnUnread
from undaunted.repression.dossiers.rules import SubmissionRefused, names_in

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

NAME = "Vasil Dobrev"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN = "application/vnd.oasis.opendocument.text"


def word_file() -> bytes:
    made = docx.Document()
    line = made.add_paragraph("The guard beat Va")
    line.add_run("sil ").bold = True
    line.add_run("Dobrev.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheet_file() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "Vasil Dobrev"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_file(inner: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("content.xml", inner)
        package.writestr("Pictures/1.png", b"\x89PNG")
    return out.getvalue()


def set_file(folder: Path, text: str) -> bytes:
    """Set a text as a PDF, as most programs do: signs of a font that tells what they are."""
    (folder / "a.typ").write_text(text, encoding="utf-8")
    made = typst.Compiler(root=str(folder)).compile(str(folder / "a.typ"))
    assert isinstance(made, bytes)
    return made


def drawn_file(drawn: bytes, font: Any = None, form: bytes = b"", pages: int = 1) -> bytes:
    """Draw a page by hand, with a form in which more is drawn."""
    with pikepdf.new() as pdf:
        plain = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        held = pdf.make_indirect(font(pdf) if font else plain)
        for _ in range(pages):
            page = pdf.add_blank_page()
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=held))
            if form:
                inner = pdf.make_stream(form, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
                page.Resources.XObject = pikepdf.Dictionary(X1=inner)
            page.Contents = pdf.make_stream(drawn)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def telling(table: bytes, subtype: str = "/Type0") -> Any:
    """Give a font that tells what its signs are."""

    def made(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
        told = pdf.make_stream(table)
        return pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name(subtype), ToUnicode=told
        )

    return made


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"Vasil Dobrev was beaten", "text/plain"),
        ("\ufeffVasil;Dobrev".encode(), "text/csv"),
        ("Васил Добрев".encode("utf-16"), "text/plain"),
        ("Васил Добрев".encode("cp1251"), "text/plain"),
        (b"Vasil Dobrev \x98", "text/plain"),
        (word_file(), WORD),
        (sheet_file(), SHEET),
        (open_file("<d><p>Vasil <b>Dob</b>rev<br/></p><!-- x --></d>"), OPEN),
    ],
)
def test_a_name_is_read_in_texts_tables_and_office_files(content: bytes, media_type: str) -> None:
    assert names_in(text_of(content, media_type), (NAME,))
    assert not names_in(text_of(content, media_type), ("Olena Korsak",))


def test_a_picture_has_no_words(tmp_path: Path) -> None:
    assert text_of(b"\x89PNG", "image/png") == ""


def test_a_name_is_read_in_a_pdf(tmp_path: Path) -> None:
    told = text_of(
        set_file(tmp_path, "Person *Vasil* Dobrev. \n\n Олена _Корсак_"), "application/pdf"
    )
    assert names_in(told, (NAME,))
    assert names_in(told, ("Олена Корсак",))
    assert not names_in(told, ("Antoinette Maubon",))


@pytest.mark.parametrize(
    "drawn",
    [
        b"BT /F1 9 Tf (Vasil Dobrev) Tj ET",
        b"q BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q BT /F1 9 Tf (Vasil Dobrev) Tj ET",
        b"BT /F1 9 Tf [(Va) -20 (sil) -300 (Dob) 20 (rev)] TJ ET",
        b"BT /F1 9 Tf (Vasil) Tj 20 0 Td (Dobrev) ' ET",
        b'BT /F1 9 Tf (Vasil) Tj T* 1 1 (Dobrev) " ET',
        b"BT /F1 9 Tf 1 0 0 1 9 9 Tm (Vasil) Tj 0 -12 TD (Dobrev) Tj ET",
        b"BT /F1 9 Tf " + b" 9 0 Td ".join(b"(%c) Tj" % each for each in b"Vasil Dobrev") + b" ET",
    ],
)
def test_however_a_page_places_its_letters(drawn: bytes) -> None:
    assert names_in(text_drawn(drawn_file(drawn)), (NAME,))


def test_a_form_within_a_page_is_read_and_one_within_itself_ends() -> None:
    inner = b"BT /F1 9 Tf (Vasil Dobrev) Tj ET /X1 Do"
    assert names_in(text_drawn(drawn_file(b"/X1 Do /X2 Do", form=inner)), (NAME,))
    assert text_drawn(drawn_file(b"BT (Vasil Dobrev) Tj ET")).split() == []


def test_a_font_tells_what_its_signs_are_one_by_one_and_in_ranges() -> None:
    table = (
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
        b"2 beginbfchar <0001> <0056> <0002> <00610073> endbfchar "
        b"3 beginbfrange <0003> <0004> [<0069> <006C>] <0005> <0006> <0041> <0007> <0007> <> "
        b"endbfrange"
    )
    drawn = b"BT /F1 9 Tf <00010002000300040005000600FF> Tj ET"
    assert text_drawn(drawn_file(drawn, telling(table))).split() == ["VasilAB"]
    one = b"1 beginbfchar <01> <0056> endbfchar"
    assert text_drawn(drawn_file(b"BT /F1 9 Tf <0101> Tj ET", telling(one, "/Type1"))).split() == [
        "VV"
    ]
    mute = drawn_file(b"BT /F1 9 Tf <0101> Tj ET", telling(b""))
    with pytest.raises(DrawnUnread, match="does not say what its signs are"):
        text_drawn(mute)


def test_what_stands_in_fields_and_notes_of_a_page_is_read() -> None:
    with pikepdf.open(io.BytesIO(drawn_file(b"BT /F1 9 Tf (Hello) Tj ET"))) as pdf:
        shown = pdf.make_stream(b"BT /F1 9 Tf (Shown Aloud) Tj ET")
        shown.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F1=pikepdf.Dictionary(Subtype=pikepdf.Name.Type1))
        )
        notes = (
            pikepdf.Dictionary(
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("who"),
                V=pikepdf.String("Vasil Dobrev"),
            ),
            pikepdf.Dictionary(Subtype=pikepdf.Name.FreeText, Contents=pikepdf.String("Ana Velt")),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Stamp, AP=pikepdf.Dictionary(N=shown)),
        )
        held_notes = [pdf.make_indirect(each) for each in notes]
        pdf.pages[0].obj.Annots = pikepdf.Array(held_notes)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(held_notes[:1]))
        held = io.BytesIO()
        pdf.save(held)
    told = " ".join(text_drawn(held.getvalue()).split())
    assert all(each in told for each in ("Hello", "Vasil Dobrev", "Ana Velt", "Shown Aloud"))


def test_words_from_the_right_are_read_though_they_are_drawn_from_the_left() -> None:
    table = b"1 beginbfrange <0001> <0006> [<FEE6> <FEB4> <FEA4> <0644> <FE8D> <0020>] endbfrange"
    drawn = b"BT /F1 9 Tf <00010002000300040005> Tj ET"
    assert "الحسن" in text_drawn(drawn_file(drawn, telling(table)))


def test_what_is_broken_or_too_large_is_said_to_be_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    many = b"1 beginbfrange <0000> <FFFF> <0041> <0000> <FFFF> <0041> endbfrange"
    whole = drawn_file(b"BT /F1 9 Tf (Vasil Dobrev) Tj ET", pages=3)
    broken = [
        (b"%PDF-1.7 nothing", "application/pdf"),
        (drawn_file(b"BT /F1 9 Tf <0101> Tj ET", telling(many)), "application/pdf"),
        (drawn_file(b"BT /F1 9 Tf 1 Tf ET Td"), "application/pdf"),
        (drawn_file(b"BT /F1 9 Tf (V) Tj 0 (x) Td ET"), "application/pdf"),
        (b"PK nothing", WORD),
        (open_file("<d><p>"), OPEN),
        (open_file('<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'), OPEN),
    ]
    for content, media_type in broken:
        with pytest.raises(AnnexUnread):
            text_of(content, media_type)
    room = "undaunted.repression.dossiers.readers"
    for name, most in (
        ("drawn._MOST_DRAWN", 2),
        ("drawn._MOST_LETTERS", 9),
        ("drawn._MOST_BYTES", 9),
    ):
        with monkeypatch.context() as less:
            less.setattr(f"{room}.{name}", most)
            with pytest.raises(AnnexUnread):
                text_of(whole, "application/pdf")
    monkeypatch.setattr(f"{room}.annexes._MOST", 9)
    with pytest.raises(AnnexUnread):
        text_of(word_file(), WORD)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def annexed(scene: Scene, content: bytes, media_type: str, title: str) -> UUID:
    with acting_as(scene.desk.documenter) as actor:
        held = store_document(io.BytesIO(content), the_source(scene, actor), actor=actor, at=AT,
                              media_type=media_type)  # fmt: skip
        make_clean_copy(held, actor=actor, at=AT)
        return add_annex(scene.dossier, held.pk, title, shows=[], actor=actor, at=AT).pk


@pytest.mark.usefixtures("ledger")
def test_no_annex_names_somebody_who_did_not_agree_to_documents(
    scene: Scene, tmp_path: Path
) -> None:
    other, _ = another(scene)
    annexed(scene, b"Olena Korsak, who agreed, was kept.", "text/plain", "List of the court")
    key = next(each for each in new_receiving_key() if each.startswith("age1"))
    made = written(scene, "eu-2020-1998", summary=ITS_OWN, key=key)
    assert "annexes.zip" in bytes_of(scene, made)
    annexed(scene, b"Dobrev, Vasil was kept.", "text/plain", "List of the wing")
    annexed(scene, set_file(tmp_path, "Vasil Dobrev"), "application/pdf", "Order as printed")
    with pytest.raises(SubmissionRefused) as refusal:
        written(scene, "eu-2020-1998", summary=ITS_OWN, key=key)
    told = refusal.value.problems
    assert [each.partition(":")[0] for each in told] == [
        "annex “List of the wing”", "annex “Order as printed”",
    ]  # fmt: skip
    assert all("did not agree that this recipient is given documents" in each for each in told)
    consent(scene, other, UNION, FieldGroup.DETENTION, FieldGroup.DOCUMENTS)
    assert written(scene, "eu-2020-1998", key=key).left_out == 0

"""Redacted copies: whatever a file does to keep a word, the word is in no byte of the copy."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pikepdf
import pypdfium2
import pytest
import typst
from PIL import Image, ImageChops, ImageDraw

from tests.core.evidence.files_of_every_kind import odt, pptx
from undaunted.core.evidence.rules import (
    BLACK,
    Box,
    MediaKind,
    Redacted,
    Unredactable,
    WhyUncleanable,
    WhyUnredactable,
    marks_of,
)
from undaunted.core.evidence.writers import clean_copy, page_picture, redacted_copy

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Vasil Dobrev"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def made(content: bytes, *passages: str, boxes: tuple[Box, ...] = ()) -> Redacted:
    """Clean a file and redact it, as the product does."""
    clean = clean_copy(io.BytesIO(content))
    return redacted_copy(clean.content, clean.kind, marks_of(passages, boxes))


def refused(content: bytes, *passages: str, boxes: tuple[Box, ...] = ()) -> Unredactable:
    with pytest.raises(Unredactable) as refusal:
        made(content, *passages, boxes=boxes)
    return refusal.value


def unpacked(content: bytes) -> str:
    """Give every part of a package as text, without its marks."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(
            name + package.read(name).decode("utf-8", "replace") for name in package.namelist()
        )


def word_file(*runs: str, inner: str = "") -> bytes:
    """Make a Word file of runs of one paragraph, with more beside them in its body."""
    file = docx.Document()
    line = file.add_paragraph()
    for run in runs:
        line.add_run(run)
    out = io.BytesIO()
    file.save(out)
    if not inner:
        return out.getvalue()
    parts = {}
    with zipfile.ZipFile(out) as package:
        for name in package.namelist():
            parts[name] = package.read(name)
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace("<w:sectPr", f"{inner}<w:sectPr", 1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def set_file(folder: Path, text: str) -> bytes:
    (folder / "a.typ").write_text(text, encoding="utf-8")
    pages = typst.Compiler(root=str(folder)).compile(str(folder / "a.typ"))
    assert isinstance(pages, bytes)
    return pages


def page_file(drawn: bytes, *, font: Any = None, turn: Any = None, **page: Any) -> bytes:
    """Draw a page by hand in Helvetica, or in a font that lies about its signs."""
    with pikepdf.new() as pdf:
        plain = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        if font is not None:
            plain.ToUnicode = pikepdf.Stream(pdf, font)
        sheet = pdf.add_blank_page(page_size=(400, 200))
        sheet.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=plain))
        sheet.obj.Contents = pikepdf.Stream(pdf, drawn)
        for key, value in page.items():
            sheet.obj[f"/{key}"] = value
        if turn:
            turn(pdf, sheet)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def said(text: str, at: tuple[int, int] = (30, 100)) -> bytes:
    return f"BT /F1 20 Tf {at[0]} {at[1]} Td ({text}) Tj ET ".encode("cp1252")


def letters(content: bytes) -> int:
    pdf = pypdfium2.PdfDocument(content)
    return sum(page.get_textpage().count_chars() for page in pdf)


def ink(content: bytes, number: int = 0) -> Image.Image:
    """Give a page as grey pixels."""
    drawn: Image.Image = pypdfium2.PdfDocument(content)[number].render(scale=1).to_pil()
    return drawn.convert("L")


def dark(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """Give the edges of what is quite black and at least a few pixels high."""
    return picture.point(lambda shade: 255 if shade < 40 else 0).getbbox()


def lightest(picture: Image.Image) -> int:
    """Give the shade of the lightest pixel."""
    return max(shade for shade, count in enumerate(picture.histogram()) if count)


def test_name_over_runs_in_capitals_accents_and_a_header_is_taken_out() -> None:
    file = docx.Document()
    line = file.add_paragraph("The guard beat Va")
    line.add_run("sil ").bold = True
    line.add_run("Dobrev at night.")
    file.add_paragraph("VASIL\u00a0\nDÓBREV signed.")
    file.sections[0].header.paragraphs[0].text = "Vasil Dobrev, statement"
    file.add_table(1, 1).cell(0, 0).text = "vasil dobrev"
    file.core_properties.author = file.core_properties.title = NAME
    out = io.BytesIO()
    file.save(out)
    copy = made(out.getvalue(), "vasil  dobrev")
    told = unpacked(copy.content).casefold()
    assert "dobrev" not in told
    assert "dóbrev" not in told
    assert "sil " not in told.replace(BLACK, "")
    assert copy.places == told.count(BLACK) == 4
    again = docx.Document(io.BytesIO(copy.content)).paragraphs
    assert again[0].text == f"The guard beat {BLACK} at night."


def test_comment_deleted_and_hidden_words_are_in_no_byte() -> None:
    inner = (
        f'<w:p><w:del w:author="x"><w:r><w:delText>{NAME}</w:delText></w:r></w:del>'
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{NAME}</w:t></w:r>"
        f'<w:r><w:instrText>HYPERLINK "mailto:dobrev@example.org"</w:instrText></w:r>'
        f'<w:bookmarkStart w:id="9" w:name="VasilDobrev"/>'
        f'<w:sdt><w:sdtPr><w:alias w:val="{NAME}"/><w:tag w:val="dobrev"/></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    copy = made(word_file("He is Vasil Dob", "rev.", inner=inner), NAME, "Dobrev")
    assert "dobrev" not in unpacked(copy.content).casefold()
    deleted = inner.partition("</w:del>")[0] + "</w:del></w:p>"
    assert refused(word_file("Nobody.", inner=deleted), "Vasil").lines == (1,)


def test_bar_is_as_long_for_a_short_name_as_for_a_long_one() -> None:
    short, long = (
        made(word_file(f"He is {name}."), name).content
        for name in ("Li", "Maximilian Alexandrovich")
    )
    assert unpacked(short) == unpacked(long)
    bars = [
        dark(ink(made(page_file(said(name, (75, 100))), name).content)) for name in ("Ann", "Anna")
    ]
    assert bars[0] == bars[1]
    assert bars[0] is not None
    assert (bars[0][0], bars[0][2]) == pytest.approx((400 / 6, 800 / 6), abs=1)


def test_sheet_keeps_no_name_in_cells_names_formulas_and_hidden_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = NAME
    sheet["A1"], sheet["A2"], sheet["A3"] = NAME, 5551234567, '="Vasil"&" Dobrev"'
    sheet["B1"] = "stays"
    sheet.row_dimensions[1].hidden = True
    book.properties.creator = NAME
    out = io.BytesIO()
    book.save(out)
    copy = made(out.getvalue(), NAME, "5551234567")
    told = unpacked(copy.content)
    assert "Dobrev" not in told
    assert "5551234567" not in told
    again = openpyxl.load_workbook(io.BytesIO(copy.content))
    assert again.sheetnames == [BLACK]
    held = again.active
    assert held is not None
    assert [held["A1"].value, held["A2"].value, held["B1"].value] == [BLACK, BLACK, "stays"]
    assert not held.row_dimensions[1].hidden


def test_open_document_and_slides_lose_the_word_over_spans() -> None:
    inner = "<t:p>Va<t:span>sil </t:span>Dob<o:annotation>Vasil</o:annotation>rev</t:p></o:text>"
    with zipfile.ZipFile(io.BytesIO(odt())) as package:
        body = package.read("content.xml").decode()
    copy = made(odt(**{"content.xml": body.replace("</o:text>", inner)}), NAME)
    assert copy.kind is MediaKind.ODT
    assert "Dobrev" not in unpacked(copy.content)
    assert BLACK in unpacked(copy.content)
    assert refused(pptx(), NAME).reason is WhyUnredactable.PASSAGE_MISSING


def test_text_and_table_lose_the_passage_over_a_line_break() -> None:
    copy = made(b"name,born\nVasil\nDobrev,1980\n", NAME)
    assert copy.content.decode() == f"name,born\n{BLACK},1980\n"
    assert refused(b"nothing here", NAME, "nothing").lines == (1,)


def test_pages_become_pictures_and_the_word_is_under_a_bar(tmp_path: Path) -> None:
    source = set_file(tmp_path, "#set page(width: 300pt, height: 200pt)\n"
                      f"{NAME} was beaten.\n\nVa#strong[sil] Dob#super[rev] too.")  # fmt: skip
    with pikepdf.open(io.BytesIO(source)) as pdf:
        pdf.docinfo["/Author"] = NAME
        pdf.attachments["a.txt"] = NAME.encode()
        out = io.BytesIO()
        pdf.save(out)
    copy = made(out.getvalue(), NAME)
    assert letters(copy.content) == 0
    assert copy.places == 2
    with pikepdf.open(io.BytesIO(copy.content)) as pdf:
        assert "/Info" not in pdf.trailer
        assert not pdf.attachments
        assert not any("/Font" in page.obj.Resources for page in pdf.pages)
    bare = pikepdf.open(io.BytesIO(copy.content))
    assert all(b"Dobrev" not in bytes(each.read_raw_bytes()) for each in bare.objects
               if isinstance(each, pikepdf.Stream))  # fmt: skip
    assert dark(ink(copy.content))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_bar_lies_on_the_word_of_a_turned_and_cropped_page(turned: int) -> None:
    page = {"Rotate": turned, "CropBox": pikepdf.Array([20, 20, 390, 190])}
    words = page_file(said("ZZZZ"), **page)
    copy = made(words, "zzzz", boxes=())
    before, after = ink(words), ink(copy.content)
    assert before.size == after.size
    drawn = before.point(lambda shade: 255 if shade < 128 else 0)
    assert drawn.getbbox()
    uncovered = ImageChops.multiply(drawn, after.point(lambda shade: 255 if shade > 60 else 0))
    assert uncovered.getbbox() is None


def test_text_under_a_box_in_a_note_or_in_a_field_is_gone() -> None:
    def noted(pdf: pikepdf.Pdf, sheet: Any) -> None:
        look = pikepdf.Stream(
            pdf, said("Dobrev", (2, 5)), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 150, 30], Resources=sheet.obj.Resources,
        )  # fmt: skip
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[30, 20, 180, 50], F=4,
            Contents=pikepdf.String(NAME), AP=pikepdf.Dictionary(N=look),
        )  # fmt: skip
        sheet.obj.Annots = pikepdf.Array([pdf.make_indirect(note)])

    source = page_file(said("plain words"), turn=noted)
    assert dark(ink(source).crop((30, 150, 180, 180)))
    copy = made(source, "dobrev")
    covered = ink(copy.content).crop((40, 155, 90, 172))
    assert lightest(covered) < 60
    box = made(source, boxes=(Box(1, 0, 0, 100, 60),))
    assert lightest(ink(box.content).crop((2, 2, 398, 116))) < 40
    assert letters(box.content) == 0


def test_letters_that_stand_apart_and_a_word_that_is_parted_are_found() -> None:
    apart = b"BT /F1 20 Tf 12 Tc 30 100 Td (Dobrev) Tj ET"
    copy = made(page_file(apart), "Dobrev")
    assert lightest(ink(copy.content).crop((35, 88, 150, 98))) < 60
    parted = said("Dob-", (30, 130)) + said("rev", (30, 100))
    copy = made(page_file(parted), "Dobrev")
    assert copy.places >= 1


def test_font_that_lies_about_its_signs_does_not_hide_behind_a_passage() -> None:
    lying = (b"1 begincodespacerange <00> <FF> endcodespacerange\n"
             b"1 beginbfrange <41> <7A> <0030> endbfrange")  # fmt: skip
    source = page_file(said("DOBREV"), font=lying)
    refusal = refused(source, "Dobrev")
    assert refusal.reason is WhyUnredactable.PASSAGE_MISSING
    box = made(source, boxes=(Box(1, 5, 35, 60, 20),))
    assert letters(box.content) == 0
    assert "look_at_pages" in box.kept


def test_picture_is_black_under_a_box_and_keeps_no_trace_around_it() -> None:
    pictures = []
    for shade in ((255, 0, 0), (0, 255, 0)):
        picture = Image.new("RGB", (320, 160), (250, 250, 250))
        ImageDraw.Draw(picture).rectangle((100, 50, 140, 80), fill=shade)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=40)
        pictures.append(made(out.getvalue(), boxes=(Box(1, 30, 30, 15, 22),)).content)
    assert pictures[0] == pictures[1]
    held = Image.open(io.BytesIO(pictures[0]))
    assert lightest(held.convert("L").crop((100, 50, 140, 80))) < 10
    assert not held.getexif()


def test_kind_decides_what_may_be_asked_and_the_refusal_says_so() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "PNG")
    assert refused(out.getvalue(), NAME).reason is WhyUnredactable.NO_PASSAGES
    one = Box(1, 1, 1, 1, 1)
    assert refused(b"words", boxes=(one,)).reason is WhyUnredactable.NO_BOXES
    assert refused(out.getvalue(), boxes=(one, Box(2, 1, 1, 1, 1))).lines == (2,)
    assert refused(page_file(b""), boxes=(Box(9, 1, 1, 1, 1),)).lines == (1,)
    with pytest.raises(Unredactable) as film:
        redacted_copy(b"", MediaKind.MP4, marks_of([NAME], ()))
    assert film.value.reason is WhyUnredactable.RECORDING


def test_damaged_and_locked_files_are_refused_in_their_own_words() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    for content, why in (
        (out.getvalue(), WhyUncleanable.LOCKED),
        (b"%PDF-1.7", WhyUncleanable.DAMAGED),
    ):
        with pytest.raises(Unredactable) as refusal:
            redacted_copy(content, MediaKind.PDF, marks_of([NAME], ()))
        assert refusal.value.unclean is why
    with pytest.raises(Unredactable, match="damaged"):
        redacted_copy(b"PK", MediaKind.DOCX, marks_of([NAME], ()))


def test_page_is_drawn_under_a_grid_and_only_where_there_is_one() -> None:
    drawn, pages = page_picture(page_file(said("here")), MediaKind.PDF, 1, grid=True)
    assert pages == 1
    assert Image.open(io.BytesIO(drawn)).format == "PNG"
    for kind, content, number in (
        (MediaKind.PDF, page_file(b""), 2),
        (MediaKind.PNG, b"", 2),
        (MediaKind.TEXT, b"x", 1),
    ):
        with pytest.raises(Unredactable):
            page_picture(content, kind, number)

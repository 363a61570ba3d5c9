"""A file that keeps a name where no page shows it, in other signs: no byte of the copy has it."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
import zipfile
from contextlib import suppress
from urllib.parse import quote, unquote

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image

from tests.core.evidence.files_of_every_kind import odt
from tests.core.evidence.test_redacted_files import NAME, unpacked, word_file
from undaunted.core.evidence.rules import (
    BLACK,
    Box,
    Passages,
    Redacted,
    Unredactable,
    WhyUnredactable,
    marks_of,
)
from undaunted.core.evidence.writers.child import clean
from undaunted.core.evidence.writers.redacting import redact

LETTERS = ("dobrev", "vasil", "\u0434\u043e\u0431\u0440\u0435\u0432")
_V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def made(content: bytes, *passages: str, boxes: tuple[Box, ...] = ()) -> Redacted:
    """Clean a file and redact it, in this process."""
    held = clean(io.BytesIO(content))
    return redact(held.content, held.kind, marks_of(passages, boxes))


def packed() -> str:
    """Give a package with the name in it, as Word packs a shape into an attribute."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("drs/shapexml.xml", NAME)
    return base64.b64encode(out.getvalue()).decode()


def readings(told: str) -> list[str]:
    """Give a text as it stands, decoded in each way that files know, and without its marks."""
    ways = [told, unquote(told), re.sub(r"<[^<>]{0,9999}>", "", told)]
    ways.append(re.sub(r"_x?([0-9a-fA-F]{2,4})_", lambda sign: chr(int(sign.group(1), 16)), told))
    for run in re.findall(r"[A-Za-z0-9+/=]{24,99999}", told):
        with suppress(ValueError):
            held = base64.b64decode(run + "=" * (-len(run) % 4))
            ways += [held.decode("utf-8", "replace"), held.decode("utf-16", "replace")]
    return [unicodedata.normalize("NFKD", each).casefold() for each in ways]


def left(content: bytes) -> list[str]:
    """Give what can still be read of the name, whichever way."""
    return [word for each in readings(unpacked(content)) for word in LETTERS if word in each]


@pytest.mark.parametrize(
    "inner",
    [
        '<w:r><w:instrText>HYPERLINK "http://x/Vasil%20Dobrev"</w:instrText></w:r>',
        "<w:r><w:instrText>LINKED Vasil Dob</w:instrText><w:instrText>rev</w:instrText></w:r>",
        f"<w:r><w:t>https://x/{quote('Васил Добрев !')}</w:t></w:r>",
        '<w:fldSimple w:instr="REF Vasil_Dobrev"/>',
        '<w:fldSimple w:instr="dobrev"/>',
        '<w:bookmarkStart w:id="9" w:name="Vasil_Dobrev"/>',
        '<w:hyperlink w:anchor="dobrev"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
        '<w:pPr><w:pStyle w:val="dobrev"/></w:pPr>',
        '<w:r><w:rPr><w:rFonts w:ascii="dobrev"/></w:rPr><w:t>x</w:t></w:r>',
        '<w:ffData><w:textInput><w:default w:val="dobrev"/></w:textInput></w:ffData>',
        '<w:ffData><w:ddList><w:listEntry w:val="dobrev"/></w:ddList></w:ffData>',
        '<w:sdt><w:sdtPr><w:listItem w:displayText="x" w:value="dobrev"/></w:sdtPr></w:sdt>',
        '<w:permStart w:id="1" w:ed="dobrev"/>',
        f'<v:shape {_V} id="dobrev" class="dobrev" o:gfxdata="{packed()}"/>',
        "<w:r><w:t>vasil.dobrev@example.org, Vasil-Dobrev, vasil_dobrev</w:t></w:r>",
        "<w:r><w:t>Va\u00adsil\u200bDob\u2060rev, VASIL \u202eDOBREV</w:t></w:r>",
    ],
)  # fmt: skip
def test_word_file_keeps_the_name_in_no_sign_of_its_own(inner: str) -> None:
    source = word_file("Vasil Dobrev, dobrev, Васил Добрев.", inner=f"<w:p>{inner}</w:p>")
    assert left(source)
    copy = made(source, NAME, "dobrev", "Васил Добрев")
    assert left(copy.content) == []


def test_name_in_a_foreign_format_inside_is_refused() -> None:
    for inner in (
        '<x:a xmlns:x="urn:Vasil-Dobrev"/>',
        "<dobrev/>",
        '<a xmlns="urn:q" dobrev="1"/>',
    ):
        source = word_file("Vasil Dobrev, dobrev.", inner=f"<w:p><w:r>{inner}</w:r></w:p>")
        with pytest.raises(Unredactable) as refusal:
            made(source, NAME, "dobrev")
        assert refusal.value.reason is WhyUnredactable.STILL_THERE


def test_format_keeps_its_own_words_where_somebody_is_called_alike() -> None:
    inner = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>Center</w:t></w:r></w:p>'
    told = unpacked(made(word_file("Mr ", inner=inner), "Center").content)
    assert '<w:jc w:val="center"/>' in told
    assert "Center" not in told


def test_sheets_named_after_two_people_keep_two_names() -> None:
    book = openpyxl.Workbook()
    for name in ("Olena Korsak", NAME, "Vasil_Dobrev " + "x" * 18):
        book.create_sheet(name)["A1"] = name
    book["Olena Korsak"]["A2"] = "_x0056_asil_x000D_\nDobrev"
    book["Olena Korsak"]["A3"] = "Vasil\nDobrev"
    book.defined_names["dobrev"] = DefinedName("dobrev", attr_text=f"'{NAME}'!$A$1")
    book["Olena Korsak"].auto_filter.ref = "A1:A3"
    book["Olena Korsak"].auto_filter.add_filter_column(0, ["dobrev", "stays"])
    out = io.BytesIO()
    book.save(out)
    copy = made(out.getvalue(), NAME, "Olena Korsak", "dobrev")
    assert left(copy.content) == []
    names = openpyxl.load_workbook(io.BytesIO(copy.content)).sheetnames
    assert len({each.casefold() for each in names}) == len(names) == 4
    assert names[1:3] == [BLACK, f"{BLACK} 2"]
    assert max(map(len, names)) <= 31


def test_style_of_an_open_document_loses_the_name_and_its_mentions_follow() -> None:
    with zipfile.ZipFile(io.BytesIO(odt())) as package:
        body = package.read("content.xml").decode()
    style = (
        '<o:automatic-styles xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
        '<s:style s:name="Vasil_20_Dobrev"/><s:style s:name="Vasil_5f_Dobrev"/>'
        "</o:automatic-styles>"
    )
    inner = f'<t:p t:style-name="Vasil_20_Dobrev">{NAME}</t:p></o:text>'
    body = body.replace("<o:body>", f"{style}<o:body>").replace("</o:text>", inner)
    copy = made(odt(**{"content.xml": body}), NAME)
    assert left(copy.content) == []
    told = unpacked(copy.content)
    assert re.findall(r'[:]name="(redacted2?)"', told) == ["redacted", "redacted2"]
    assert 'style-name="redacted"' in told


def test_word_that_a_line_end_parts_is_found_in_a_text() -> None:
    copy = made(b"Vasil Dobrev. Vasil Do-\n  brev. Anna-\nMaria.", NAME, "Anna-Maria")
    assert copy.content.decode() == f"{BLACK}. {BLACK}. {BLACK}."


def test_bar_covers_an_escaped_name_whole_and_the_accent_behind_a_letter() -> None:
    assert Passages(["Li"]).over("a=%4C%69%21b") == f"a={BLACK}b"
    assert Passages(["Dobre"]).over("Dobre\u0301 x") == f"{BLACK} x"
    assert Passages(["x"]).over("_dfff_ %ff") == "_dfff_ %ff"


def test_picture_has_nothing_behind_glass() -> None:
    picture = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    picture.paste((200, 10, 10, 0), (0, 0, 20, 20))
    picture.paste((0, 0, 255, 255), (24, 24, 36, 36))
    out = io.BytesIO()
    picture.save(out, "PNG")
    held = Image.open(io.BytesIO(made(out.getvalue(), boxes=(Box(1, 90, 90, 5, 5),)).content))
    assert held.mode == "RGB"
    assert held.getpixel((5, 5)) == (255, 255, 255)
    assert held.getpixel((30, 30)) == (0, 0, 255)

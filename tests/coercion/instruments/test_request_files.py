"""Facts are read from three kinds of file; what is written holds the secret apart from the rest."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import docx
import pikepdf
import pytest

from tests.coercion.instruments.requests import FACTS, changed, exporter
from undaunted.coercion.instruments.readers import (
    FileRefused,
    Unread,
    check_documents,
    check_written,
    read_request,
    traces_in,
)
from undaunted.coercion.instruments.rules import Evidence, SummaryLeaks
from undaunted.coercion.instruments.writers import WrittenRequest, write_request

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 26)
WHOLE = exporter()


def as_json(**changes: Any) -> str:
    held = {
        "protect": True, "harm": WHOLE.harm, "also": list(WHOLE.also),
        "answers": FACTS | {"third_country": "XR", "jobs": FACTS["jobs"] | {"value": 118}},
        "evidence": [
            {"key": "notice", "title": "Customs notice of Ruritania", "date": "2026-03",
             "public_at": "https://xr.example"},
            {"key": "blauhafen-orders", "title": "Letter of the buyer to Blauhafen",
             "date": "2026-05-02", "confidential": True,
             "summary": "A letter that cancels orders."},
        ],
    }  # fmt: skip
    return json.dumps(held | changes)


def as_sheet() -> str:
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=";")
    sheet.writerow(
        ["field", "value", "unit", "confidential", "summary", "no_summary", "date", "file"]
    )
    sheet.writerows([["protect", "yes"], ["harm", WHOLE.harm], ["also", WHOLE.also[0]], []])
    for key, told in FACTS.items():
        kept = "yes" if told.get("confidential") else ""
        beside = [told.get(each, "") for each in ("summary", "no_summary")]
        sheet.writerow([key, told["value"], told.get("unit", ""), kept, *beside])
    sheet.writerow(
        ["evidence:notice", "Customs notice of Ruritania", "", "", "", "", "2026-03", ""]
    )
    sheet.writerow(["evidence:blauhafen-orders", "Letter of the buyer to Blauhafen", "", "x",
                    "A letter that cancels orders.", "", "2026-05-02", ""])  # fmt: skip
    return text.getvalue()


def test_facts_from_json_and_from_a_sheet_are_the_same(tmp_path: Path) -> None:
    for name, text in (("facts.json", as_json()), ("facts.csv", as_sheet())):
        (tmp_path / name).write_text(text, encoding="utf-8-sig")
    from_json, from_sheet = (read_request(tmp_path / f"facts.{each}") for each in ("json", "csv"))
    assert from_json.request == WHOLE
    notice = changed(WHOLE, evidence=(Evidence("notice", "Customs notice of Ruritania", "2026-03"),
                                      WHOLE.evidence[1]))  # fmt: skip
    assert from_sheet.request == notice


def test_documents_are_read_beside_the_facts_with_their_digest(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("The notice.", encoding="utf-8")
    (tmp_path / "facts.toml").write_text(
        'began = "x"\n[answers]\nbegan = 2026-03-14\n', encoding="utf-8"
    )
    with pytest.raises(FileRefused, match="began: is no key here"):
        read_request(tmp_path / "facts.toml")
    (tmp_path / "facts.toml").write_text(
        '[answers]\nbegan = 2026-03-14\n[[evidence]]\nkey = "n"\ntitle = "N"\n'
        'file = "notice.txt"\n',
        encoding="utf-8",
    )
    held = read_request(tmp_path / "facts.toml")
    assert held.request.answers["began"].value == "2026-03-14"
    assert held.documents["n"] == ("notice.txt", b"The notice.")
    assert len(held.request.evidence[0].digest) == 64
    (tmp_path / "notice.txt").unlink()
    with pytest.raises(FileRefused, match=r"evidence 1, file: notice.txt cannot be opened"):
        read_request(tmp_path / "facts.toml")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.toml", "x = ", "is not TOML"),
        ("a.json", "{} {}", "is not JSON"),
        ("a.json", "9" * 5000, "is not JSON"),
        ("a.toml", f"x = {'9' * 5000}", "is not TOML"),
        ("a.json", "[]", "write an object"),
        ("a.json", "{}", r"answers: write a table"),
        ("a.json", '{"answers": {"act": {}}}', "answers.act: has no value"),
        ("a.json", '{"answers": {"act": []}}', "answers.act: write a table or a text"),
        (
            "a.json",
            '{"answers": {"act": {"value": []}}}',
            "answers.act, value: write a text or a n",
        ),
        (
            "a.json",
            '{"answers": {"act": {"value": "x", "unit": 1}}}',
            "answers.act, unit: write a te",
        ),
        (
            "a.json",
            '{"answers": {"act": {"value": "x", "confidential": 1}}}',
            "write true or false",
        ),
        (
            "a.json",
            '{"answers": {"act": {"value": "x", "secret": true}}}',
            "secret: is no key here",
        ),
        ("a.json", '{"answers": {}, "evidence": {}}', "evidence: write one"),
        ("a.json", '{"answers": {}, "evidence": ["x"]}', "evidence 1: write a table"),
        ("a.json", '{"answers": {}, "protect": "no"}', "protect: write true or false"),
        ("a.json", '{"answers": {}, "harm": 1}', "harm: write a text"),
        ("a.json", '{"answers": {}, "also": "x"}', "also: write a list"),
        ("a.csv", "value\nx\n", "row 1: has no column field"),
        ("a.csv", "field,value\nact,x,y\n", "row 2, field: has more cells"),
        ("a.csv", "field,value\nact,x\nact,y\n", "row 3, field: act stands twice"),
        ("a.csv", "field,value\n,x\n", "row 2, field: is empty"),
        ("a.csv", "field,value\nprotect,perhaps\n", "row 2, value: 'perhaps' is neither"),
        ("a.csv", "field,value,confidential\nact,x,maybe\n", "row 2, confidential: 'maybe'"),
        ("a.xlsx", "x", "write facts as"),
    ],
)
def test_a_file_that_is_broken_says_where_and_what_to_do(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused, match=says):
        read_request(tmp_path / name)


def test_what_is_no_text_or_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xff\xfe")
    with pytest.raises(FileRefused, match="is not UTF-8"):
        read_request(tmp_path / "a.json")
    (tmp_path / "b.json").write_bytes(b" " * 2_000_001)
    with pytest.raises(FileRefused, match="is larger than"):
        read_request(tmp_path / "b.json")
    with pytest.raises(FileRefused, match="cannot be opened"):
        read_request(tmp_path / "c.json")


@pytest.fixture(scope="module")
def written() -> WrittenRequest:
    return write_request(WHOLE, day=DAY, moment=1_800_000_000)


def words_in(content: bytes) -> str:
    read = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in read.paragraphs), *cells])


def test_the_request_is_whole_and_marked_and_tells_soft_clocks_from_hard(
    written: WrittenRequest,
) -> None:
    told = words_in(written.secret["request.docx"])
    for part in ("Blauhafen Port Cranes GmbH", "4237512 EUR", "37.4 %",
                 "(confidential)", WHOLE.harm, "soft: normally", "hard", "4 months",
                 "8 weeks, 10 weeks"):  # fmt: skip
        assert part in told
    with zipfile.ZipFile(io.BytesIO(written.secret["request.docx"])) as opened:
        heads = [each for each in opened.namelist() if "header" in each]
        assert any(b"CONFIDENTIAL" in opened.read(each) for each in heads)


def test_the_summary_and_what_its_files_say_of_themselves_name_nobody(
    written: WrittenRequest,
) -> None:
    check_written(WHOLE, written.open, written.blank)
    told = words_in(written.open["summary.docx"])
    assert "between 2,000,000 and 5,000,000 EUR" in told
    assert "Known to the Commission alone" in told
    assert "blauhafen" not in told.lower()
    with pikepdf.open(io.BytesIO(written.open["summary.pdf"])) as opened:
        assert "Blauhafen" not in str(dict(opened.trailer["/Info"].items()))
    with pytest.raises(SummaryLeaks, match=r"request.docx, docProps/core.xml: tells"):
        check_written(WHOLE, written.secret, written.blank)


def named_document(author: str, text: str = "A notice.") -> bytes:
    made = docx.Document()
    made.add_paragraph(text)
    made.core_properties.author = author
    held = made.part.package.rels  # the library's own first page, as a picture
    for key in [key for key, each in held.items() if each.reltype.endswith("/thumbnail")]:
        del held[key]
    content = io.BytesIO()
    made.save(content)
    return without_sessions(content.getvalue())


def without_sessions(content: bytes) -> bytes:
    """Give a Word document without the numbers of the sessions in which it was written."""
    cleaned = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as opened, zipfile.ZipFile(cleaned, "w") as made:
        for name in opened.namelist():
            part = re.sub(
                rb'<w:rsids>.*?</w:rsids>|<w:rsid [^>]*>| w:rsid\w*="[^"]*"', b"", opened.read(name)
            )
            made.writestr(name, re.sub(rb"<w1\d:docId [^>]*>", b"", part))
    return cleaned.getvalue()


def with_document(name: str, content: bytes, **kept: Any) -> tuple[Any, dict[str, Any]]:
    request = changed(WHOLE, evidence=(Evidence("n", "A notice", **kept),))
    return request, {"n": (name, content)}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("n.docx", named_document("J. Querling"), "tells 'querling' from contact"),
        ("n.docx", named_document("x", "Blau\u00adhafen"), "tells 'blauhafen'"),
        ("n.txt", b"From: Querling", "tells 'querling'"),
        ("n.pdf", b"%PDF-1.7", "its pages cannot be read word by word"),
        ("n.png", b"\x89PNG", "its pages cannot be read word by word"),
        ("n.docx", b"not packed", "cannot be opened as docx"),
    ],
)
def test_an_open_document_that_tells_who_asks_is_refused(
    name: str, content: bytes, says: str
) -> None:
    request, documents = with_document(name, content)
    with pytest.raises(SummaryLeaks, match=says):
        check_documents(request, documents)
    check_documents(*with_document(name, content, confidential=True, summary="A notice."))
    check_documents(*with_document(name, content, public_at="https://xr.example/notice"))


def test_a_document_that_tells_nothing_may_be_open() -> None:
    check_documents(*with_document("n.docx", named_document("customs")))
    check_documents(WHOLE, {})


def test_what_a_pdf_says_of_itself_is_read() -> None:
    made, content = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.docinfo["/Author"] = "Querling"
    made.attachments["blauhafen.txt"] = b"x"
    with made.open_metadata(update_docinfo=False) as told:
        told["dc:publisher"] = ["J. Querling"]
    made.save(content)
    found = dict(traces_in("a.pdf", content.getvalue()))
    assert found["a.pdf, /Author"] == "Querling"
    assert found["a.pdf, attachment"] == "blauhafen.txt"
    assert any("publisher" in place and "Querling" in text for place, text in found.items())
    open_pdf = changed(WHOLE, protect=False, also=("Querling",), evidence=(Evidence("n", "N"),))
    with pytest.raises(SummaryLeaks, match=r"a.pdf, /Author: tells 'Querling' from also"):
        check_documents(open_pdf, {"n": ("a.pdf", content.getvalue())})


def test_what_cannot_be_looked_into_is_refused() -> None:
    with pytest.raises(Unread, match="of a kind that cannot be looked into"):
        traces_in("a.png", b"x")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("word/document.xml", b"0" * 20_000_001)
    with pytest.raises(Unread, match="unpacks to more than"):
        traces_in("a.docx", packed.getvalue())


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(**parts: bytes | str) -> bytes:
    """Pack parts; two low lines in a name stand for a slash, one for a point."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as opened:
        for name, part in parts.items():
            opened.writestr(name.replace("__", "/").replace("_", "."), part)
    return content.getvalue()


def test_words_are_put_together_across_marks_and_told_apart_by_blocks() -> None:
    inner = '<w:ins w:author="J. Querling"><w:p>Que<w:r>r</w:r></w:p>x</w:ins>'
    body = f'<w:d xmlns:w="{W}">{inner}</w:d>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as opened:
        info = zipfile.ZipInfo("word/document.xml")
        info.comment = b"by Querling"
        opened.writestr(info, body)
        opened.comment = b"of Blauhafen"
    found = [text for _, text in traces_in("a.docx", content.getvalue())]
    assert {"by Querling", "of Blauhafen", "J. Querling", "Quer\nx"} <= set(found)


@pytest.mark.parametrize(
    "parts",
    [
        {"word__document_xml": "<d><docPr descr='Yard of Blauhafen'/></d>"},
        {"word___rels__document_xml_rels": "<r><l Target='https://blauhafen.example/x'/></r>"},
        {"word___rels__settings_xml_rels": '<r><l Target="file:///S:/Querling/a.dotx"/></r>'},
        {"word__document_xml": "<?xml version='1.0'?><d>Blauhafen</d>".encode("utf-16")},
        {"word__settings_xml": "<s><docVar name='loss' val='4237512'/></s>"},
        {"word__comments_xml": "<c author='Querling'/>"},
        {"word__document_xml": '<d><instrText>HYPERLINK "//blauhafen.example"</instrText></d>'},
        {"word__document_xml": "<d><!-- Querling --></d>"},
        {"word__document_xml": "<d><?by Querling?></d>"},
        {"WORD__DOCUMENT_XML": "<d>Blauhafen</d>"},
        {"word__styles_xml": '<s name="Blauhafen"/>'},
        {"mimetype": "Blauhafen"},
    ],
)  # fmt: skip
def test_what_nobody_sees_in_a_document_is_looked_into(parts: dict[str, bytes | str]) -> None:
    with pytest.raises(SummaryLeaks, match="tells"):
        check_documents(*with_document("n.docx", packed(**parts)))


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"word__media__image1_jpg": b"\xff\xd8"}, "image1.jpg: is no text and cannot be looked"),
        ({"word__embeddings__a_xlsx": b"PK"}, "a.xlsx: is no text"),
        ({"word__document_xml": "<d>"}, "cannot be opened as docx"),
        (
            {"word__document_xml": "<!DOCTYPE d [<!ENTITY a 'Blauhafen'>]><d>&a;</d>"},
            "cannot be opened as docx",
        ),
    ],
)
def test_parts_that_are_no_text_are_refused(parts: dict[str, bytes | str], says: str) -> None:
    with pytest.raises(SummaryLeaks, match=says):
        check_documents(*with_document("n.docx", packed(**parts)))


def test_the_figures_of_a_layout_are_none_of_the_request() -> None:
    parts = {"word__document_xml": "<d><p sz='118' color='00A77B3E' id='rId118'>Quay</p></d>"}
    check_documents(*with_document("n.docx", packed(**parts)))

"""One document as page, PDF, Word and data: structured, readable, the same bytes every time."""

# ruff: noqa: SLF001 - the library shows no directions, heads or alternatives

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import warnings
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import docx
import pikepdf
import pytest
from django.utils.translation import override
from docx.oxml.ns import qn

from tests.core.editions.factories import LONG, NAMES, document
from undaunted.core.editions.rules import (
    Bullets,
    EditionRefused,
    FontMissing,
    Footnote,
    Name,
    Notice,
    Paragraph,
    Section,
    decoded,
    encoded,
)
from undaunted.core.editions.writers import FOLDERS, draft_text, write_files, written_page

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.editions.rules import Document
    from undaunted.core.editions.writers import Written

MOMENT = 1_782_864_000
NOTO = all(folder.is_dir() for folder in FOLDERS[:2])
fonts = pytest.mark.skipif(not NOTO, reason="needs fonts-noto-core and fonts-noto-cjk")


def _written(told: Document, **more: Any) -> dict[str, bytes]:
    return _by_ending(write_files({told.language: told}, "sheet-1.0", moment=MOMENT, **more))


def _by_ending(written: Written) -> dict[str, bytes]:
    return {file.name.rpartition(".")[2]: file.content for file in written.files}


@pytest.fixture(scope="module")
def english() -> dict[str, bytes]:
    return _written(document())


@pytest.fixture(scope="module")
def arabic() -> dict[str, bytes]:
    return _written(document("ar", title="المحتجزون في Ruritania"))


def _text(pdf: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext (Debian: poppler-utils)")
    file = folder / "a.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return said.stdout


@fonts
def test_page_runs_nothing_and_fetches_nothing(english: dict[str, bytes]) -> None:
    page = english["html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r'(?:src|xlink:href)="(?!#)', page)
    assert ' style="' not in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert '<a href="#people">Table 1</a>' in page
    assert '<a href="#chart">Figure 1</a>' in page
    assert "<svg" in page
    assert "12,345" in page


@fonts
def test_page_keeps_names_apart_from_its_direction(arabic: dict[str, bytes]) -> None:
    page = arabic["html"].decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert f"<bdi>{NAMES['latin']}</bdi>" in page


@fonts
def test_pdf_is_tagged_and_says_its_language(arabic: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(arabic["pdf"])) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "ar"
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == "المحتجزون في Ruritania"
        found = _tags(pdf.Root.StructTreeRoot)
    assert {"/H1", "/Table", "/TH", "/TR", "/Figure", "/Caption", "/L"} <= found | {"/Note"}
    assert "/TH" in found


def _tags(node: Any) -> set[str]:
    found: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                found.add(str(one.S))
            if "/K" in one:
                waiting.append(one.K)
    return found


@fonts
@pytest.mark.parametrize("language", ["en", "ar"])
def test_text_of_the_pdf_can_be_copied(
    language: str, english: dict[str, bytes], arabic: dict[str, bytes], tmp_path: Path
) -> None:
    text = _text({"en": english, "ar": arabic}[language]["pdf"], tmp_path)
    plain = re.sub(r"[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    for name in ("latin", "cyrillic", "chinese", "vietnamese", "georgian"):
        assert NAMES[name] in plain
    for word in NAMES["arabic"].split() + NAMES["uyghur"].split():
        assert word in plain or word[::-1] in plain
    assert LONG in re.sub(r"\s", "", plain) or LONG[:24] in plain


@fonts
def test_long_names_stay_between_the_margins(english: dict[str, bytes], tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext (Debian: poppler-utils)")
    file = tmp_path / "a.pdf"
    file.write_bytes(english["pdf"])
    said = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True
    )
    widest = max(float(one) for one in re.findall(r'xMax="([\d.]+)"', said.stdout))
    assert widest < 595 - 50


@fonts
def test_word_has_real_styles_captions_footnotes_and_heads(english: dict[str, bytes]) -> None:
    made = docx.Document(io.BytesIO(english["docx"]))
    styles = [paragraph.style.name for paragraph in made.paragraphs if paragraph.style]
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "List Bullet"} <= set(styles)
    captions = [
        each.text for each in made.paragraphs if each.style and each.style.name == "Caption"
    ]
    assert len(captions) == 3
    fields = [each.get(qn("w:instr")) for each in made.element.body.iter(qn("w:fldSimple"))]
    assert fields == [r" SEQ Table \* ARABIC ", r" SEQ Figure \* ARABIC ", r" SEQ Table \* ARABIC "]
    assert len(made.tables) == 2
    for table in made.tables:
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in made.tables[1].rows[1].cells] == ["XR", "3"]
    notes = zipfile.ZipFile(io.BytesIO(english["docx"])).read("word/footnotes.xml").decode()
    assert "A source, " in notes
    assert len(made.inline_shapes) == 1
    (described,) = made.element.body.iter(qn("wp:docPr"))
    assert described.get("descr") == "Five in Syldavia, three in Ruritania."
    assert made.core_properties.title == "People held <script>"


@fonts
def test_word_runs_from_right_to_left_and_names_do_not(arabic: dict[str, bytes]) -> None:
    made = docx.Document(io.BytesIO(arabic["docx"]))
    paragraphs = [
        one for one in made.element.body.iter(qn("w:p")) if one.find(qn("w:pPr")) is not None
    ]
    assert all(one.find(qn("w:pPr")).find(qn("w:bidi")) is not None for one in paragraphs)
    assert made.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    runs = {run.text: run for cell in made.tables[0].columns[0].cells
            for paragraph in cell.paragraphs for run in paragraph.runs}  # fmt: skip
    assert runs[NAMES["arabic"]]._r.rPr.find(qn("w:rtl")) is not None
    assert runs[NAMES["latin"]]._r.rPr.find(qn("w:rtl")) is None


@fonts
def test_draft_says_so_on_every_page_of_pdf_and_word(tmp_path: Path) -> None:
    mark = "EMBARGOED until 2026-12-03 09:00 UTC"
    told = _written(document(), mark=lambda: mark)
    pages = _text(told["pdf"], tmp_path).split("\f")[:-1]
    assert len(pages) > 1
    assert all(mark in page for page in pages)
    head = next(
        text for name, text in _parts(told["docx"]).items() if name.startswith("word/header")
    )
    assert head.count("EMBARGOED") == 2, "in words, and across the page"
    assert mark in told["html"].decode()
    assert draft_text()


def _parts(archive: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return {name: held.read(name).decode() for name in held.namelist() if name.endswith(".xml")}


@fonts
def test_data_package_is_valid_and_holds_no_formula(
    english: dict[str, bytes], tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(english["zip"])) as held:
        held.extractall(tmp_path)
        assert {line.date_time for line in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    for resource in told["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    lines = list(csv.DictReader((tmp_path / "people.csv").read_text("utf-8").splitlines()))
    assert lines[-1]["name"] == "'=1+1"
    assert lines[0] == {"key": "latin", "name": NAMES["latin"], "since": "2024-03-05",
                        "days": "12345", "share": "0.25"}  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package  # noqa: PLC0415 - loads half a second

        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])


@fonts
def test_writing_again_gives_the_same_bytes(english: dict[str, bytes]) -> None:
    assert _written(document()) == english


@fonts
@pytest.mark.parametrize("language", ["zh-hans", "ug", "fa"])
def test_every_script_of_the_product_is_set(language: str, tmp_path: Path) -> None:
    with override("en"):
        told = _written(document(language, title=NAMES["uyghur"]))
    with pikepdf.open(io.BytesIO(told["pdf"])) as pdf:
        assert str(pdf.Root.Lang).startswith(language[:2])
    assert NAMES["chinese"] in _text(told["pdf"], tmp_path)


def test_missing_font_is_named_with_its_package(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="install the Debian package fonts-noto-core"):
        _written(document(), folders=[tmp_path])
    if NOTO:
        told = replace(document(), blocks=(Paragraph((Name(NAMES["chinese"]),)),))
        with pytest.raises(FontMissing, match="install the Debian package fonts-noto-cjk"):
            _written(told, folders=FOLDERS[:1])


@fonts
def test_chart_that_cannot_be_drawn_is_a_clear_refusal() -> None:
    told = document()
    section = told.blocks[1]
    assert isinstance(section, Section)
    figure = replace(section.blocks[1], specification={"mark": {"type": "nothing"}})  # type: ignore[arg-type]
    broken = replace(told, blocks=(told.blocks[0], replace(section, blocks=(figure,))))
    with pytest.raises(EditionRefused, match="figures chart"):
        written_page(broken)


@fonts
def test_text_is_never_markup_of_the_setter(tmp_path: Path) -> None:
    odd = '#panic("x") $1+1$ *bold* <label> @ref `raw` // gone \\ "quotes"'
    told = _written(replace(document(), blocks=(Notice(odd, (odd,)), Paragraph((odd,)))))
    assert 'panic("x")' in _text(told["pdf"], tmp_path).replace("\u201c", '"').replace(
        "\u201d", '"'
    )


def _mixed() -> Document:
    """Make an Arabic document with an English paragraph, a list and a note in it."""
    english = (
        Paragraph(("In English", Footnote(("A note.",)), " (here)."), language="en"),
        Paragraph(("Twice", Footnote(("One.",)), Footnote(("Two.",)), "."), language="en"),
        Bullets((("A point.",),), language="en"),
        Paragraph(("بالعربية",)),
    )
    return replace(document("ar", title="تقرير"), blocks=(Section("mixed", "فصل", english),))


@fonts
def test_block_in_another_language_says_so_and_runs_its_own_way() -> None:
    done = _written(_mixed())
    page = done["html"].decode()
    assert '<p lang="en" dir="ltr">In English' in page
    assert '<ul lang="en" dir="ltr"><li>A point.' in page
    assert '<span lang="en" dir="ltr">A note.</span>' in page
    assert "<p>بالعربية</p>" in page
    assert "</sup>\N{THIN SPACE}<sup>" in page, "two marks are not one number"
    found = {each.text: each._p for each in docx.Document(io.BytesIO(done["docx"])).paragraphs}
    english, arabic = found["In English (here)."], found["بالعربية"]
    assert english.find(f".//{qn('w:bidi')}") is None
    assert english.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en"
    assert arabic.find(f".//{qn('w:bidi')}") is not None
    assert arabic.find(f".//{qn('w:lang')}").get(qn("w:val")) == "ar"
    with pikepdf.open(io.BytesIO(done["pdf"])) as pdf:
        said = {str(one.Lang) for one in _dictionaries(pdf.Root.StructTreeRoot) if "/Lang" in one}
    assert "en" in said


def _dictionaries(node: Any) -> list[Any]:
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            found.append(one)
            if "/K" in one:
                waiting.append(one.K)
    return found


def test_language_of_a_block_is_frozen_and_absent_where_it_is_the_documents() -> None:
    assert b'{"is":"Paragraph","text":' in encoded(document())
    told = _mixed()
    assert decoded(encoded(told)) == told


def test_no_style_of_the_word_file_spaces_letters(arabic: dict[str, bytes]) -> None:
    """Arabic letters join; spaced ones would tear words apart."""
    styles = docx.Document(io.BytesIO(arabic["docx"])).styles.element
    spaced = [each for each in styles.iter(qn("w:spacing")) if qn("w:val") in each.attrib]
    assert spaced == []

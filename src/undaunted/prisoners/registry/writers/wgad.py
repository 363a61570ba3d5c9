"""A draft for the Working Group as a Word document: the same bytes for the same draft."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from undaunted.prisoners.registry.rules.wgad import word

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

    from undaunted.prisoners.registry.rules.wgad import Answer, Draft, Line

__all__ = ["MEDIA_TYPE", "write_draft"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FIRST_NOTE = 2
"""Word keeps the first two for the lines that part notes from the text."""
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
_PLACES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}


def write_draft(draft: Draft) -> bytes:
    """Give the document. Every source is a footnote; what is missing is said and marked."""
    document: Any = Document()
    notes: list[str] = []
    _set_up(document, draft)
    document.add_heading(draft.title, 0)
    for notice in draft.notices:
        document.add_paragraph(notice, style="Intense Quote")
    for section in draft.sections:
        document.add_heading(section.heading, 1)
        for line in section.lines:
            _write_line(document, line, notes, draft.language)
    document.add_heading(word("about", draft.language), 1)
    for fact in draft.facts:
        paragraph = document.add_paragraph(fact.text, style="List Bullet")
        told = f"{fact.source} ({word(fact.status, draft.language)})"
        _add_note(paragraph, told, notes)
    _attach_notes(document, notes)
    held = io.BytesIO()
    document.save(held)
    return _same_bytes(held.getvalue())


def _set_up(document: Any, draft: Draft) -> None:  # noqa: ANN401 - the library's document
    """Set the language, the styles of notes, and a day instead of the moment of writing."""
    fonts = document.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _PLACES[draft.language])
    fonts.append(language)
    reference = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    about = document.core_properties
    day = datetime.fromisoformat(draft.made_on).replace(tzinfo=UTC)
    about.author, about.last_modified_by, about.comments = "", "", ""
    about.title, about.language = draft.title, _PLACES[draft.language]
    about.created = about.modified = day
    about.revision = 1


def _write_line(
    document: Any,  # noqa: ANN401 - the library's document
    line: Line,
    notes: list[str],
    language: str,
) -> None:
    if line.withheld or not line.answers:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{line.label}: ").bold = True
        told = word("withheld" if line.withheld else "missing", language)
        paragraph.add_run(f"[{told}]").italic = True
        return
    for answer in line.answers:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{line.label}: ").bold = True
        _write_answer(paragraph, answer, notes)


def _write_answer(paragraph: Paragraph, answer: Answer, notes: list[str]) -> None:
    run = paragraph.add_run(_plain(answer.text))
    if _right_to_left(answer.text):
        run.font.rtl = True
    for source in answer.sources:
        _add_note(paragraph, source, notes)


def _add_note(paragraph: Paragraph, text: str, notes: list[str]) -> None:
    notes.append(text)
    run = paragraph.add_run(style="footnote reference")
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(len(notes) - 1 + _FIRST_NOTE))
    run._r.append(reference)  # noqa: SLF001 - the library has no footnotes of its own


def _attach_notes(document: Any, notes: list[str]) -> None:  # noqa: ANN401
    text_style = document.styles["footnote text"].style_id
    mark_style = document.styles["footnote reference"].style_id
    lines = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{text_style}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{mark_style}"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(_plain(text))}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(notes, start=_FIRST_NOTE)
    )
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}">'
        f"<w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for number, kind in enumerate(("separator", "continuationSeparator"))
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:footnotes xmlns:w="{_SPACE}">{rules}{lines}</w:footnotes>'
    )
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _plain(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"


def _same_bytes(content: bytes) -> bytes:
    """Write the parts in the order of their names, with one day, uncompressed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(written, "w") as new:
        for name in sorted(held.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, _SAME_DAY)
            entry.external_attr = 0o600 << 16
            new.writestr(entry, held.read(name))
    return written.getvalue()

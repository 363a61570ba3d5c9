"""A document for Word: real styles, captions, footnotes, and tables whose heads repeat."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from undaunted.core.editions.rules import (
    Bullets,
    Heading,
    Notice,
    Paragraph,
    PlacedFigure,
    PlacedTable,
    laid_out,
)
from undaunted.core.editions.writers import words
from undaunted.core.editions.writers.archives import repacked
from undaunted.core.editions.writers.framing import page_number, watermark
from undaunted.core.editions.writers.wording import NAMESPACES, Wording
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.editions.rules import Document

__all__ = ["write_word"]

_LATIN: Final = "Noto Sans"
_COMPLEX: Final = "Noto Naskh Arabic"
_EAST: Final = "Noto Sans CJK SC"
_FIRST: Final = ("[Content_Types].xml", "_rels/.rels")
_STYLES: Final = (
    """
<w:style {ns} w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>
<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>
<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
""",
    """
<w:style {ns} w:type="character" w:styleId="FootnoteReference">
<w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
""",
    """
<w:style {ns} w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
<w:rPr><w:color w:val="0B4F5E"/><w:u w:val="single"/></w:rPr></w:style>
""",
)


def write_word(
    document: Document,
    pictures: Mapping[str, bytes],
    *,
    moment: int,
    mark: str = "",
) -> bytes:
    """Give the file; runs in the document's language. `moment` is its date, in seconds (UTC)."""
    made = docx.Document()
    _prepare(made, document, moment)
    wording = Wording(
        laid_out(document),
        language=document.language,
        right_to_left=direction(document.language) == "rtl",
        link=lambda address: made.part.relate_to(
            address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        ),
    )
    parts = [*_front(document, wording), *_body(wording, made, pictures)]
    if document.licence:
        parts.append(wording.paragraph((document.licence,)))
    whole = parse_xml(f"<w:body {NAMESPACES}>{''.join(parts)}</w:body>")
    body = made.element.body
    last = body.find(qn("w:sectPr"))
    for block in list(whole):
        last.addprevious(block)
    _frame(made, wording, mark)
    _add_footnotes(made, wording.footnotes())
    buffer = io.BytesIO()
    made.save(buffer)
    return repacked(buffer.getvalue(), first=_FIRST)


def _prepare(made: Any, document: Document, moment: int) -> None:  # noqa: ANN401 - the library's
    styles = made.styles.element
    for style in _STYLES:
        styles.append(parse_xml(style.format(ns=NAMESPACES)))
    for fonts in styles.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for name, family in (
            ("w:ascii", _LATIN), ("w:hAnsi", _LATIN), ("w:cs", _COMPLEX), ("w:eastAsia", _EAST),
        ):  # fmt: skip
            fonts.set(qn(name), family)
    about, day = made.core_properties, datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)
    about.title, about.subject = document.title[:255], document.subtitle[:255]
    about.author = about.last_modified_by = document.publisher[:255]
    about.language, about.comments, about.keywords = document.language, "", document.edition[:255]
    about.created = about.modified = day
    about.revision = 1


def _front(document: Document, wording: Wording) -> Iterable[str]:
    yield wording.paragraph((document.title,), style="Title")
    if document.subtitle:
        yield wording.paragraph((document.subtitle,), style="Subtitle")
    yield wording.paragraph((f"{document.publisher} · {document.edition}",))
    yield wording.paragraph((words.cut_text(document),))
    if document.hypothetical:
        yield wording.notice("", (words.hypothetical_text(),))
    if document.contents:
        yield from wording.contents(words.contents_title())


def _body(wording: Wording, made: Any, pictures: Mapping[str, bytes]) -> Iterable[str]:  # noqa: ANN401 - as above
    for item in wording.layout.items:
        if isinstance(item, Heading):
            yield wording.heading(item)
        elif isinstance(item, PlacedTable):
            yield from wording.table(item)
        elif isinstance(item, PlacedFigure):
            relation, image = made.part.get_or_add_image(io.BytesIO(pictures[item.figure.key]))
            yield from wording.figure(item, relation, int(image.width), int(image.height))
        elif isinstance(item, Notice):
            yield wording.notice(item.title, item.text)
        elif isinstance(item, Bullets):
            yield from (wording.paragraph(each, style="ListBullet") for each in item.items)
        elif isinstance(item, Paragraph):
            yield wording.paragraph(item.text)


def _frame(made: Any, wording: Wording, mark: str) -> None:  # noqa: ANN401 - as above
    """Set the mark across and above every page, and the page number below."""
    section = made.sections[0]
    if mark:
        head = section.header.paragraphs[0]._p  # noqa: SLF001 - the library shows no drawing
        head.getparent().replace(head, parse_xml(watermark(wording, mark)))
    foot = section.footer.paragraphs[0]._p  # noqa: SLF001 - as above
    foot.getparent().replace(foot, parse_xml(page_number(wording)))


def _add_footnotes(made: Any, content: str) -> None:  # noqa: ANN401 - as above
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        content.encode(),
        made.part.package,
    )
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    told = (
        f'<w:footnotePr {NAMESPACES}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    )
    settings = made.settings.element
    before = settings.find(qn("w:compat"))
    before.addprevious(parse_xml(told))

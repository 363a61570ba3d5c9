"""The Word file around its blocks: styles, fonts, page frame, footnotes, bytes without a moment."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import RGBColor

from undaunted.core.editions.writers.archives import repacked
from undaunted.core.editions.writers.framing import page_number, watermark
from undaunted.core.editions.writers.wording import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from undaunted.core.editions.writers.wording import Wording

__all__ = ["About", "begun", "finished", "linker"]

_LATIN: Final = "Noto Sans"
_COMPLEX: Final = "Noto Naskh Arabic"
_EAST: Final = "Noto Sans CJK SC"
_FIRST: Final = ("[Content_Types].xml", "_rels/.rels")
_SOFT: Final = RGBColor(0x56, 0x51, 0x4A)
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


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself; `moment` is its date, in seconds (UTC)."""

    title: str
    subtitle: str
    author: str
    language: str
    moment: int
    keywords: str = ""


def begun(about: About) -> Any:  # noqa: ANN401 - the library's document
    """Give an empty file with our styles and fonts."""
    made = docx.Document()
    styles = made.styles.element
    for style in _STYLES:
        styles.append(parse_xml(style.format(ns=NAMESPACES)))
    made.styles["Caption"].font.color.rgb = _SOFT
    for fonts in styles.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for name, family in (
            ("w:ascii", _LATIN), ("w:hAnsi", _LATIN), ("w:cs", _COMPLEX), ("w:eastAsia", _EAST),
        ):  # fmt: skip
            fonts.set(qn(name), family)
    for spaced in [each for each in styles.iter(qn("w:spacing")) if qn("w:val") in each.attrib]:
        spaced.getparent().remove(spaced)  # spaced letters tear Arabic words
    told, day = made.core_properties, datetime.fromtimestamp(about.moment, UTC).replace(tzinfo=None)
    told.title, told.subject = about.title[:255], about.subtitle[:255]
    told.author = told.last_modified_by = about.author[:255]
    told.language, told.comments, told.keywords = about.language, "", about.keywords[:255]
    told.created = told.modified = day
    told.revision = 1
    return made


def linker(made: Any) -> Callable[[str], str]:  # noqa: ANN401 - as above
    """Give what turns an outside address into the id of a link."""
    return lambda address: str(
        made.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    )


def finished(made: Any, wording: Wording, parts: Iterable[str], *, mark: str = "") -> bytes:  # noqa: ANN401 - as above
    """Give the bytes of the file with these blocks; `mark` stands across and above every page."""
    whole = parse_xml(f"<w:body {NAMESPACES}>{''.join(parts)}</w:body>")
    last = made.element.body.find(qn("w:sectPr"))
    for block in list(whole):
        last.addprevious(block)
    _frame(made, wording, mark)
    _add_footnotes(made, wording.footnotes())
    buffer = io.BytesIO()
    made.save(buffer)
    return repacked(buffer.getvalue(), first=_FIRST)


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

"""A sheet of a page or two for Word: heads without numbers, grids without lines, small letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final
from xml.sax.saxutils import quoteattr

from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from undaunted.core.editions.rules import (
    Bullets,
    Heading,
    Notice,
    Paragraph,
    PlacedTable,
    Strong,
)
from undaunted.core.editions.writers.widths import ROOM
from undaunted.core.editions.writers.wording import NAMESPACES, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undaunted.core.editions.rules import Text

__all__ = ["SheetWording", "mark_pages", "size_page", "size_styles"]

_DEEP: Final = RGBColor(0x0B, 0x4F, 0x5E)
_CENTRED: Final = '<w:jc w:val="center"/>'


class SheetWording(Wording):
    """Heads without numbers, and grids without lines; a label stays with what follows it."""

    cell_size: ClassVar[int] = 16
    room: ClassVar[int] = ROOM

    def heading(self, head: Heading) -> str:
        """Write the head of a section by its title alone."""
        runs = self._marked(head.key, self.run(head.title))
        page = "<w:pageBreakBefore/>" if head.new_page else ""
        return self.wrapped(runs, style="Heading1", properties=f"<w:keepNext/>{page}")

    def body(self) -> Iterable[str]:
        """Write what the document holds, block by block, as far as a sheet has blocks."""
        for item in self.layout.items:
            if isinstance(item, Heading):
                yield self.heading(item)
            elif isinstance(item, PlacedTable):
                yield from self.table(item)
            elif isinstance(item, Notice):
                yield self.notice(item.title, item.text)
            elif isinstance(item, Bullets):
                with self.tongue(item.language):
                    points = [self.paragraph(each, style="ListBullet") for each in item.items]
                yield from points
            elif isinstance(item, Paragraph):
                label = bool(item.text) and isinstance(item.text[0], Strong)
                with self.tongue(item.language):
                    told = self.paragraph(item.text, properties="<w:keepNext/>" if label else "")
                yield told

    def grid(
        self,
        rows: Iterable[Iterable[Text]],
        *,
        fill: str = "",
        label: str,
        widths: Sequence[int] = (),
    ) -> str:
        """Write texts side by side in a table without lines; a short row ends with a wide cell.

        `widths` are those of its columns, in twentieths of a point.
        """
        told = [list(row) for row in rows]
        most = max(map(len, told))
        visual = "<w:bidiVisual/>" if self._rtl else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        body = "".join(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            + "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>'
                f'<w:gridSpan w:val="{most - at + 1 if at == len(row) else 1}"/>{shade}</w:tcPr>'
                f"{self.paragraph(text)}</w:tc>"
                for at, text in enumerate(row, start=1)
            )
            + "</w:tr>"
            for row in told
        )
        columns = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths) or "<w:gridCol/>" * most
        return (
            f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="5000" w:type="pct"/>'
            f"<w:tblCaption w:val={quoteattr(label)}/></w:tblPr>"
            f"<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
        )


def size_styles(
    made: Any,  # noqa: ANN401 - the library's
    sizes: Iterable[tuple[str, float, float]],
    *,
    head_before: float,
    joined: float = 1.0,
) -> None:
    """Set styles: name, points, and points after each paragraph; joined letters are larger."""
    for name, points, after in sizes:
        style = made.styles[name]
        style.font.size = Pt(points)
        _size_complex(style, points + joined)
        if name in {"Title", "Heading 1"}:
            style.font.color.rgb = _DEEP
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.space_before = Pt(head_before if name == "Heading 1" else 0)
        style.paragraph_format.line_spacing = 1.0


def size_page(
    made: Any,  # noqa: ANN401 - as above
    *,
    beside: float,
    above: float,
    edge: float,
    wide: bool = False,
) -> None:
    """Set A4 with its margins, and how far head and foot stand from the edge, in centimetres."""
    page = made.sections[0]
    page.page_width, page.page_height = (Cm(29.7), Cm(21)) if wide else (Cm(21), Cm(29.7))
    if wide:
        page.orientation = WD_ORIENT.LANDSCAPE
    page.left_margin = page.right_margin = Cm(beside)
    page.top_margin = page.bottom_margin = Cm(above)
    page.header_distance = page.footer_distance = Cm(edge)


def mark_pages(made: Any, wording: Wording, marking: str, *, colour: str) -> None:  # noqa: ANN401 - as above
    """Set the marking above and below every page; the page number stands before it."""
    section = made.sections[0]
    run = wording.run(marking, f'<w:b/><w:bCs/><w:color w:val="{colour}"/>')
    for place, style in ((section.header.paragraphs[0], "Header"),
                         (section.footer.add_paragraph(), "Footer")):  # fmt: skip
        told = wording.wrapped(run, style=style, after=_CENTRED, spaces=f" {NAMESPACES}")
        element = place._p  # noqa: SLF001 - the library shows no such element
        element.getparent().replace(element, parse_xml(told))


def _size_complex(style: Any, points: float) -> None:  # noqa: ANN401 - as above
    """Set the size of Arabic and other joined letters, of which the library knows nothing."""
    size = style.element.rPr.find(qn("w:sz"))
    for old in style.element.rPr.findall(qn("w:szCs")):
        style.element.rPr.remove(old)
    size.addnext(parse_xml(f'<w:szCs {NAMESPACES} w:val="{round(points * 2)}"/>'))

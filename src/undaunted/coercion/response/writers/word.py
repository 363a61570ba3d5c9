"""A brief for Word: real styles, footnotes, tables whose heads repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import quoteattr

from docx.shared import Cm, Pt, RGBColor

from undaunted.core.editions.rules import (
    Bullets,
    Heading,
    Notice,
    Paragraph,
    PlacedTable,
    Strong,
    laid_out,
)
from undaunted.core.editions.writers import About, Wording, begun, finished, linker
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.response.writers.sheet import Brief
    from undaunted.core.editions.rules import Text

__all__ = ["write_brief_word"]

_DEEP: Final = RGBColor(0x0B, 0x4F, 0x5E)
_PALE: Final = "EEF4F4"
_SIZES: Final = (
    ("Normal", 9, 3), ("Title", 17, 4), ("Heading 1", 11, 3), ("List Bullet", 9, 2),
    ("footnote text", 7, 0), ("Footer", 8, 0), ("Caption", 8.5, 2),
)  # fmt: skip


def write_brief_word(brief: Brief, *, moment: int) -> bytes:
    """Give the file; runs in the brief's language. `moment` is its date, in seconds (UTC)."""
    document = brief.document
    about = About(document.title, "", document.publisher, document.language, moment, brief.marking)
    made = begun(about)
    _size(made)
    wording = _BriefWording(
        laid_out(document),
        language=document.language,
        right_to_left=direction(document.language) == "rtl",
        link=linker(made),
    )
    parts = [*_front(brief, wording), *_body(wording), wording.paragraph((document.licence,))]
    return finished(made, wording, parts)


class _BriefWording(Wording):
    """Heads without numbers, and grids without lines."""

    def heading(self, head: Heading) -> str:
        """Write the head of a section by its title alone."""
        runs = self._marked(head.key, self.run(head.title))
        return self.wrapped(runs, style="Heading1", properties="<w:keepNext/>")

    def grid(self, rows: Iterable[Iterable[Text]], *, fill: str = "", label: str) -> str:
        """Write texts side by side in a table without lines."""
        told = [list(row) for row in rows]
        visual = "<w:bidiVisual/>" if self._rtl else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        cell = f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{shade}</w:tcPr>'
        body = "".join(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            + "".join(f"{cell}{self.paragraph(text)}</w:tc>" for text in row)
            + "</w:tr>"
            for row in told
        )
        return (
            f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="5000" w:type="pct"/>'
            f"<w:tblCaption w:val={quoteattr(label)}/></w:tblPr>"
            f"<w:tblGrid>{'<w:gridCol/>' * len(told[0])}</w:tblGrid>{body}</w:tbl>"
        )


def _front(brief: Brief, wording: _BriefWording) -> Iterable[str]:
    kicker = wording.run(brief.kicker, '<w:b/><w:bCs/><w:color w:val="56514A"/>')
    yield wording.wrapped(kicker, style="Normal")
    yield wording.paragraph((brief.document.title,), style="Title")
    heads: list[tuple[Text, Text]] = [((label,), (Strong(told),)) for label, told in brief.heads]
    yield wording.grid(heads, label=brief.kicker)
    yield wording.paragraph(("",))
    figures: list[tuple[Text, ...]] = [
        tuple((Strong(each.value),) for each in brief.figures),
        tuple((each.label,) for each in brief.figures),
    ]
    yield wording.grid(figures, fill=_PALE, label=brief.document.title)
    yield wording.paragraph((brief.curve.alternative,))


def _body(wording: _BriefWording) -> Iterable[str]:
    for item in wording.layout.items:
        if isinstance(item, Heading):
            yield wording.heading(item)
        elif isinstance(item, PlacedTable):
            yield from wording.table(item)
        elif isinstance(item, Notice):
            yield wording.notice(item.title, item.text)
        elif isinstance(item, Bullets):
            with wording.tongue(item.language):
                points = [wording.paragraph(each, style="ListBullet") for each in item.items]
            yield from points
        elif isinstance(item, Paragraph):
            with wording.tongue(item.language):
                told = wording.paragraph(item.text)
            yield told


def _size(made: Any) -> None:  # noqa: ANN401 - the library's
    for name, points, after in _SIZES:
        style = made.styles[name]
        style.font.size = Pt(points)
        if name in {"Title", "Heading 1"}:
            style.font.color.rgb = _DEEP
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.space_before = Pt(8 if name == "Heading 1" else 0)
        style.paragraph_format.line_spacing = 1.0
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.9)
    page.top_margin = page.bottom_margin = Cm(1.6)
    page.footer_distance = Cm(0.7)

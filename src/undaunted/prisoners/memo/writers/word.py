"""A memo for Word: real styles, footnotes, a head that repeats, marked on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import quoteattr

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
    laid_out,
)
from undaunted.core.editions.writers import (
    NAMESPACES,
    About,
    Wording,
    begun,
    finished,
    hypothetical_text,
    linker,
)
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.editions.rules import Text
    from undaunted.prisoners.memo.rules import Chart, Memo

__all__ = ["write_memo_word"]

_DEEP: Final = RGBColor(0x0B, 0x4F, 0x5E)
_PALE: Final = "EEF4F4"
_SIZES: Final = (
    ("Normal", 8.5, 2), ("Title", 16, 2), ("Heading 1", 10.5, 1), ("List Bullet", 8.5, 1),
    ("footnote text", 6.5, 0), ("Header", 7.5, 0), ("Footer", 7.5, 0), ("Caption", 8, 1),
)  # fmt: skip
"""As small as in print, with less between: Word's lines are wider, its pages must be as many."""


def write_memo_word(memo: Memo, *, moment: int) -> bytes:
    """Give the file; runs in the memo's language. `moment` is its date, in seconds (UTC)."""
    document = memo.document
    made = begun(
        About(document.title, "", document.publisher, document.language, moment, memo.marking)
    )
    _size(made)
    wording = _MemoWording(
        laid_out(document),
        language=document.language,
        right_to_left=direction(document.language) == "rtl",
        link=linker(made),
    )
    _mark(made, wording, memo)
    return finished(made, wording, [*_front(memo, wording), *_body(wording), *_end(memo, wording)])


class _MemoWording(Wording):
    """Heads without numbers, grids without lines, and a note that is told once."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as the base takes them
        """Begin without notes."""
        super().__init__(*args, **more)
        self._told: dict[str, int] = {}

    def heading(self, head: Heading) -> str:
        """Write the head of a section by its title alone."""
        runs = self._marked(head.key, self.run(head.title))
        return self.wrapped(runs, style="Heading1", properties="<w:keepNext/>")

    def grid(self, rows: Iterable[Iterable[Text]], *, fill: str = "", label: str) -> str:
        """Write texts side by side in a table without lines; a short row ends with a wide cell."""
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
        columns = "<w:gridCol/>" * most
        return (
            f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="5000" w:type="pct"/>'
            f"<w:tblCaption w:val={quoteattr(label)}/></w:tblPr>"
            f"<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
        )

    def _note(self, text: Text) -> str:
        words_ = repr(text)
        if words_ in self._told:
            return _again(self._told[words_])
        made = super()._note(text)
        self._told[words_] = at = len(self._told) + 1
        start = f'<w:bookmarkStart w:id="{5000 + at}" w:name="note{at}"/>'
        return f'{start}{made}<w:bookmarkEnd w:id="{5000 + at}"/>'


def _again(at: int) -> str:
    """Refer to a note that stands already; Word keeps the number right."""
    style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    return (
        f'<w:fldSimple w:instr=" NOTEREF note{at} \\f \\h "><w:r>{style}<w:t>{at}</w:t></w:r>'
        "</w:fldSimple>"
    )


def _front(memo: Memo, wording: _MemoWording) -> Iterable[str]:
    colour = "A3261C" if memo.restricted else "56514A"
    kicker = wording.run(memo.kicker, f'<w:b/><w:bCs/><w:color w:val="{colour}"/>')
    yield wording.wrapped(kicker, style="Normal")
    yield wording.paragraph((memo.document.title,), style="Title")
    yield wording.grid(_heads(memo), label=memo.kicker)
    yield wording.paragraph(("",))
    if memo.document.hypothetical:
        yield wording.notice("", (hypothetical_text(),))
    if memo.stats:
        figures = [
            tuple((Strong(each.value),) for each in memo.stats),
            tuple(s.label for s in memo.stats),
        ]
        yield wording.grid(figures, fill=_PALE, label=memo.document.title)
        yield wording.paragraph(("",))
    if memo.chart:
        yield from _chart(memo.chart, wording)


def _heads(memo: Memo) -> list[list[Text]]:
    """Give the heads in two columns, as in print: the first stands alone, it may be long."""
    cells: list[list[Text]] = [[(label,), (Strong(told),)] for label, told in memo.heads]
    first, rest = cells[0], cells[1:]
    return [first, *([each for pair in rest[at : at + 2] for each in pair]
                     for at in range(0, len(rest), 2))]  # fmt: skip


def _chart(chart: Chart, wording: _MemoWording) -> Iterable[str]:
    """Write the years of the chart as a table: Word has no bars, the numbers are the same."""
    yield wording.paragraph(chart.title, style="Caption")
    years = tuple((("| " if each.break_before else "") + each.label,) for each in chart.bars)
    numbers = tuple((Strong(each.text),) for each in chart.bars)
    yield wording.grid([years, numbers], fill=_PALE, label=chart.alternative)
    yield wording.paragraph(("",))


def _body(wording: _MemoWording) -> Iterable[str]:
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
            yield wording.paragraph(item.text)


def _end(memo: Memo, wording: _MemoWording) -> Iterable[str]:
    for told in (memo.left_out, memo.document.licence):
        if told:
            yield wording.paragraph((told,))


def _size(made: Any) -> None:  # noqa: ANN401 - the library's
    for name, points, after in _SIZES:
        style = made.styles[name]
        style.font.size = Pt(points)
        _size_complex(style, points + 1)
        if name in {"Title", "Heading 1"}:
            style.font.color.rgb = _DEEP
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.space_before = Pt(4 if name == "Heading 1" else 0)
        style.paragraph_format.line_spacing = 1.0
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.7)
    page.top_margin = page.bottom_margin = Cm(1.3)
    page.header_distance = page.footer_distance = Cm(0.5)


def _size_complex(style: Any, points: float) -> None:  # noqa: ANN401 - the library's
    """Set the size of Arabic and other joined letters, of which the library knows nothing."""
    size = style.element.rPr.find(qn("w:sz"))
    for old in style.element.rPr.findall(qn("w:szCs")):
        style.element.rPr.remove(old)
    size.addnext(parse_xml(f'<w:szCs {NAMESPACES} w:val="{round(points * 2)}"/>'))


def _mark(made: Any, wording: _MemoWording, memo: Memo) -> None:  # noqa: ANN401 - as above
    """Set the marking above and below every page; the page number stands before it."""
    section = made.sections[0]
    colour = "A3261C" if memo.restricted else "56514A"
    run = wording.run(memo.marking, f'<w:b/><w:bCs/><w:color w:val="{colour}"/>')
    for place, style in ((section.header.paragraphs[0], "Header"),
                         (section.footer.add_paragraph(), "Footer")):  # fmt: skip
        told = wording.wrapped(
            run, style=style, after='<w:jc w:val="center"/>', spaces=f" {NAMESPACES}"
        )
        element = place._p  # noqa: SLF001 - the library shows no such element
        element.getparent().replace(element, parse_xml(told))

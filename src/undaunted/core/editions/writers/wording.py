"""The blocks of a document in WordprocessingML: text is escaped, and every direction is said."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Final
from xml.sax.saxutils import escape, quoteattr

from undaunted.core.editions.rules import (
    Link,
    Name,
    Number,
    Reference,
    Sort,
    Strong,
    breakable,
    notes_apart,
    runs_right_to_left,
)
from undaunted.core.editions.rules.document import ColumnKind
from undaunted.core.editions.writers import words
from undaunted.core.editions.writers.widths import ROOM, WHOLE, column_shares
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from undaunted.core.editions.rules import (
        Cell,
        Column,
        Heading,
        Layout,
        Piece,
        PlacedFigure,
        PlacedTable,
        Table,
        Text,
    )

__all__ = ["NAMESPACES", "Wording"]

_SCHEMAS: Final = "http://schemas.openxmlformats.org"
NAMESPACES: Final = " ".join(
    (
        f'xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main"',
        f'xmlns:r="{_SCHEMAS}/officeDocument/2006/relationships"',
        f'xmlns:wp="{_SCHEMAS}/drawingml/2006/wordprocessingDrawing"',
        f'xmlns:a="{_SCHEMAS}/drawingml/2006/main"',
        f'xmlns:pic="{_SCHEMAS}/drawingml/2006/picture"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
        'xmlns:o="urn:schemas-microsoft-com:office:office"',
    )
)
_WIDEST: Final = 5_486_400
"""Six inches in English Metric Units: the width between the margins."""
_TEXT_WIDTH: Final = 9750
"""Of a sheet of A4 between narrow margins, in twentieths of a point."""
_BORDER: Final = 'w:val="single" w:sz="24" w:space="6" w:color="9A5B00"'
_SLOT: Final = "\x00"
_LINE: Final = 'w:val="single" w:sz="4" w:space="0" w:color="CFC7B8"'
_LINES: Final = (
    f'<w:tblBorders><w:top {_LINE}/><w:left w:val="nil"/><w:bottom {_LINE}/>'
    f'<w:right w:val="nil"/><w:insideH {_LINE}/><w:insideV w:val="nil"/></w:tblBorders>'
)
"""Light lines between rows, as in the PDF."""


class Wording:
    """Writes the blocks of one document; holds its footnotes until they are asked for.

    Attributes:
        cell_size: of letters in tables, in half points.
        by_content: whether columns are as wide as what they hold asks, or whoever opens it chooses.
        room: how many of those letters stand in a line.
    """

    cell_size: ClassVar[int] = 17
    by_content: ClassVar[bool] = True
    room: ClassVar[int] = 90

    def __init__(
        self,
        layout: Layout,
        *,
        language: str,
        right_to_left: bool,
        link: Callable[[str], str],
        wide: bool = False,
    ) -> None:
        """Begin without footnotes; `link` gives the id of an outside address.

        `wide` says whether pages lie on their side.
        """
        self.layout = layout
        self._language, self._rtl = _word_tag(language), right_to_left
        self._link = link
        self._notes: list[str] = []
        self._marks = {key: at for at, key in enumerate(layout.places, start=1)}
        self._pictures = 0
        self._room = self.room * 3 // 2 if wide else self.room

    @contextmanager
    def tongue(self, language: str) -> Iterator[None]:
        """Write what is inside in another language than the document's, if one is named."""
        before = self._language, self._rtl
        if language:
            self._language, self._rtl = _word_tag(language), direction(language) == "rtl"
        yield
        self._language, self._rtl = before

    def paragraph(self, text: Text, *, style: str = "Normal", properties: str = "") -> str:
        """Write a paragraph in a style."""
        runs = "".join(self._piece(piece) for piece in notes_apart(text))
        return self.wrapped(runs, style=style, properties=properties)

    def heading(self, head: Heading) -> str:
        """Write the head of a section, which references lead to."""
        runs = self._marked(
            head.key, self.run(breakable(f"{head.number} {head.title}", digests=False))
        )
        page = "<w:pageBreakBefore/>" if head.new_page else ""
        return self.wrapped(runs, style=f"Heading{head.level}", properties=page)

    def notice(self, title: str, text: Text) -> str:
        """Write a paragraph with a bar at its start."""
        side = "right" if self._rtl else "left"
        bar = f'<w:pBdr><w:{side} {_BORDER}/></w:pBdr><w:shd w:val="clear" w:fill="FBF6EC"/>'
        whole = (Strong(title), " ", *text) if title else text
        return self.paragraph(whole, properties=bar)

    def contents(self, title: str) -> Iterator[str]:
        """Write the table of contents; each line leads to its section."""
        yield self.paragraph((Strong(title),))
        for head in self.layout.headings():
            run = self.run(f"{head.number} {head.title}", '<w:rStyle w:val="Hyperlink"/>')
            line = f'<w:hyperlink w:anchor="mark{self._marks[head.key]}">{run}</w:hyperlink>'
            side = "right" if self._rtl else "left"
            indent = f'<w:ind w:{side}="{240 * (head.level - 1)}"/>'
            yield self.wrapped(line, style="Normal", after=indent)

    def table(self, item: PlacedTable) -> Iterator[str]:
        """Write a table under its caption; its head is repeated on every page."""
        table = item.table
        yield self._caption(Sort.TABLE, item.number, table.caption, table.key)
        shares = column_shares(table, self._room) if self.by_content else (0,) * len(table.columns)
        head = "".join(
            self._cell(column.label, column, share, strong=True)
            for column, share in zip(table.columns, shares, strict=True)
        )
        rows = "".join(
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{self._row(table, row, shares)}</w:tr>"
            for row in table.rows
        )
        visual = "<w:bidiVisual/>" if self._rtl else ""
        grid = "".join(_grid_column(share, self._room) for share in shares)
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{visual}'
            f'<w:tblW w:w="{WHOLE}" w:type="pct"/>{_LINES}'
            '<w:tblLook w:firstRow="1" w:firstColumn="1"/>'
            f"<w:tblCaption w:val={quoteattr(table.caption)}/></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>"
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
        )
        yield self.paragraph(table.note or ("",))

    def figure(self, item: PlacedFigure, relation: str, width: int, height: int) -> Iterator[str]:
        """Write a picture under its caption, with its words for those who cannot see it."""
        figure = item.figure
        yield self._caption(Sort.FIGURE, item.number, figure.caption, figure.key)
        yield self.drawing(figure.alternative, relation, width, height)

    def drawing(self, alternative: str, relation: str, width: int, height: int) -> str:
        """Write a picture, no wider than the text, with its words."""
        scale = min(1.0, _WIDEST / max(width, 1))
        size = f'cx="{int(width * scale)}" cy="{int(height * scale)}"'
        self._pictures += 1
        about = f'id="{self._pictures}" name="Figure {self._pictures}"'
        drawn = (
            f"<w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr {about} "
            f"descr={quoteattr(alternative)}/><a:graphic><a:graphicData "
            f'uri="{_SCHEMAS}/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f"<pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
            f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        return self.wrapped(drawn, style="Normal")

    def footnotes(self) -> str:
        """Write the part that holds the notes."""
        lines = (
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
            '</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
            "<w:continuationSeparator/></w:r></w:p></w:footnote>"
        )
        notes = "".join(
            f'<w:footnote w:id="{at}">{note}</w:footnote>'
            for at, note in enumerate(self._notes, start=1)
        )
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return f"{head}<w:footnotes {NAMESPACES}>{lines}{notes}</w:footnotes>"

    def _caption(self, sort: Sort, number: int, caption: str, key: str) -> str:
        before, _, after = words.caption_of(
            sort, _SLOT, breakable(caption, digests=False)
        ).partition(_SLOT)
        field = (
            f'<w:fldSimple w:instr=" SEQ {sort.value.title()} \\* ARABIC ">'
            f"{self.run(str(number))}</w:fldSimple>"
        )
        told = (self.run(before) if before else "") + field + self.run(after)
        return self.wrapped(self._marked(key, told), style="Caption", properties="<w:keepNext/>")

    def _row(self, table: Table, row: tuple[Cell, ...], shares: Sequence[int]) -> str:
        held = zip(table.columns, row, shares, strict=True)
        return "".join(self._cell(cell, column, share) for column, cell, share in held)

    def _cell(self, cell: Cell, column: Column, share: int, *, strong: bool = False) -> str:
        """Write a cell; one of the head, which is strong, stays with the first row."""
        bold = "<w:b/><w:bCs/>" if strong else ""
        text = breakable(words.cell_text(cell), digests=False)
        rtl = runs_right_to_left(text, otherwise=self._rtl) if isinstance(cell, Name) else None
        size = f'<w:sz w:val="{self.cell_size}"/><w:szCs w:val="{self.cell_size}"/>'
        run = self.run(text, f"{bold}{size}", rtl=rtl)
        number = column.kind in {ColumnKind.WHOLE, ColumnKind.DECIMAL}
        side = '<w:jc w:val="end"/>' if number else ""
        inner = self.wrapped(
            run,
            style="Normal",
            properties="<w:keepNext/>" if strong else "",
            after=f'<w:spacing w:after="0"/>{side}',
        )
        shade = '<w:shd w:val="clear" w:fill="F4F0E8"/>' if strong else ""
        width = f'w:w="{share}" w:type="{"pct" if share else "auto"}"'
        return f"<w:tc><w:tcPr><w:tcW {width}/>{shade}</w:tcPr>{inner}</w:tc>"

    def _piece(self, piece: Piece) -> str:  # noqa: PLR0911 - one answer a sort of piece
        if isinstance(piece, str):
            return self.run(breakable(piece, digests=False)) if piece else ""
        if isinstance(piece, Name):
            rtl = runs_right_to_left(piece.text, otherwise=self._rtl)
            return self.run(breakable(piece.text, digests=False), rtl=rtl)
        if isinstance(piece, Strong):
            return self.run(breakable(piece.text, digests=False), "<w:b/><w:bCs/>")
        if isinstance(piece, Number):
            return self.run(words.cell_text(piece.value))
        blue = '<w:rStyle w:val="Hyperlink"/>'
        if isinstance(piece, Link):
            run = self.run(breakable(piece.text, digests=False), blue)
            return f'<w:hyperlink r:id="{self._link(piece.address)}">{run}</w:hyperlink>'
        if isinstance(piece, Reference):
            run = self.run(words.reference_text(self.layout.places[piece.to]), blue)
            return f'<w:hyperlink w:anchor="mark{self._marks[piece.to]}">{run}</w:hyperlink>'
        return self._note(piece.text)

    def _note(self, text: Text) -> str:
        self._notes.append("")
        at = len(self._notes)
        style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        plain = tuple(
            f"{each.text} ({each.address})" if isinstance(each, Link) else each for each in text
        )
        runs = f"<w:r>{style}<w:footnoteRef/></w:r>{self.run(' ')}"
        runs += "".join(self._piece(each) for each in plain)
        self._notes[at - 1] = self.wrapped(runs, style="FootnoteText")
        return f'<w:r>{style}<w:footnoteReference w:id="{at}"/></w:r>'

    def _marked(self, key: str, runs: str) -> str:
        at = self._marks[key]
        start = f'<w:bookmarkStart w:id="{at}" w:name="mark{at}"/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{at}"/>'

    def wrapped(
        self, runs: str, *, style: str, properties: str = "", after: str = "", spaces: str = ""
    ) -> str:
        """Wrap runs: `properties` stand before the direction in the schema, `after` behind it."""
        rtl = "<w:bidi/>" if self._rtl else ""
        return (
            f'<w:p{spaces}><w:pPr><w:pStyle w:val="{style}"/>{properties}{rtl}{after}</w:pPr>'
            f"{runs}</w:p>"
        )

    def run(self, text: str, properties: str = "", *, rtl: bool | None = None) -> str:
        """Write words in one look; `rtl` says which way they run, else as the document does."""
        right = "<w:rtl/>" if (self._rtl if rtl is None else rtl) else ""
        tongue = f'<w:lang w:val="{self._language}" w:bidi="{self._language}"/>'
        lines = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        return (
            f"<w:r><w:rPr>{properties}{right}{tongue}</w:rPr>"
            f'<w:t xml:space="preserve">{lines}</w:t></w:r>'
        )


def _grid_column(share: int, room: int) -> str:
    width = _TEXT_WIDTH * room // ROOM
    return f'<w:gridCol w:w="{width * share // WHOLE}"/>' if share else "<w:gridCol/>"


def _word_tag(language: str) -> str:
    return "zh-CN" if language == "zh-hans" else language

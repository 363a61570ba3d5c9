"""A paper as a Word file that can be edited: real styles, every direction said."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from docx.shared import Cm, Pt

from undaunted.core.editions.rules import (
    Bullets,
    Layout,
    Name,
    Notice,
    Paragraph,
    breakable,
    runs_right_to_left,
)
from undaunted.core.editions.writers import About, Wording, begun, finished, linker
from undaunted.prisoners.campaigns.rules.directions import closed
from undaunted.prisoners.campaigns.rules.papers import (
    Ask,
    Blank,
    Facts,
    Heading,
    Small,
    Ticks,
    plain,
)
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.editions.rules import Text
    from undaunted.prisoners.campaigns.rules.papers import Line, Paper

__all__ = ["moment_of", "write_word"]

_ACCENT: Final = '<w:color w:val="0B4F5E"/>'
_BAR: Final = 'w:val="single" w:sz="36" w:space="8" w:color="C27A12"'
_HAIRLINES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="DDD6C9"/>'
    for side in ("top", "bottom", "insideH")
)
_NO_RULE: Final = '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'
_TIED: Final = "\u00a0"
_NOT_NEEDED: Final = ("/stylesWithEffects", "/thumbnail")
_LINE: Final = "________________________"


def _sized(half_points: int, *, bold: bool = True, colour: str = "") -> str:
    strong = "<w:b/><w:bCs/>" if bold else ""
    return f'{strong}{colour}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


_CLOSE: Final = '<w:spacing w:val="0"/>'
"""Undoes the spaced letters of the style, which would tear Arabic words."""
_TITLE: Final = _sized(32, colour=_ACCENT + _CLOSE)
_HEAD: Final = _sized(24, colour=_ACCENT)
_LARGE: Final = _sized(26)
_LABEL: Final = _sized(19, bold=False, colour='<w:color w:val="56514A"/>')


def moment_of(paper: Paper) -> int:
    """Give the day of a paper in seconds (UTC): the moment that its files carry."""
    return int(datetime.combine(paper.day, time(), UTC).timestamp())


def write_word(paper: Paper) -> bytes:
    """Give the file; runs in the paper's language."""
    title = plain(paper.title)
    made = begun(About(title, "", paper.author, paper.language, moment_of(paper)))
    _as_letter(made)
    right_to_left = direction(paper.language) == "rtl"
    setter = _Setter(
        Wording(Layout(), language=paper.language, right_to_left=right_to_left, link=linker(made)),
        right_to_left=right_to_left,
    )
    parts = [
        *(part for line in paper.before for part in setter.line(line)),
        setter.looked(paper.title, _TITLE, style="Title", before=_NO_RULE),
        *(part for line in paper.lines for part in setter.line(line)),
    ]
    return finished(made, setter.wording, parts, mark=paper.mark)


def _as_letter(made: Any) -> None:  # noqa: ANN401 - the library's document
    """Set the page: A4, lines close enough for one page, and nothing that a letter needs not."""
    for held in (made.part.rels, made.part.package.rels):
        for key in [key for key, each in held.items() if each.reltype.endswith(_NOT_NEEDED)]:
            del held[key]
    section, body = made.sections[0], made.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2)
    body.font.size = Pt(10.5)
    body.paragraph_format.space_after = Pt(6)
    made.styles["Heading 1"].paragraph_format.space_before = Pt(10)


class _Setter:
    """Sets the lines of one paper."""

    def __init__(self, wording: Wording, *, right_to_left: bool) -> None:
        self.wording = wording
        self._start = "right" if right_to_left else "left"
        self._rtl = right_to_left

    def line(self, line: Line) -> Iterator[str]:
        """Give a line as paragraphs and tables."""
        if isinstance(line, Heading):
            yield self.looked((line.text,), _HEAD, style="Heading1", before="<w:keepNext/>")
        elif isinstance(line, Paragraph):
            yield self.wording.paragraph(self._apart(line.text))
        elif isinstance(line, Small):
            yield self.wording.paragraph(self._apart(line.text), style="FootnoteText")
        elif isinstance(line, Notice):
            yield self.wording.notice(line.title, line.text)
        elif isinstance(line, Bullets):
            yield from (
                self.wording.paragraph(self._apart(each), style="ListBullet") for each in line.items
            )
        elif isinstance(line, Ticks):
            ticks = "    ".join(f"□\u00a0{each.replace(' ', _TIED)}" for each in line.items)
            yield self.wording.paragraph((ticks,))
        elif isinstance(line, Facts):
            yield from self._facts(line)
        elif isinstance(line, Ask):
            yield self._ask(line)
        elif isinstance(line, Blank):
            label = self.wording.run(f"{line.label}: ", _LABEL)
            yield self.wording.wrapped(label + self.wording.run(line.text or _LINE), style="Normal")

    def looked(self, text: Text, look: str, *, style: str = "Normal", before: str = "") -> str:
        """Write a paragraph of which all words look alike."""
        return self.wording.wrapped(self._runs(text, look), style=style, properties=before)

    def _runs(self, text: Text, look: str = "") -> str:
        return "".join(
            self.wording.run(
                breakable(plain((piece,)), digests=False),
                look,
                rtl=runs_right_to_left(piece.text, otherwise=self._rtl)
                if isinstance(piece, Name)
                else None,
            )
            for piece in self._apart(text)
        )

    def _apart(self, text: Text) -> Text:
        return closed(text, right_to_left=self._rtl)

    def _ask(self, line: Ask) -> str:
        bar = f"<w:pBdr><w:{self._start} {_BAR}/></w:pBdr>"
        shade = '<w:shd w:val="clear" w:fill="FBF6EC"/>'
        space = '<w:spacing w:before="120" w:after="200"/><w:ind w:left="200"/>'
        return self.wording.wrapped(
            self._runs((line.text,), _LARGE),
            style="Normal",
            properties=f"<w:keepLines/>{bar}{shade}",
            after=space,
        )

    def _facts(self, line: Facts) -> Iterator[str]:
        visual = "<w:bidiVisual/>" if self._rtl else ""
        rows = "".join(
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{self._cell((label,), 1500, _LABEL)}"
            f"{self._cell(text, 3500)}</w:tr>"
            for label, text in line.rows
        )
        yield (
            f"<w:tbl><w:tblPr>{visual}"
            f'<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_HAIRLINES}</w:tblBorders>'
            '<w:tblLook w:firstColumn="1"/></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="2600"/><w:gridCol w:w="6040"/></w:tblGrid>{rows}</w:tbl>'
        )
        yield self.wording.wrapped("", style="Normal", after='<w:spacing w:after="0"/>')

    def _cell(self, text: Text, width: int, look: str = "") -> str:
        inner = self.wording.wrapped(
            self._runs(text, look), style="Normal", after='<w:spacing w:before="40" w:after="40"/>'
        )
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="pct"/></w:tcPr>{inner}</w:tc>'

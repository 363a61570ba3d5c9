"""What stands on every page of a Word file: the mark of a draft, and the number of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from undaunted.core.editions.writers import words
from undaunted.core.editions.writers.wording import NAMESPACES

if TYPE_CHECKING:
    from undaunted.core.editions.writers.wording import Wording

__all__ = ["page_number", "watermark"]

_FIELDS: Final = {"\x01": "PAGE", "\x02": "NUMPAGES"}
_CENTRED: Final = '<w:jc w:val="center"/>'
_FORMULAS: Final = (
    "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0",
    "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8",
    "mid @6 @7", "sum @6 0 @5",
)  # fmt: skip
"""Those of `_x0000_t136`, plain text as a shape (ECMA-376 part 4, 19.1.2.19)."""


def watermark(wording: Wording, mark: str) -> str:
    """Write the head of a page: the mark in words, and across the page behind the text."""
    formulas = "".join(f'<v:f eqn="{each}"/>' for each in _FORMULAS)
    sort = (
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        f'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>{formulas}</v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
    )
    shape = (
        '<v:shape id="mark" o:spid="_x0000_s2049" type="#_x0000_t136" '
        'style="position:absolute;margin-left:0;margin-top:0;width:480pt;height:48pt;'
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" fillcolor="#e6b8b4" stroked="f">'
        '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;Noto Sans&quot;;font-size:1pt"'
        f" string={quoteattr(mark)}/></v:shape>"
    )
    told = wording.run(mark, '<w:b/><w:bCs/><w:color w:val="A3261C"/>')
    return wording.wrapped(
        f"{told}<w:r><w:pict>{sort}{shape}</w:pict></w:r>",
        style="Header",
        after=_CENTRED,
        spaces=f" {NAMESPACES}",
    )


def page_number(wording: Wording) -> str:
    """Write the foot of a page: its number is Word's to set."""
    told = words.page_text("\x00\x01\x00", "\x00\x02\x00")
    runs = [
        f'<w:fldSimple w:instr=" {_FIELDS[part]} ">{wording.run("1")}</w:fldSimple>'
        if part in _FIELDS
        else wording.run(part)
        for part in told.split("\x00")
        if part
    ]
    return wording.wrapped("".join(runs), style="Footer", after=_CENTRED, spaces=f" {NAMESPACES}")

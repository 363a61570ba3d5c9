"""A page that draws pictures and words as something else than letters is looked at by people."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from tests.core.evidence.test_redacted_files import page_file, said
from undaunted.core.evidence.writers.pdf import clean_pdf
from undaunted.core.evidence.writers.redacting.readings import read_plainly

if TYPE_CHECKING:
    from collections.abc import Callable

    Turn = Callable[[Pdf, Any], None]

IMAGE = b" q 90 0 0 20 30 30 cm BI /W 8 /H 1 /CS /G /BPC 8 ID \x00\xff\x00\xff\x00\xff\x00\xff"
ROUND = b" 10 10 m 20 30 40 30 50 10 c S"
SLANT = b" 10 10 m 20 30 l S"
BAR = b" 10 10 4 4 re f"
RULE = b" 10 10 m 300 10 l S"


def _unread(drawn: bytes, turn: Turn | None = None) -> bool:
    """Tell whether a page with a letter and something else is one to look at, once clean."""
    source = page_file(said("1") + drawn, turn=turn)
    return bool(read_plainly(clean_pdf(io.BytesIO(source)).content, 9)[1])


def test_letters_and_the_lines_of_a_table_are_read() -> None:
    assert not _unread(b"")
    assert not _unread(RULE * 40)
    assert not _unread(BAR * 200), "boxes of a table"
    assert not _unread(ROUND * 8 + SLANT * 4), "two boxes with round corners, an arrow"


@pytest.mark.parametrize(
    "drawn",
    [
        IMAGE + b" EI Q",
        IMAGE,
        b" /Shade sh",
        ROUND * 60,
        SLANT * 60,
        b" 0.01 0 0 0.01 0 0 cm" + SLANT * 60,
        b" 0 0 m" + b" 9 9 l 9 0 l" * 30 + b" f",
        b" 1 1 4 4 re" * 60 + b" f",
        BAR * 900,
        b" /No l",
    ],
    ids=["image", "image without end", "shade", "curves", "strokes", "small strokes", "outline",
         "dots of one path", "dots", "damaged"],
)  # fmt: skip
def test_page_that_draws_more_than_letters_is_looked_at(drawn: bytes) -> None:
    assert _unread(drawn)


def _form(drawn: bytes) -> Turn:
    def turn(pdf: Pdf, sheet: Any) -> None:
        form = pdf.make_stream(drawn, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))
        sheet.obj.Resources.XObject = Dictionary(X1=form)

    return turn


def _note(drawn: bytes) -> Turn:
    def turn(pdf: Pdf, sheet: Any) -> None:
        look = pdf.make_stream(drawn, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))
        note = Dictionary(Subtype=Name.Stamp, Rect=Array([0, 0, 99, 99]), AP=Dictionary(N=look))
        sheet.obj.Annots = Array([note])

    return turn


def test_forms_and_notes_are_looked_through_as_often_as_they_are_drawn() -> None:
    for within in (_form, _note):
        assert not _unread(b" /X1 Do", within(RULE)), within.__name__
        assert _unread(b" /X1 Do", within(IMAGE + b" EI Q")), within.__name__
        assert _unread(b" /X1 Do", within(SLANT * 60)), within.__name__
    assert not _unread(b" /X1 Do", _form(SLANT))
    assert _unread(b" /X1 Do" * 60, _form(SLANT))
    assert _unread(b" /X1 Do", _form(b" /X1 Do")), "a form that draws itself"


def test_shade_that_fills_is_looked_at() -> None:
    def turn(pdf: Pdf, sheet: Any) -> None:
        shade = pdf.make_stream(
            b"\x00" * 20, ShadingType=4, ColorSpace=Name.DeviceGray, BitsPerCoordinate=8,
            BitsPerComponent=8, BitsPerFlag=8, Decode=Array([0, 9, 0, 9, 0, 1]),
        )  # fmt: skip
        sheet.obj.Resources.Pattern = Dictionary(P1=Dictionary(PatternType=2, Shading=shade))

    assert _unread(b" /Pattern cs /P1 scn 0 0 90 90 re f", turn)

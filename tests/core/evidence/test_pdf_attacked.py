"""A PDF that keeps a name in every way there is: no byte of the copy has it, no bar lies beside it.

The files are built part by part, cleaned and redacted as the product does; then the name is looked
for in all bytes of the copy, unpacked, and in its pixels.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ImageChops

from tests.core.evidence.test_redacted_files import (
    NAME,
    dark,
    ink,
    letters,
    lightest,
    page_file,
    said,
)
from tests.core.evidence.test_redaction_attacked import made
from undaunted.core.evidence.rules import (
    Box,
    Unredactable,
    WhyUnredactable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Turn = Callable[[Pdf, Any], None]

WORDS = ("Dobrev", "dobrev", "Vasil")
HERE = said("Vasil Dobrev", (30, 100)) + said("stays whole", (30, 30))


def unpacked(content: bytes) -> list[bytes]:
    """Give a file's bytes, each stream unpacked, and each string of it."""
    told = [content]
    for at in re.finditer(rb"stream\r?\n", content):
        try:
            told.append(zlib.decompressobj().decompress(content[at.end() :]))
        except zlib.error:
            continue
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for each in pdf.objects:
            told.append(each.unparse())
            if isinstance(each, Stream):
                told += [each.read_raw_bytes(), _read(each)]
    return told


def _read(stream: Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a JPEG
        return b""


def left(content: bytes) -> list[str]:
    """Give which words are left, in one byte a letter, in two, or written as digits."""
    found = []
    for word in WORDS:
        ways = [word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le")]
        ways += [each.hex().encode() for each in ways]
        ways += [each.upper() for each in ways[3:]]
        found += [word for told in unpacked(content) if any(way in told for way in ways)]
    return found


def _field(pdf: Pdf, sheet: Any) -> None:
    look = Stream(pdf, said(NAME, (2, 5)), Type=Name.XObject, Subtype=Name.Form,
                  BBox=[0, 0, 150, 30], Resources=sheet.obj.Resources)  # fmt: skip
    field = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=[200, 20, 350, 50], F=4,
                   T=String(NAME), TU=String(NAME), V=String(NAME), DV=String(NAME),
                   DA=String("/F1 12 Tf"), AP=Dictionary(N=look))
    )  # fmt: skip
    sheet.obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=String(NAME))


def _notes(pdf: Pdf, sheet: Any) -> None:
    spot = Array([10, 10, 60, 60])
    every = [
        Dictionary(Subtype=Name.Text, Rect=spot, Contents=String(NAME), T=String(NAME)),
        Dictionary(Subtype=Name.Link, Rect=spot,
                   A=Dictionary(S=Name.URI, URI=String("http://x/Vasil%20Dobrev"))),
        Dictionary(Subtype=Name.Popup, Rect=spot, Contents=String(NAME)),
        Dictionary(Subtype=Name.Highlight, Rect=spot, QuadPoints=[10, 60, 60, 60, 10, 10, 60, 10],
                   Contents=String(NAME), RC=String(f"<p>{NAME}</p>")),
        Dictionary(Subtype=Name.Redact, Rect=spot, OverlayText=String(NAME)),
    ]  # fmt: skip
    sheet.obj.Annots = Array([pdf.make_indirect(each) for each in every])


def _attached(pdf: Pdf, sheet: Any) -> None:
    pdf.attachments["Dobrev.txt"] = NAME.encode()
    file = Dictionary(Type=Name.Filespec, F=String("Dobrev.txt"),
                      EF=Dictionary(F=Stream(pdf, NAME.encode())))  # fmt: skip
    note = Dictionary(Subtype=Name.FileAttachment, Rect=[1, 1, 9, 9], FS=file)
    sheet.obj.Annots = Array([pdf.make_indirect(note)])


def _layer(pdf: Pdf, sheet: Any) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(NAME)))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer], Order=[layer]))
    sheet.obj.Resources.Properties = Dictionary(L1=layer)
    drawn = b"/OC /L1 BDC " + said(NAME, (200, 150)) + b" EMC " + HERE
    sheet.obj.Contents = Stream(pdf, drawn)


def _told_of(pdf: Pdf, sheet: Any) -> None:
    with pdf.open_metadata() as told:
        told["dc:title"] = NAME
    pdf.docinfo["/Author"] = NAME
    sheet.obj.PieceInfo = Dictionary(X=Dictionary(Private=String(NAME)))
    sheet.obj.Metadata = Stream(pdf, NAME.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Lang = String("Dobrev")


def _structure(pdf: Pdf, sheet: Any) -> None:
    part = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, Pg=sheet.obj, K=0, ActualText=String(NAME),
                   Alt=String(NAME), E=String(NAME), T=String(NAME))
    )  # fmt: skip
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=[part])
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    drawn = b"/P <</MCID 0 /ActualText (Vasil Dobrev)>> BDC " + said("he", (250, 30)) + b" EMC "
    sheet.obj.Contents = Stream(pdf, drawn + HERE)


def _outline(pdf: Pdf, sheet: Any) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(NAME, 0))
    pdf.Root.PageLabels = Dictionary(Nums=[0, Dictionary(P=String(NAME))])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=[String(NAME), [sheet.obj, Name.Fit]]))
    pdf.Root.Dests = Dictionary({"/Dobrev": Array([sheet.obj, Name.Fit])})
    pdf.Root.ViewerPreferences = Dictionary(X=String(NAME))


def _script(pdf: Pdf, sheet: Any) -> None:
    step = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{NAME}')"))
    pdf.Root.OpenAction = step
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("a"), step]))
    sheet.obj.AA = Dictionary(O=step)


def _under_a_picture(pdf: Pdf, sheet: Any) -> None:
    white = Stream(pdf, b"\xff" * 3, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
                   ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Alt=String(NAME))  # fmt: skip
    sheet.obj.Resources.XObject = Dictionary(Im1=white)
    cover = b" q 390 0 0 60 5 85 cm /Im1 Do Q"
    sheet.obj.Contents = Stream(pdf, HERE + b" 3 Tr " + said(NAME, (30, 150)) + cover)


def _beside_the_page(pdf: Pdf, sheet: Any) -> None:
    more = said(NAME, (900, 900)) + b" q 0 0 1 1 re W n " + said(NAME, (60, 60)) + b" Q"
    sheet.obj.Contents = Stream(pdf, HERE + more + b" % Vasil Dobrev\n")
    pdf.make_indirect(Dictionary(Unused=String(NAME)))
    sheet.obj.Resources[Name("/Dobrev")] = Dictionary(A=String(NAME))


EVERY = [_field, _notes, _attached, _layer, _told_of, _structure, _outline, _script,
         _under_a_picture, _beside_the_page]  # fmt: skip


@pytest.mark.parametrize("turn", EVERY, ids=lambda each: each.__name__.strip("_"))
def test_name_is_in_no_byte_and_what_lies_beside_is_whole(turn: Turn) -> None:
    source = page_file(HERE, turn=turn)
    assert left(source)
    copy = made(source, NAME)
    assert left(copy.content) == []
    assert letters(copy.content) == 0
    assert lightest(ink(copy.content).crop((35, 86, 100, 98))) < 60
    kept = (25, 150, 150, 175)
    assert ImageChops.difference(ink(copy.content).crop(kept), ink(source).crop(kept)).getbbox() \
        is None or dark(ink(copy.content).crop(kept))  # fmt: skip


def test_earlier_version_of_the_file_is_gone() -> None:
    first = page_file(said(NAME) + said("Olena Korsak", (30, 30)))
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
    drawn = said("a person", (30, 100)) + said("Olena Korsak", (30, 30))
    at = len(first)
    fresh = b"%d 0 obj\n<</Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        number,
        len(drawn),
        drawn,
    )
    before = int(first.rpartition(b"startxref")[2].split()[0])
    root = re.search(rb"/Root (\d+ \d+ R)", first)
    size = re.search(rb"/Size (\d+)", first)
    assert root
    assert size
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    trailer = b"trailer\n<</Root %b /Size %b /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        root[1], size[1], before, at + len(fresh),
    )  # fmt: skip
    source = first + fresh + table + trailer
    assert left(source)
    with pytest.raises(Unredactable) as refusal:
        made(source, NAME)
    assert refusal.value.reason is WhyUnredactable.PASSAGE_MISSING
    assert left(made(source, "Olena Korsak").content) == []


def hybrid() -> bytes:
    """Make a file with two tables of its parts, of which old readers see one."""
    inner = b"<</Author (Vasil Dobrev)>>"
    packed = b"6 0 " + inner
    parts = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        (
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R "
            b"/Resources <</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>>"
        ),
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(HERE), HERE),
        b"<</Type /ObjStm /N 1 /First 4 /Length %d>>\nstream\n%b\nendstream"
        % (len(packed), packed),
    ]
    out, places = b"%PDF-1.5\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    rows = b"\x02\x00\x05\x00"
    second = len(out)
    out += (b"7 0 obj\n<</Type /XRef /Size 8 /Index [6 1] /W [1 2 1] /Length 4>>\nstream\n"
            b"%b\nendstream\nendobj\n" % rows)  # fmt: skip
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Root 1 0 R /Size 8 /Info 6 0 R /XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        second, table,
    )  # fmt: skip
    return out


def test_file_with_two_tables_of_its_parts_and_one_that_opens_without_a_word() -> None:
    with pikepdf.open(io.BytesIO(hybrid())) as pdf:
        assert str(pdf.docinfo["/Author"]) == NAME
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user=""))
    for source in (hybrid(), out.getvalue()):
        copy = made(source, NAME)
        assert left(copy.content) == []
        with pikepdf.open(io.BytesIO(copy.content)) as held:
            assert not held.is_encrypted


@pytest.mark.parametrize(
    "said_instead",
    [
        b"/Span <</ActualText (nobody)>> BDC %b EMC ",
        b"/Span <</Actual#54ext (nobody)>> BDC %b EMC ",
        b"/Span /P1 BDC %b EMC ",
        b"/Fm1 Do %.0b",
    ],
)
def test_letters_for_which_the_file_gives_other_words_are_found_as_they_are_drawn(
    said_instead: bytes,
) -> None:
    def turn(pdf: Pdf, sheet: Any) -> None:
        sheet.obj.Resources.Properties = Dictionary(P1=Dictionary(ActualText=String("nobody")))
        drawn = b"/Span <</ActualText (nobody)>> BDC %b EMC" % said("Dobrev", (30, 150))
        sheet.obj.Resources.XObject = Dictionary(
            Fm1=Stream(pdf, drawn, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 200],
                       Resources=Dictionary(Font=sheet.obj.Resources.Font))
        )  # fmt: skip

    source = page_file(said_instead % said("Dobrev", (30, 150)) + said("Dobrev"), turn=turn)
    copy = made(source, "Dobrev")
    assert copy.places == 2
    assert lightest(ink(copy.content).crop((35, 36, 90, 48))) < 60


def test_page_that_draws_what_tells_no_letters_is_told_by_its_number() -> None:
    def pattern(pdf: Pdf, sheet: Any) -> None:
        drawn = Stream(pdf, said(NAME, (5, 5)), Type=Name.Pattern, PatternType=1, PaintType=1,
                       TilingType=1, BBox=[0, 0, 300, 100], XStep=300, YStep=100,
                       Resources=Dictionary(Font=sheet.obj.Resources.Font))  # fmt: skip
        sheet.obj.Resources.Pattern = Dictionary(P1=drawn)
        sheet.obj.Contents = Stream(pdf, said("plain") + b"/Pattern cs /P1 scn 0 0 300 50 re f")

    def mask(pdf: Pdf, sheet: Any) -> None:
        group = Stream(pdf, said(NAME), Subtype=Name.Form, BBox=[0, 0, 400, 200],
                       Resources=Dictionary(Font=sheet.obj.Resources.Font),
                       Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))  # fmt: skip
        state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))
        sheet.obj.Resources.ExtGState = Dictionary(G1=state)

    def font(pdf: Pdf, sheet: Any) -> None:
        sheet.obj.Resources.Font[Name("/F2")] = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1, 1],
            FontMatrix=[1, 0, 0, 1, 0, 0], CharProcs=Dictionary(a=Stream(pdf, b"0 0 m")),
            FirstChar=97, LastChar=97, Widths=[1],
            Encoding=Dictionary(Differences=[97, Name("/a")]),
        )  # fmt: skip

    def picture(pdf: Pdf, sheet: Any) -> None:
        inline = b" q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"
        sheet.obj.Contents = Stream(pdf, said("plain") + inline)

    for turn in (pattern, mask, font, picture):
        copy = made(page_file(said("plain"), turn=turn), "plain")
        assert copy.unsearched == (1,), turn.__name__
    assert made(page_file(said("plain")), "plain").unsearched == ()
    scan = made(page_file(b"0 0 9 9 re f"), boxes=(Box(1, 0, 0, 5, 5),))
    assert scan.unsearched == (1,)
    assert scan.kept == ("look_at_pages", "pages_without_words")

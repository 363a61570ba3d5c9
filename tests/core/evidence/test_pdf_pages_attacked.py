"""Pages that are turned, shifted, huge, many, packed: a bar lies on the word, nothing hangs."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageChops

from tests.core.evidence.test_pdf_attacked import HERE, left
from tests.core.evidence.test_redacted_files import NAME, ink, lightest, page_file, said
from tests.core.evidence.test_redaction_attacked import made
from undaunted.core.evidence.rules import (
    Box,
    MediaKind,
    Unredactable,
    WhyUncleanable,
    WhyUnredactable,
    marks_of,
)
from undaunted.core.evidence.writers import clean_copy, redacted_copy


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "boxes",
    [
        {"MediaBox": [-100, -50, 300, 150]},
        {"MediaBox": [0, 0, 900, 700], "CropBox": [100, 50, 500, 350]},
        {"MediaBox": [0, 0, 400, 200], "CropBox": [-50, -50, 300, 900]},
        {"MediaBox": [400, 200, 0, 0]},
        {"MediaBox": [0, 0, 400, 200], "UserUnit": 3},
    ],
    ids=["shifted", "cropped", "crop beyond", "upside down", "larger unit"],
)
def test_box_lies_where_it_was_seen_on_a_turned_or_shifted_page(
    turned: int, boxes: dict[str, Any]
) -> None:
    drawn = b"1 0 0 rg 120 90 40 30 re f 0 0.6 0 rg 200 60 60 40 re f"
    page = {key: Array(value) if isinstance(value, list) else value
            for key, value in boxes.items()}  # fmt: skip
    source = page_file(drawn, Rotate=turned, **page)
    before = ink(source)
    red, _green = _patches(source)
    wide, high = before.size
    one = Box(1, red[0] / wide * 100, red[1] / high * 100,
              (red[2] - red[0]) / wide * 100, (red[3] - red[1]) / high * 100)  # fmt: skip
    copy = made(source, boxes=(one,))
    after = ink(copy.content)
    assert abs(after.width - wide) <= 2
    assert abs(after.height - high) <= 2
    inside = (red[0] + 2, red[1] + 2, red[2] - 3, red[3] - 3)
    assert lightest(after.crop(inside)) < 40
    assert not _patches(copy.content)[0]
    assert _patches(copy.content)[1]


def _patches(content: bytes) -> tuple[Any, Any]:
    """Give where a page is red, and where it is green."""
    drawn = pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil().convert("RGB")
    red, green, _blue = drawn.split()

    def strong(one: Image.Image, other: Image.Image) -> Any:
        return ImageChops.subtract(one, other).point(lambda s: 255 if s > 90 else 0).getbbox()

    return strong(red, green), strong(green, red)


@pytest.mark.parametrize("turned", [0, 90])
@pytest.mark.parametrize("lean", ["0.7 0.7 -0.7 0.7 150 60", "0 1 -1 0 200 60", "-1 0 0 1 300 100"])
def test_bar_lies_on_words_that_stand_slanted_upright_and_mirrored(turned: int, lean: str) -> None:
    drawn = f"BT /F1 20 Tf {lean} Tm (ZZZZ) Tj ET ".encode()
    source = page_file(drawn, Rotate=turned)
    after = ink(made(source, "zzzz").content)
    inked = ink(source).point(lambda shade: 255 if shade < 128 else 0)
    assert inked.getbbox()
    uncovered = ImageChops.multiply(inked, after.point(lambda shade: 255 if shade > 60 else 0))
    assert uncovered.getbbox() is None


def test_huge_page_is_drawn_coarser_and_many_pages_are_refused() -> None:
    source = page_file(said("Dobrev"), MediaBox=Array([0, 0, 14_400, 14_400]))
    copy = made(source, "Dobrev")
    with pikepdf.open(io.BytesIO(copy.content)) as pdf:
        image = pdf.pages[0].obj.Resources.XObject["/Page"]
        assert int(image.Width) * int(image.Height) < 13_000_000
    with pikepdf.new() as pdf:
        for _ in range(1_000):
            pdf.add_blank_page()
        pdf.Root.Pages.Count = 3
        out = io.BytesIO()
        pdf.save(out)
    with pytest.raises(Unredactable) as refusal:
        made(out.getvalue(), boxes=(Box(1, 0, 0, 9, 9),))
    assert refusal.value.reason is WhyUnredactable.MANY_PAGES


def zeros(megabytes: int) -> bytes:
    """Pack so many megabytes of nothing, without unpacking them."""
    packing = zlib.compressobj(9)
    block = packing.compress(b"\x00" * 2**20) + packing.flush(zlib.Z_FULL_FLUSH)
    head, block = block[:2], block[2:]
    end = ((megabytes * 2**20) % 65521 << 16 | 1).to_bytes(4, "big")
    return zlib.compress(head + block * megabytes + zlib.compressobj(9).flush()[2:-4] + end, 9)


def test_page_that_unpacks_to_more_than_there_is_room_for_is_refused() -> None:
    def packed(pdf: Pdf, sheet: Any) -> None:
        sheet.obj.Contents = Stream(pdf, zeros(200), Filter=[Name.FlateDecode] * 2)

    with pytest.raises(Unredactable) as refusal:
        redacted_copy(page_file(HERE, turn=packed), MediaKind.PDF, marks_of([NAME], ()))
    assert refusal.value.unclean is WhyUncleanable.TOO_LARGE


def test_picture_that_claims_to_be_larger_than_there_is_room_for_keeps_no_name() -> None:
    def picture(pdf: Pdf, sheet: Any) -> None:
        sheet.obj.Resources.XObject = Dictionary(
            Im1=Stream(pdf, zlib.compress(b"\x00" * 1_000_000, 9), Subtype=Name.Image,
                       Width=200_000, Height=200_000, ColorSpace=Name.DeviceGray,
                       BitsPerComponent=8, Filter=Name.FlateDecode)
        )  # fmt: skip
        sheet.obj.Contents = Stream(pdf, HERE + b" q 9 0 0 9 0 0 cm /Im1 Do Q")

    clean = clean_copy(io.BytesIO(page_file(HERE, turn=picture))).content
    copy = redacted_copy(clean, MediaKind.PDF, marks_of([NAME], ()))
    assert left(copy.content) == []
    assert copy.unsearched == (1,)

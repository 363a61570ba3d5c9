"""Pages of a PDF as pictures, with what is taken out burnt in; nothing else of the file is left.

Words are found in the letters that the file says it draws, in notes and fields too, which become
part of the page first. A bar fills columns of the page: it does not tell the word under it.
"""

from __future__ import annotations

import ctypes
import io
import math
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from undaunted.core.evidence.rules import (
    MediaKind,
    PassageMissing,
    Passages,
    Redacted,
    Uncleanable,
    Unredactable,
    WhyUncleanable,
    WhyUnredactable,
)
from undaunted.core.evidence.writers.redacting.pictures import burn, edges_of
from undaunted.core.evidence.writers.redacting.readings import read_plainly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from PIL.Image import Image

    from undaunted.core.evidence.rules import Marks

__all__ = ["page_drawn", "redact_pages"]

MOST_PAGES: Final = 100
_INCH: Final = 72
_DOTS: Final = 150
"""Dots an inch: small print stays readable."""
_MOST_DOTS: Final = 12_000_000
"""Pixels of a page; what is larger is drawn coarser."""
_QUALITY: Final = 85
_STEPS: Final = 6
"""A bar fills sixths of the page, always the same ones, whatever the word under it."""
_AROUND: Final = 3
_SHORT: Final = 4
_DEEPEST: Final = 40
_PARTING: Final = frozenset("-\u00ad\u2010\u2011\x02\ufffe")
"""What parts a word at the end of a line; the last two are how the library tells of it."""


class _Edges(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


def redact_pages(content: bytes, marks: Marks) -> Redacted:
    """Draw each page with its boxes burnt in. Raises `Unredactable`, `Uncleanable`."""
    plain, unread = read_plainly(content, MOST_PAGES)
    with _opened(plain) as pdf, pikepdf.new() as made:
        pages = len(pdf)
        if pages > MOST_PAGES:
            raise Unredactable(WhyUnredactable.MANY_PAGES)
        beyond = [line for line, box in enumerate(marks.boxes, start=1) if box.page > pages]
        if beyond:
            raise Unredactable(WhyUnredactable.NO_SUCH_PAGE, beyond)
        found: set[int] = set()
        places, silent = len(marks.boxes), False
        unsearched: list[int] = []
        for number in range(pages):
            page = _Page(pdf, number)
            bars, lines = page.bars(marks.passages)
            found |= lines
            places += len(bars)
            silent = silent or not page.text.strip()
            if page.holds_pictures or number + 1 in unread or not page.text.strip():
                unsearched.append(number + 1)
            picture = page.drawn()
            drawn = [box for box in marks.boxes if box.page == number + 1]
            burn(picture, (*chain(*bars), *(edges_of(box, picture.size) for box in drawn)))
            _add(made, picture, page.size)
        try:
            Passages(marks.passages).require(frozenset(found))
        except PassageMissing as missing:
            raise Unredactable(WhyUnredactable.PASSAGE_MISSING, missing.lines) from missing
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
    _check_bare(out.getvalue())
    kept = ("look_at_pages", *(("pages_without_words",) if silent else ()))
    return Redacted(out.getvalue(), MediaKind.PDF, places, kept, tuple(unsearched))


def page_drawn(content: bytes, number: int) -> tuple[Image, int]:
    """Give a page as a picture, from 1, and how many there are. Raises as `redact_pages`."""
    with _opened(content) as pdf:
        pages = len(pdf)
        if not 1 <= number <= min(pages, MOST_PAGES):
            raise Unredactable(WhyUnredactable.NO_SUCH_PAGE)
        return _Page(pdf, number - 1).drawn(), pages


class _Opened:
    """A PDF and its library's handle, closed together."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __enter__(self) -> Any:  # noqa: ANN401 - the library has no types
        try:
            self._pdf = pdfium.PdfDocument(self._content)
        except pdfium.PdfiumError as problem:
            locked = getattr(problem, "err_code", 0) == raw.FPDF_ERR_PASSWORD
            why = WhyUncleanable.LOCKED if locked else WhyUncleanable.DAMAGED
            raise Uncleanable(why) from problem
        return self._pdf

    def __exit__(self, *_: object) -> None:
        self._pdf.close()


def _opened(content: bytes) -> _Opened:
    return _Opened(content)


class _Page:
    """One page, with notes and fields made part of it: how large, its letters, where they stand."""

    def __init__(self, pdf: Any, number: int) -> None:  # noqa: ANN401 - the library has no types
        try:
            page = pdf[number]
            flat = raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
            self._page = pdf[number]
            self._letters = self._page.get_textpage()
        except pdfium.PdfiumError as problem:
            raise Uncleanable(WhyUncleanable.DAMAGED) from problem
        if flat == raw.FLATTEN_FAIL:
            raise Uncleanable(WhyUncleanable.DAMAGED)
        self.size: tuple[float, float] = self._page.get_size()
        width, height = self.size
        if not (width > 0 and height > 0 and math.isfinite(width * height)):
            raise Uncleanable(WhyUncleanable.DAMAGED)
        self._scale = min(_DOTS / _INCH, math.sqrt(_MOST_DOTS / (width * height)))
        count = self._letters.count_chars()
        self.text = "".join(
            chr(raw.FPDFText_GetUnicode(self._letters, each)) for each in range(count)
        )

    @property
    def holds_pictures(self) -> bool:
        """Tell whether it draws a picture; one may be cut into lines, so that none is too small."""
        wanted = [raw.FPDF_PAGEOBJ_IMAGE]
        return any(True for _ in self._page.get_objects(filter=wanted, max_depth=_DEEPEST))

    @property
    def dots(self) -> tuple[int, int]:
        """Give width and height in pixels."""
        return tuple(max(1, math.ceil(each * self._scale)) for each in self.size)  # type: ignore[return-value]

    def drawn(self) -> Image:
        """Draw it on white, without what the library could be made to add."""
        picture: Image = self._page.render(scale=self._scale, may_draw_forms=False).to_pil()
        return picture.convert("RGB")

    def bars(self, passages: tuple[str, ...]) -> tuple[list[list[_Edges]], frozenset[int]]:
        """Give the bars over each place of a passage, in pixels, and the lines that stand here."""
        black, close = Passages(passages), Passages(_close(each) for each in passages)
        spans, found = black.spans(self.text), set(black.found([self.text]))
        tight, places = _squeezed(self.text)
        held = {place for start, stop in spans for place in range(start, stop)}
        for begin, end in close.spans(tight):
            span = places[begin], places[end - 1] + 1
            if _is_bounded(*span, self.text):
                found |= close.found([tight[begin:end]])
                if not held.issuperset(places[begin:end]):
                    spans.append(span)
        return [list(self._over(*span)) for span in spans], frozenset(found)

    def _over(self, start: int, end: int) -> Iterator[_Edges]:
        """Give the bars over letters: one a line."""
        held: list[_Edges] = []
        for each in range(start, end):
            edges = self._edges(each)
            if edges is None:
                continue
            if held and _touches(held[-1], edges):
                held[-1] = _around(held[-1], edges)
            else:
                held.append(edges)
        if not held and self.text[start:end].strip():
            raise Unredactable(WhyUnredactable.STILL_THERE)
        yield from (self._lengthened(each) for each in held)

    def _edges(self, letter: int) -> _Edges | None:
        """Give where a letter stands in the picture, as it is turned and cut; None: nowhere."""
        left, bottom, right, top = self._letters.get_charbox(letter, loose=True)
        if right - left <= 0 and top - bottom <= 0:
            return None
        corners = [self._dot(x, y) for x in (left, right) for y in (bottom, top)]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return _Edges(min(across), min(down), max(across), max(down))

    def _dot(self, x: float, y: float) -> tuple[int, int]:
        width, height = self.dots
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(
            self._page, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down)
        )
        return across.value, down.value

    def _lengthened(self, bar: _Edges) -> _Edges:
        """Give a bar that fills the columns of the page in which it stands, or the rows."""
        left, top, right, bottom = bar
        width, height = self.dots
        if right - left >= bottom - top:
            begin, end = _filled(left, right, width)
            return _Edges(begin, top - _AROUND, end, bottom + _AROUND)
        begin, end = _filled(top, bottom, height)
        return _Edges(left - _AROUND, begin, right + _AROUND, end)


def _filled(begin: float, end: float, whole: int) -> tuple[float, float]:
    """Give the edges of the steps of a page that a length touches; its middle is not told."""
    step = whole / _STEPS
    return (begin - _AROUND) // step * step, -(-(end + _AROUND) // step) * step


def _touches(one: _Edges, other: _Edges) -> bool:
    """Tell whether a letter goes on with a bar: of the same line, and not far from it."""
    high, wide = one.bottom - one.top, one.right - one.left
    reach = 2 * min(high, wide) + _AROUND
    if other.left > one.right + reach or other.right < one.left - reach:
        return False
    if other.top > one.bottom + reach or other.bottom < one.top - reach:
        return False
    same_line = other.top < one.bottom and other.bottom > one.top
    same_column = other.left < one.right and other.right > one.left
    return same_line or (same_column and high > wide)


def _around(one: _Edges, other: _Edges) -> _Edges:
    return _Edges(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Give a text without blanks and what parts words, and where each of its signs stands."""
    places = [place for place, each in enumerate(text) if not (each.isspace() or each in _PARTING)]
    return "".join(text[place] for place in places), places


def _close(passage: str) -> str:
    """Give a passage without blanks; nothing where it is so short that it is found anywhere."""
    tight = _squeezed(passage)[0]
    return tight if len(tight) >= _SHORT else ""


def _is_bounded(start: int, end: int, text: str) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not before.isalnum() and not after.isalnum()


def _add(made: pikepdf.Pdf, picture: Image, size: tuple[float, float]) -> None:
    """Add a page that is a picture and nothing else."""
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=_QUALITY, optimize=True)
    width, height = size
    image = pikepdf.Stream(
        made,
        held.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    drawn = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Page Do Q".encode("ascii")
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, round(width, 2), round(height, 2)],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image)),
        Contents=pikepdf.Stream(made, drawn),
    )
    made.pages.append(pikepdf.Page(made.make_indirect(page)))


def _check_bare(content: bytes) -> None:
    """Read a copy again; raises `Unredactable` where it holds a letter or anything but pictures."""
    with _opened(content) as pdf:
        letters = any(page.get_textpage().count_chars() for page in pdf)
    with pikepdf.open(io.BytesIO(content)) as held:
        kinds = {str(each.get("/Subtype", "")) for each in held.objects
                 if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream))}  # fmt: skip
        more = "/Info" in held.trailer or set(held.Root.keys()) - {"/Type", "/Pages"}
    if letters or more or kinds - {"", "/Image"}:
        raise Unredactable(WhyUnredactable.STILL_THERE)

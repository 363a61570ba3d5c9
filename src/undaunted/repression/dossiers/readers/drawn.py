"""The letters drawn on the pages of a PDF, by what each font says that its signs stand for.

A page places signs and knows no words. Where the place changes a blank is assumed, and letters that
stand one by one are put together again. A font that does not say what its signs are is refused.
"""

from __future__ import annotations

import io
import re
import sys
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final
from unicodedata import bidirectional, normalize
from zlib import decompressobj
from zlib import error as not_packed

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DrawnUnread", "pages_drawn", "text_drawn"]

_MOST_DRAWN: Final = 5_000
"""Pages, and forms within them."""
_MOST_BYTES: Final = 32 * 1024 * 1024
_MOST_LETTERS: Final = 5_000_000
_MOST_SIGNS: Final = 70_000
_DEEPEST: Final = 6
_GAP: Final = 150
"""Thousandths of the size of a letter from which on a gap within a line is a blank."""
_WIDE: Final = 4
"""Digits of a sign that takes two bytes."""
_FROM_THE_RIGHT: Final = frozenset({"R", "AL"})


class DrawnUnread(ValueError):
    """A PDF that is damaged, larger than anybody reads, or in signs that nothing tells."""


class _Font:
    """What the signs of a font stand for; `width` bytes make one sign."""

    def __init__(self, font: Any) -> None:  # noqa: ANN401 - whatever stands in the file
        told = font.get("/ToUnicode")
        self.width = 2 if font.get("/Subtype") == "/Type0" else 1
        self.signs: dict[int, str] = {}
        if isinstance(told, pikepdf.Stream):
            _check_size(told)
            for code, digits, letters in _mapped(told.read_bytes().decode("latin-1")):
                self.width = 2 if digits >= _WIDE else 1
                self.signs[code] = letters

    def read(self, drawn: bytes) -> str:
        """Give the letters of a string."""
        if not self.signs:
            if self.width > 1 and drawn:
                raise DrawnUnread("a font does not say what its signs are")
            return drawn.decode("cp1252", "replace")
        codes = range(0, len(drawn), self.width)
        found = (int.from_bytes(drawn[at : at + self.width], "big") for at in codes)
        return "".join(self.signs.get(each, "") for each in found)


class _Pages:
    """Reads page after page: every font once, and no more forms within forms than pages have."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], _Font] = {}
        self._left = _MOST_DRAWN
        self._other: list[str] = []

    def drawn(self, holder: Any, resources: Any, depth: int = 0) -> Iterator[str]:  # noqa: ANN401 - whatever stands in the file
        """Give what a page or a form draws, piece by piece."""
        self._left -= 1
        if self._left < 0:
            raise DrawnUnread(f"more than {_MOST_DRAWN} pages and forms")
        _check_size(holder)
        held: Any = resources if isinstance(resources, pikepdf.Dictionary) else {}
        font: _Font | None = None
        for each in pikepdf.parse_content_stream(holder):
            operands, sign = list(each.operands), str(each.operator)
            if sign == "Tf":
                font = self._font(held.get("/Font", {}).get(str(operands[0])))
            elif sign in {"Td", "TD", "Tm", "T*", "BT"}:
                yield "\n" if sign in {"T*", "BT"} or _moves_down(sign, operands) else " "
            elif sign in {"Tj", "'", '"', "TJ"} and font is not None:
                yield "" if sign in {"Tj", "TJ"} else "\n"
                yield from _shown(font, operands[-1])
            elif sign in {"BDC", "DP"}:
                self._other += _other_words(operands[-1], held)
            elif sign == "Do" and depth < _DEEPEST:
                form = held.get("/XObject", {}).get(str(operands[0]))
                if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
                    yield from self.drawn(form, form.get("/Resources", held), depth + 1)

    def noted(self, page: Any) -> Iterator[str]:  # noqa: ANN401 - as above
        """Give what a page does not draw: fields and notes, and other words for what it drew."""
        yield from self._other
        self._other = []
        for note in page.get("/Annots", ()):
            for holder in (note, note.get("/Parent", {})):
                for key in ("/V", "/Contents"):
                    if isinstance(holder.get(key), pikepdf.Stream):
                        raise DrawnUnread("a field holds a stream")
                    if isinstance(holder.get(key), pikepdf.String):
                        yield f"\n{holder[key]}\n"
            shown = note.get("/AP", {}).get("/N")
            if isinstance(shown, pikepdf.Stream):
                yield from self.drawn(shown, shown.get("/Resources"), 1)

    def _font(self, font: Any) -> _Font | None:  # noqa: ANN401 - as above
        if not isinstance(font, pikepdf.Dictionary):
            return None
        if font.objgen == (0, 0):
            return _Font(font)
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = _Font(font)
        return self._fonts[font.objgen]


def _other_words(given: Any, held: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Give the words that a page says stand for what it draws; a reader copies those."""
    part = held.get("/Properties", {}).get(str(given)) if isinstance(given, pikepdf.Name) else given
    for key in ("/ActualText", "/Alt", "/E") if isinstance(part, pikepdf.Dictionary) else ():
        if isinstance(part.get(key), pikepdf.String):
            yield f"\n{part[key]}\n"


def text_drawn(content: bytes) -> str:
    """Give the letters on all pages, page after page. Raises `DrawnUnread`."""
    return _put_together("".join(f"{each}\n" for each in pages_drawn(content)))


def pages_drawn(content: bytes) -> list[str]:
    """Give the letters on each page, as they are drawn. Raises `DrawnUnread`."""
    told: list[str] = []
    letters, pages = 0, _Pages()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for page in pdf.pages:
                drawn = pages.drawn(page.obj, page.obj.get("/Resources"))
                held: list[str] = []
                for text in chain(drawn, pages.noted(page.obj)):
                    held.append(text)
                    letters += len(text)
                    if letters > _MOST_LETTERS:
                        raise DrawnUnread(f"more than {_MOST_LETTERS} letters")
                told.append("".join(held))
    except (
        pikepdf.PdfError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        not_packed,
    ) as error:
        raise DrawnUnread(str(error)) from error
    return told


def _check_size(holder: Any) -> None:  # noqa: ANN401 - as above
    """Raise `DrawnUnread` for what unpacks to more than anybody draws, before it is unpacked."""
    streams = holder if isinstance(holder, pikepdf.Stream) else holder.get("/Contents", ())
    for each in (streams,) if isinstance(streams, pikepdf.Stream) else streams:
        packed = each.get("/Filter")
        if isinstance(packed, pikepdf.Array) and len(packed) > 1:
            raise DrawnUnread("what is drawn is packed twice")
        raw = each.read_raw_bytes()
        size = len(raw if packed is None else decompressobj().decompress(raw, _MOST_BYTES + 1))
        if size > _MOST_BYTES:
            raise DrawnUnread(f"a page of more than {_MOST_BYTES} bytes")


def _put_together(text: str) -> str:
    """Add to a text its letters that stand one by one as the words that they may be.

    Words that are read from the right are drawn from the left: they are added turned around.
    """
    lines = re.sub(r"[ \t]{2,200}", "  ", text)
    apart = re.findall(r"(?<!\w)(?:\w {1,2}){2,80}\w(?!\w)", lines)
    words = [" ".join(run.replace(" ", "") for run in each.split("  ")) for each in apart]
    together = [each.replace(" ", "") for each in apart]
    told = normalize("NFKC", "\n".join((text, *words, *together)))
    turned = [each[::-1] for each in told.split() if bidirectional(each[0]) in _FROM_THE_RIGHT]
    return f"{told}\n{' '.join(turned)}"


def _moves_down(sign: str, operands: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether a place is of another line; one set anew may be of the same."""
    return sign != "Tm" and bool(float(operands[1]))


def _shown(font: _Font, told: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    for each in told if isinstance(told, pikepdf.Array) else (told,):
        if isinstance(each, pikepdf.String):
            yield font.read(bytes(each))
        elif float(each) < -_GAP:
            yield " "


def _mapped(told: str) -> Iterator[tuple[int, int, str]]:
    """Read what signs stand for: one by one, and in ranges. Gives code, digits, letters."""
    for section in told.split("beginbfchar")[1:]:
        signs = re.findall(r"<([0-9A-Fa-f\s]{1,400})>", section.partition("endbfchar")[0])
        for code, letters in list(pairwise(signs))[::2]:
            yield int(code, 16), len(code), _letters(letters)
    left = _MOST_SIGNS
    for section in told.split("beginbfrange")[1:]:
        inner = section.partition("endbfrange")[0]
        for first, last, to in re.findall(
            r"<([0-9A-Fa-f]{1,8})>\s{0,9}<([0-9A-Fa-f]{1,8})>\s{0,9}"
            r"(<[0-9A-Fa-f\s]{1,400}>|\[[^\]]{1,9000}\])",
            inner,
        ):
            start, size = int(first, 16), int(last, 16) - int(first, 16) + 1
            left -= max(size, 0)
            if left < 0:
                raise DrawnUnread("a font of more signs than there are")
            for code, letters in zip(range(start, start + size), _range(to, size), strict=False):
                yield code, len(first), letters


def _range(to: str, size: int) -> Iterator[str]:
    if to.startswith("["):
        yield from map(_letters, re.findall(r"<([0-9A-Fa-f\s]{1,400})>", to))
        return
    base = _letters(to[1:-1])
    for step in range(size if base else 0):
        last = ord(base[-1]) + step
        yield base[:-1] + (chr(last) if last <= sys.maxunicode else "")


def _letters(digits: str) -> str:
    plain = "".join(digits.split())
    return bytes.fromhex(plain + "0" * (len(plain) % 2)).decode("utf-16-be", "replace")

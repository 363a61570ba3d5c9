"""Which fonts a text needs: by the scripts of its letters, never by the language it claims.

All are Debian's builds of Noto: with other builds of Noto Naskh Arabic a page looks right, and its
text comes out as garbage when it is copied or read aloud.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.editions.rules.refusals import FontMissing

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BASE", "Font", "families_for", "fonts_for"]

CORE: Final = "fonts-noto-core"
CJK: Final = "fonts-noto-cjk"


@dataclass(frozen=True, slots=True)
class Font:
    """A family, its files, and the Debian package that brings them."""

    family: str
    files: tuple[str, ...]
    package: str = CORE


def _noto(name: str, *, serif: bool = False) -> Font:
    kind = "Serif" if serif else "Sans"
    stem = f"Noto{kind}{name.replace(' ', '')}"
    return Font(f"Noto {kind} {name}", (f"{stem}-Regular.ttf", f"{stem}-Bold.ttf"))


BASE: Final = Font(
    "Noto Sans", ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf")
)
SYMBOLS: Final = Font("Noto Sans Math", ("NotoSansMath-Regular.ttf",))
ARABIC: Final = Font(
    "Noto Naskh Arabic", ("NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf")
)
HAN: Final = Font("Noto Sans CJK SC", ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"), CJK)

MONGOLIAN: Final = Font("Noto Sans Mongolian", ("NotoSansMongolian-Regular.ttf",))

_RANGES: Final[tuple[tuple[int, int, Font], ...]] = (
    (0x0000, 0x052F, BASE),
    (0x0530, 0x058F, _noto("Armenian")),
    (0x0590, 0x05FF, _noto("Hebrew")),
    (0x0600, 0x06FF, ARABIC),
    (0x0750, 0x077F, ARABIC),
    (0x0780, 0x07BF, _noto("Thaana")),
    (0x08A0, 0x08FF, ARABIC),
    (0x0900, 0x097F, _noto("Devanagari")),
    (0x0980, 0x09FF, _noto("Bengali")),
    (0x0A00, 0x0A7F, _noto("Gurmukhi")),
    (0x0A80, 0x0AFF, _noto("Gujarati")),
    (0x0B00, 0x0B7F, _noto("Oriya")),
    (0x0B80, 0x0BFF, _noto("Tamil")),
    (0x0C00, 0x0C7F, _noto("Telugu")),
    (0x0C80, 0x0CFF, _noto("Kannada")),
    (0x0D00, 0x0D7F, _noto("Malayalam")),
    (0x0D80, 0x0DFF, _noto("Sinhala")),
    (0x0E00, 0x0E7F, _noto("Thai")),
    (0x0E80, 0x0EFF, _noto("Lao")),
    (0x0F00, 0x0FFF, _noto("Tibetan", serif=True)),
    (0x1000, 0x109F, _noto("Myanmar")),
    (0x10A0, 0x10FF, _noto("Georgian")),
    (0x1100, 0x11FF, HAN),
    (0x1200, 0x139F, _noto("Ethiopic")),
    (0x1780, 0x17FF, _noto("Khmer")),
    (0x1800, 0x18AF, MONGOLIAN),
    (0x1AB0, 0x1AFF, BASE),
    (0x1C90, 0x1CBF, _noto("Georgian")),
    (0x1D00, 0x1FFF, BASE),
    (0x2000, 0x206F, BASE),
    (0x2070, 0x20CF, BASE),
    (0x2100, 0x214F, BASE),
    (0x2150, 0x218F, BASE),
    (0x2190, 0x22FF, SYMBOLS),
    (0x25A0, 0x25FF, SYMBOLS),
    (0x2C60, 0x2C7F, BASE),
    (0x2D00, 0x2D2F, _noto("Georgian")),
    (0x2D80, 0x2DDF, _noto("Ethiopic")),
    (0x2DE0, 0x2E5D, BASE),
    (0x2E80, 0x312F, HAN),
    (0x3130, 0x4DBF, HAN),
    (0x4E00, 0x9FFF, HAN),
    (0xA640, 0xA69F, BASE),
    (0xA700, 0xA7FF, BASE),
    (0xAB30, 0xAB6F, BASE),
    (0xAC00, 0xD7FF, HAN),
    (0xF900, 0xFAFF, HAN),
    (0xFB00, 0xFB06, BASE),
    (0xFB13, 0xFB17, _noto("Armenian")),
    (0xFB1D, 0xFB4F, _noto("Hebrew")),
    (0xFB50, 0xFDFF, ARABIC),
    (0xFE20, 0xFE2F, BASE),
    (0xFE30, 0xFE4F, HAN),
    (0xFE70, 0xFEFC, ARABIC),
    (0xFF00, 0xFFEF, HAN),
    (0x20000, 0x323AF, HAN),
)
_STARTS: Final = tuple(first for first, _, _ in _RANGES)


def fonts_for(texts: Iterable[str]) -> tuple[Font, ...]:
    """Give the fonts that these texts need, the base first.

    Raises `FontMissing` for a letter that no font of these packages has.
    """
    needed = {BASE: ""}
    for letter in sorted(set().union(*map(set, texts))):
        needed.setdefault(_font_of(letter), letter)
    return tuple(sorted(needed, key=lambda font: (font is not BASE, font.family)))


def families_for(fonts: Iterable[Font], language: str) -> tuple[str, ...]:
    """Give the families in the order in which they are tried for a text in `language`."""
    first = {"zh-hans": HAN, "ar": ARABIC, "fa": ARABIC, "ug": ARABIC}.get(language, BASE)
    ordered = sorted(fonts, key=lambda font: (font is not first, font is not BASE, font.family))
    return tuple(font.family for font in ordered)


def _font_of(letter: str) -> Font:
    at = bisect.bisect_right(_STARTS, ord(letter)) - 1
    _, last, font = _RANGES[at]
    if ord(letter) > last:
        raise FontMissing(
            f"U+{ord(letter):04X} ({letter}): no font of {CORE} or {CJK} has this letter; "
            "write it in another way"
        )
    return font

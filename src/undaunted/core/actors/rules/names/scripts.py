"""The script of a name, as a code of ISO 15924."""

from __future__ import annotations

from typing import Final

__all__ = ["script_of"]

UNDETERMINED: Final = "Zyyy"
_BITS_OF_A_COLUMN: Final = 4

# First and last code point. Blocks begin at multiples of sixteen, so a look-up by column of sixteen
# is exact.
_BLOCKS: Final = (
    (0x0040, 0x024F, "Latn"),
    (0x0250, 0x02AF, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0700, 0x074F, "Syrc"),
    (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "Thaa"),
    (0x08A0, 0x08FF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0x0A80, 0x0AFF, "Gujr"),
    (0x0B00, 0x0B7F, "Orya"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0C00, 0x0C7F, "Telu"),
    (0x0C80, 0x0CFF, "Knda"),
    (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Laoo"),
    (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1200, 0x139F, "Ethi"),
    (0x1780, 0x17FF, "Khmr"),
    (0x1800, 0x18AF, "Mong"),
    (0x1C90, 0x1CBF, "Geor"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x2D00, 0x2D2F, "Geor"),
    (0x3040, 0x30FF, "Jpan"),
    (0x3130, 0x318F, "Hang"),
    (0x31F0, 0x31FF, "Jpan"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xAA60, 0xAA7F, "Mymr"),
    (0xAC00, 0xD7AF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFF, "Arab"),
    (0x20000, 0x323AF, "Hani"),
)
_SCRIPT_OF_COLUMN: Final = {
    column: script
    for first, last, script in _BLOCKS
    for column in range(first >> _BITS_OF_A_COLUMN, (last >> _BITS_OF_A_COLUMN) + 1)
}


def script_of(text: str) -> str:
    """Give the script most letters are in: Latn, Cyrl, Arab, Hani, Hang, Jpan …; Zyyy if none.

    A text with any kana is Japanese, because Japanese names are mostly written with Han signs.
    """
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else UNDETERMINED
    counts: dict[str, int] = {}
    for sign in text:
        if sign.isalpha():
            script = _SCRIPT_OF_COLUMN.get(ord(sign) >> _BITS_OF_A_COLUMN, UNDETERMINED)
            counts[script] = counts.get(script, 0) + 1
    if "Jpan" in counts:
        return "Jpan"
    return max(counts, key=lambda script: counts[script], default=UNDETERMINED)

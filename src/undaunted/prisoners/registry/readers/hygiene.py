"""Text as it should have been: one space, NFC, and none of the marks that deceive the eye.

Whatever is taken away is reported. Joiners stay where a script needs them (Persian, Indic), because
without them the name is another word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from undaunted.prisoners.registry.rules.claims import ClaimRefused
from undaunted.prisoners.registry.rules.import_rows import Finding, Severity

__all__ = ["NameUnusable", "clean_name", "clean_text", "looks_like_formula"]

_ODD: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffd\ud800-\udfff\ue000-\uf8ff\u2600-\u27bf\ufe0e\ufe0f"
    "\U0001f000-\U0001faff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_SPACES: Final = re.compile(r"\s+")
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS: Final = frozenset("\u200c\u200d")
_JOINING: Final = [
    "ARABIC",
    "SYRIAC",
    "MONGOLIAN",
    "NKO",
    "MANDAIC",
    "DEVANAGARI",
    "BENGALI",
    "GURMUKHI",
    "GUJARATI",
    "ORIYA",
    "TAMIL",
    "TELUGU",
    "KANNADA",
    "MALAYALAM",
    "SINHALA",
    "KHMER",
    "MYANMAR",
    "TIBETAN",
]
_FORMULA: Final = frozenset("=@\uff1d\uff20")
_SIGNS: Final = frozenset("+-\uff0b\uff0d")
_EXCEL_ERRORS: Final = frozenset(
    ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"]
)

_KEPT: Final = {"\ufffd": "replacement_character", "\ufe0e": "emoji", "\ufe0f": "emoji"}
_BY_CATEGORY: Final = {
    "Co": ("private_characters", True),
    "Cs": ("broken_character", False),
    "Cc": ("control_characters", False),
    **dict.fromkeys(("So", "Sk", "Sm", "Po"), ("emoji", True)),
}
_FORMULA_FOUND: Final = Finding(Severity.WARNING, "formula")
_CELL_ERROR: Final = Finding(Severity.ERROR, "spreadsheet_error")


_NO_NAME: Final = frozenset({"emoji", "replacement_character"})


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is told."""
    return sentence


class NameUnusable(ClaimRefused):
    """A name holds what no name has; an import would have set its row aside or flagged it."""

    sentence = _("Write the name without emoji and broken characters.")


def clean_name(raw: str, field: str = "text") -> str:
    """Give a name written by hand as an import keeps it. Raises `NameUnusable`.

    Nobody looks at flags here, so what an import keeps with a warning is refused.
    """
    text, found = clean_text(raw)
    if not text or any(one.severity is Severity.ERROR or one.code in _NO_NAME for one in found):
        raise NameUnusable(field)
    return text


def clean_text(raw: str) -> tuple[str, tuple[Finding, ...]]:
    """Give the text fit to keep, and what was found in it."""
    found: tuple[Finding, ...] = ()
    if raw.isascii() and raw.isprintable():
        text = raw.strip()
        if "  " in text:
            text = _SPACES.sub(" ", text)
    else:
        text, found = _clean_odd(raw)
    if not text:
        return text, found
    if looks_like_formula(text):
        return text, (*found, _FORMULA_FOUND)
    if text[0] == "#" and text in _EXCEL_ERRORS:
        return "", (*found, _CELL_ERROR)
    return text, found


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text instead of showing it."""
    first = text[0]
    if first in _FORMULA:
        return len(text) > 1
    if first in _SIGNS:
        return len(text) > 1 and not (text[1].isdigit() and text[1:].replace(".", "").isdigit())
    return False


def _clean_odd(raw: str) -> tuple[str, tuple[Finding, ...]]:
    found: tuple[Finding, ...] = ()
    text = raw
    if _ODD.search(text):
        text, found = _without_odd(text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", text).strip(), found


def _without_odd(raw: str) -> tuple[str, tuple[Finding, ...]]:
    codes: dict[str, list[str]] = {}
    kept: list[str] = []
    for position, character in enumerate(raw):
        if not _ODD.match(character):
            kept.append(character)
            continue
        code, stays = _judge(raw, position)
        if code:
            codes.setdefault(code, []).append(f"U+{ord(character):04X}")
        if stays:
            kept.append(character)
        elif code == "control_characters" or character in "\u2028\u2029":
            kept.append(" ")
    found = tuple(
        Finding(
            Severity.ERROR if code in {"null_byte", "broken_character"} else Severity.WARNING,
            code,
            (("characters", " ".join(sorted(set(characters)))),),
        )
        for code, characters in codes.items()
    )
    return "".join(kept), found


def _judge(raw: str, position: int) -> tuple[str, bool]:
    """Give the problem's code (empty for none) and whether the character stays."""
    character = raw[position]
    if character in _JOINERS and _joins(raw, position):
        return "", True
    if character in _BIDI:
        return "bidi_marks", False
    if character == "\0":
        return "null_byte", False
    if character in _KEPT:
        return _KEPT[character], True
    category = unicodedata.category(character)
    return _BY_CATEGORY.get(category, ("invisible_characters", False))


def _joins(raw: str, position: int) -> bool:
    """Whether a joiner stands beside a letter of a script that needs joiners."""
    if position == 0:
        return False
    name = unicodedata.name(raw[position - 1], "")
    return name.split(" ", 1)[0] in _JOINING

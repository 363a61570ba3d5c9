"""Which letters the bytes of a file mean: certain where they say so, else with a stated confidence.

UTF-8 proves itself: text in another encoding is hardly ever valid UTF-8 by chance. The legacy
encodings prove nothing, so each is tried and its text is judged by what letters do in real words:
stay in one script, sit beside letters, and put capitals first.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.registry.readers.problems import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["KNOWN_ENCODINGS", "Encoding", "check_encoding", "detect_encoding"]

KNOWN_ENCODINGS: Final = frozenset(
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "cp1251",
        "cp1252",
        "cp1256",
        "gb18030",
        "latin-1",
        "big5",
        "koi8-r",
        "cp1250",
        "cp1254",
    ]
)
"""What a mapping may name; UTF-7, escape codes and code pages with side effects are not among."""

SURE_ENOUGH: Final = 0.85
_SUREST_GUESS: Final = 0.99
_SAMPLE: Final = 256 * 1024
_CHUNK: Final = 1024 * 1024
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED: Final = {
    "gb18030": ("CJK",),
    "cp1251": ("CYRILLIC",),
    "cp1256": ("ARABIC",),
    "cp1252": ("LATIN",),
}
_MOSTLY_NULL: Final = 0.3
_LAST_COMMON_ROW: Final = 0xD7
"""Rows of GB 2312 up to here hold the frequent characters; letters of other scripts look rarer."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by its Python name, and how sure we are of it (1 where the bytes prove it)."""

    name: str
    confidence: float


def detect_encoding(path: Path, named: str = "") -> Encoding:
    """Say how to read the file; refuse it where even the best guess is not sure enough."""
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name, 1.0)
    if named:
        return Encoding(named, 1.0)
    wide = _utf16_without_mark(head)
    if wide:
        return Encoding(wide, 0.95)
    if _first_bad_line(path, "utf-8") is None:
        return Encoding("utf-8", 1.0)
    guess = _guess(head)
    if guess is None or guess.confidence < SURE_ENOUGH:
        shown = f"{guess.name} ({guess.confidence:.0%})" if guess else "—"
        raise UnreadableFile("unknown_encoding", guess=shown)
    return guess


def check_encoding(path: Path, encoding: str) -> None:
    """Refuse the file, naming the line, where its bytes are not of the encoding."""
    if encoding in {"latin-1", "utf-8"}:
        checked = None if encoding == "latin-1" else _first_bad_line(path, encoding)
    else:
        checked = _first_bad_line(path, encoding)
    if checked is not None:
        raise UnreadableFile("wrong_encoding", line=checked, encoding=encoding)


def _first_bad_line(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines = 1
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeError as error:
                start = error.start if isinstance(error, UnicodeDecodeError) else 0
                return lines + chunk[:start].count(b"\n")
            lines += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeError:
        return lines
    return None


def _utf16_without_mark(head: bytes) -> str:
    half = len(head) // 2
    if half < len(b"ab"):
        return ""
    odd, even = head[1::2].count(0) / half, head[::2].count(0) / half
    if odd > _MOSTLY_NULL and even == 0:
        return "utf-16-le"
    if even > _MOSTLY_NULL and odd == 0:
        return "utf-16-be"
    return ""


def _guess(head: bytes) -> Encoding | None:
    scored = sorted(
        (Encoding(name, _score(head, name, scripts)) for name, scripts in _GUESSED.items()),
        key=lambda one: one.confidence,
    )
    best, second = scored[-1], scored[-2]
    if best.confidence <= 0:
        return None
    margin = min(1.0, 0.5 + best.confidence - second.confidence)
    return Encoding(best.name, round(min(best.confidence, 0.55 + 0.45 * margin, _SUREST_GUESS), 2))


def _score(head: bytes, encoding: str, scripts: tuple[str, ...]) -> float:
    """Give the share of foreign characters that behave like letters of the expected script."""
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(head)
    except UnicodeDecodeError:
        return 0.0
    foreign = good = 0
    before = " "
    for character in text:
        if character > "\x7f":
            foreign += 1
            good += _behaves(character, before, scripts)
        before = character
    return good / foreign if foreign else 0.0


def _behaves(character: str, before: str, scripts: tuple[str, ...]) -> bool:
    if not character.isalpha():
        return False
    if not unicodedata.name(character, "").startswith(scripts):
        return False
    if "LATIN" in scripts:
        return before.isascii() and (character.islower() or not before.isalpha())
    if "CJK" in scripts:
        common = character.encode("gb2312", "ignore")
        return bool(common) and common[0] <= _LAST_COMMON_ROW
    if before.isascii() and before.isalpha():
        return False
    return not (character.isupper() and before.islower())

"""Ways in which one text may be read: as written, and as a program shows it.

Tags, marks of emphasis, entities, escapes and texts in base64 part a name or hide it, and whoever
opens the page sees it whole. Each reading is looked through.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["readings"]

DEEPEST: Final = 4
"""So many escapes within one another are undone."""
_TAG: Final = re.compile(r"<!--.*?-->|</?[A-Za-z!?][^<>]*>", re.DOTALL)
_LINK: Final = re.compile(r"\]\([^()\s]*(?:\s[^()]*)?\)|\]\[[^\]]*\]|!?\[")
_MARKS: Final = re.compile(r"[*`~]+|(?<=\w)_+(?=\w)|\\(?=[^\w\s])|[-\u00ad\u2010]\s*[\r\n]+\s*")
_CODE: Final = re.compile(
    r"\\u\{([0-9A-Fa-f]{1,6})\}|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|\\U([0-9A-Fa-f]{8})"
    r"|=([0-9A-F]{2})(?![0-9A-Fa-f])"
)
_BASE64: Final = re.compile(r"(?<![\w+/=])[A-Za-z0-9+/_-]{8,}={0,2}(?![\w+/=])")
_HALVES: Final = range(0xD800, 0xE000)
_LETTERS: Final = 0.8
"""Of what base64 holds, so much is letters and spaces where it is a text."""


def readings(text: str) -> tuple[str, ...]:
    """Give a text as it is written and as it may be shown, each reading once."""
    found = [text]
    for _ in range(DEEPEST):
        undone = _undone(found[-1])
        if undone == found[-1]:
            break
        found.append(undone)
    bare = _LINK.sub("", _MARKS.sub("", _TAG.sub("", found[-1])))
    found.append(bare)
    hidden = " ".join(_hidden(text))
    return tuple(dict.fromkeys([*found, *([hidden] if hidden else ())]))


def _undone(text: str) -> str:
    plain = html.unescape(text) if "&" in text else text
    plain = unquote(plain, errors="ignore") if "%" in plain else plain
    return _CODE.sub(_sign, plain) if "\\" in plain or "=" in plain else plain


def _sign(found: re.Match[str]) -> str:
    """Give the sign of a code; halves of a pair and what is no sign stay as they are written."""
    number = int(next(each for each in found.groups() if each), 16)
    return found.group() if number > sys.maxunicode or number in _HALVES else chr(number)


def _hidden(text: str) -> Iterator[str]:
    """Give texts that are written in base64."""
    for each in _BASE64.findall(text):
        written = each.rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            told = base64.b64decode(written + "=" * (-len(written) % 4), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        if sum(sign.isalpha() or sign.isspace() for sign in told) >= _LETTERS * len(told):
            yield told

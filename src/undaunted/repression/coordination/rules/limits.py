"""How long a text may be and which signs are kept; the same at every door."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

from undaunted.repression.coordination.rules.refusals import CoordinationRefused

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "checked_address",
    "checked_text",
    "needed_text",
    "shown_text",
]

LONGEST_NAME, LONGEST_TEXT = 200, 6000
_BREAKS: Final = "\n\t\u2028\u2029"
_OVERRIDES: Final = "\u202d\u202e"
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]{4,400}")


def checked_text(name: str, text: str, most: int = LONGEST_TEXT) -> str:
    """Give a text without space around it. Raises `CoordinationRefused` for what is not kept."""
    told = _lines(text).strip()
    if len(told) > most:
        raise CoordinationRefused(f"{name}: it has {len(told)} letters; write {most} at most")
    if any(_unkept(sign, one_line=most < LONGEST_TEXT) for sign in told):
        raise CoordinationRefused(f"{name}: it holds signs that cannot be kept; write it anew")
    return told


def _lines(text: str) -> str:
    """Give a text whose lines end in one way: what goes back in a line would hide its beginning."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unkept(sign: str, *, one_line: bool) -> bool:
    """Whether a sign prints nothing, or turns around what stands beside it."""
    if sign in _BREAKS:
        return one_line
    return category(sign) in {"Cc", "Cs"} or sign in (_TURNING if one_line else _OVERRIDES)


def needed_text(name: str, text: str, most: int = LONGEST_TEXT) -> str:
    """Give a text that must say something. Raises `CoordinationRefused`."""
    told = checked_text(name, text, most)
    if not told:
        raise CoordinationRefused(f"{name}: it is empty; write it")
    return told


def shown_text(text: str, most: int = LONGEST_TEXT) -> str:
    """Give a text that somebody else wrote down, as it can be shown: nothing in it turns a page.

    A sign that would not be kept here stands as its number, and what is too long is cut.
    """
    told = _lines(text).strip()
    cut = f"{told[:most]}…" if len(told) > most else told
    short = most < LONGEST_TEXT
    return "".join(f"[U+{ord(e):04X}]" if _unkept(e, one_line=short) else e for e in cut)


def checked_address(name: str, text: str) -> str:
    """Give an address in the web, or none. Raises `CoordinationRefused` for what is no address."""
    told = checked_text(name, text, 420)
    if told and not _ADDRESS.fullmatch(told):
        raise CoordinationRefused(f"{name}: {told[:60]!r} is no address; begin it with https://")
    return told

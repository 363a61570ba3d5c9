"""Words whose letters somebody wrote apart, so that no search finds them: P u t i n, P.u.t.i.n.

Joined, they are one more reading of the name, beside the one of initials. Latin, Cyrillic and Greek
alone: other scripts have words of one sign.
"""

from __future__ import annotations

import re

__all__ = ["joined_letters"]

_LETTER = "[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]"
_RUN = re.compile(
    rf"(?<!\w){_LETTER}(?P<between>[ .\-_]|\. ){_LETTER}(?:(?P=between){_LETTER}){{0,58}}(?!\w)"
)
"""Letters with the same sign between all; two signs, or another one, end a word."""
_FEWEST = 3
"""Letters of a run that may be a word, where others of the name are written in full."""
_MOST_INITIALS = 4
"""Capitals that may be the initials of one name."""
_BEGINS = re.compile(
    "(?<=[a-z\u00df-\u00f6\u03ac-\u03ce\u0430-\u045f])(?=[A-Z\u00c0-\u00de\u0391-\u03a9\u0401-\u042f])"
)
"""Where a capital behind a small letter begins another word."""


def joined_letters(text: str) -> str | None:
    """Give a name with the letters of each spaced word joined; nothing where there is none."""
    runs = [_letters_of(met) for met in _RUN.finditer(text)]
    whole = sum(map(len, runs)) > _MOST_INITIALS and not any(map(str.isalnum, _RUN.sub("", text)))
    if not whole and not any(map(_is_word, runs)):
        return None

    def join(met: re.Match[str]) -> str:
        letters = _letters_of(met)
        return _BEGINS.sub(" ", letters) if whole or _is_word(letters) else met.group()

    return _RUN.sub(join, text)


def _letters_of(met: re.Match[str]) -> str:
    return met.group()[:: len(met["between"]) + 1]


def _is_word(letters: str) -> bool:
    """Tell a word from the initials of a name."""
    if len(letters) < _FEWEST:
        return False
    return not letters.isupper() or len(letters) > _MOST_INITIALS

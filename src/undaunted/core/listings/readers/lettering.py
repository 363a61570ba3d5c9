"""Names whose letters are not what they seem: read in another encoding, or of two scripts.

What was written in UTF-8 and read as another encoding has signs in place of letters, and is like
nobody. A Latin letter among Cyrillic ones is seen by nobody who reads.
"""

from __future__ import annotations

import re
from typing import Final

from undaunted.core.actors.rules.names.scripts import script_of

__all__ = ["is_garbled", "is_mixed"]

_WORD = re.compile(r"[^\W\d_]{2,200}")
_BYTES: Final = 256
_NO_LETTER: Final = "\ufffd"
_ALIKE: Final = frozenset({"Latn", "Cyrl", "Grek"})
"""Scripts some of whose letters look the same."""


def is_garbled(text: str) -> bool:
    """Whether a text is UTF-8 that was read as an encoding of one byte a letter."""
    if text.isascii():
        return False
    held = bytearray()
    for sign in text:
        try:
            held += sign.encode("cp1252")
        except UnicodeEncodeError:
            if ord(sign) >= _BYTES:
                return False
            held.append(ord(sign))
    # Some signs were taken for blanks and are gone: what is left of their letters is no letter.
    letters = [sign for sign in held.decode("utf-8", "replace") if not sign.isascii()]
    lost = letters.count(_NO_LETTER)
    return len(letters) - lost > lost


def is_mixed(text: str) -> bool:
    """Whether a word has letters of two scripts that look alike."""
    if text.isascii():
        return False
    return any(len(set(map(script_of, word)) & _ALIKE) > 1 for word in _WORD.findall(text))

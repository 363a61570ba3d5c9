"""A sentence as a list words it: a term in months, life, death, none; anything else is not guessed.

Only a text that is a sentence and nothing more is read as one. "4 years (first) + 4 years" or
"11 months, suspended" must be read by a person.
"""

from __future__ import annotations

import re
from typing import Final

from undaunted.prisoners.registry.rules.import_rows import Sentence, SentenceKind

__all__ = ["read_sentence"]

_TERM: Final = re.compile(
    r"(?:(\d{1,3})(?:\.(\d))? ?(?:years?|yrs?|年))?"
    r"(?:,? ?(?:and )?(\d{1,3}) ?(?:months?|mos?|个月|個月|月))?"
    r"(?: ?(?:imprisonment|in prison|prison))?",
    re.ASCII,
)
_WORDS: Final = {
    **dict.fromkeys(
        ("life", "life imprisonment", "life sentence", "无期徒刑", "無期徒刑"), SentenceKind.LIFE
    ),
    **dict.fromkeys(("death", "death penalty", "death sentence", "死刑"), SentenceKind.DEATH),
    **dict.fromkeys(("none", "no sentence", "not sentenced"), SentenceKind.NONE),
}
_TEXT: Final = "text:"
_LONGEST: Final = 2_000


def read_sentence(text: str) -> Sentence | None:
    """Give the sentence; None where the text is not plainly one.

    A value map may write `text:` in front to keep the wording without reading it.
    """
    if text.startswith(_TEXT):
        return Sentence(SentenceKind.TEXT, text=text.removeprefix(_TEXT).strip()[:_LONGEST])
    plain = text.casefold().strip()
    if plain in _WORDS:
        return Sentence(_WORDS[plain], text=text)
    found = _TERM.fullmatch(plain)
    if found is None or not (found[1] or found[3]):
        return None
    tenths = 12 * int(found[2] or 0)
    if tenths % 10:
        tenths = round(tenths, -1)
    months = 12 * int(found[1] or 0) + tenths // 10 + int(found[3] or 0)
    return Sentence(SentenceKind.TERM, months=months, text=text) if months else None

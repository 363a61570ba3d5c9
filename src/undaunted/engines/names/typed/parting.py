"""Articles and fathers that are glued to a name, written apart from it: al-Tarvin, Abulfazl.

Patterns are asked only where a sign that each of them has is there: most names have none.
"""

from __future__ import annotations

import re

__all__ = ["parted"]

_ARTICLE = re.compile(
    r"\b(?:[aeuo]l-(?=\w)|[aeu]([dnrstz])-(?=\1)|[ae]sh-(?=s)|adh-(?=d)|ath-(?=t))", re.IGNORECASE
)
"""The article as it sounds before the word: En-Nur has one, En-lai is no Arab."""
_FATHER_OF = re.compile(r"\b[أا]بوال(?=\w{3})")
_FATHER_OF_LATIN = re.compile(
    r"\b[ae]b[uoü]l-?(?=(?:[gqk]h?as|f[aeə][dzt]|h[aou]s|kh?[ae][iy]?r|abb?as|ma+li|b[ae]r[ae]k))",
    re.IGNORECASE,
)
_FATHER_OF_CYRILLIC = re.compile(
    r"\b[аэ]б[уоү]л-?(?=(?:[гкқғ]ас|ф[аә][здт]|[хҳ][аоу]с|[хк]а[ий]р|аббас|маал))", re.IGNORECASE
)
"""Abu before a name that begins with the article, glued together."""


def parted(text: str) -> str:
    """Write articles and Abu apart from names, and Arabic commas as others."""
    if not text.isascii():
        text = _FATHER_OF_CYRILLIC.sub("абу ", text)
    low = text.lower()
    if "bul" in low or "bol" in low or "bül" in low:
        text = _FATHER_OF_LATIN.sub("abu ", text)
    if "-" in text:
        text = _ARTICLE.sub("al ", text)
    return text if text.isascii() else _FATHER_OF.sub("أبو ", text).replace("،", ",")

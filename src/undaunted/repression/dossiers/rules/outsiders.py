"""Who is told of in a text by number: “Person 2”, in each language of the product.

A paper calls victims by number, and so do those who type. A number that stands for somebody who is
not in the paper tells of them all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undaunted.repression.dossiers.rules.leaks import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["numbers_told"]

_CALLED: Final = frozenset({
    "person", "persons", "personne", "personnes", "persona", "personas", "người", "kişi", "kişiler",
    "лицо", "лица", "лицу", "лицом", "лице", "лиц", "лицам", "лицами", "лицах",
    "чалавек", "чалавека", "чалавеку", "чалавекам", "чалавекі", "чалавекаў",
    "asmuo", "asmens", "asmeniui", "asmenį", "asmeniu", "asmenys", "asmenų", "asmenims",
})  # fmt: skip
_CALLED_BY_END: Final = ("人员", "شخص", "أشخاص", "اشخاص")
"""Words before which another is written without a blank."""
_CALLED_BEHIND: Final = "كىشى"
"""The word that stands behind its number."""
_RANGE: Final = frozenset("-‐‑–—−")  # noqa: RUF001 - each as it is typed
_BETWEEN: Final = frozenset(",;&/+،、")
_SHORT: Final = 4
"""Letters up to which a word between two numbers may be an “and”."""
_WIDEST: Final = 500


def numbers_told(text: str) -> frozenset[int]:
    """Give the numbers of whoever a text calls a person by number, ranges and lists too."""
    tokens = re.findall(r"\d{1,6}|[^\W\d_]{1,40}|\S", plain_text(text).casefold())
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token in _CALLED or token.endswith(_CALLED_BY_END):
            found.update(_listed(tokens[place + 1 :]))
        elif token.startswith(_CALLED_BEHIND):
            found.update(_before(tokens[:place]))
    return frozenset(found)


def _listed(tokens: Sequence[str]) -> Iterator[int]:
    """Read the numbers that follow: 1, 2 and 4 to 6."""
    last, through = 0, False
    for place, token in enumerate(tokens):
        if token.isdecimal():
            number = int(token)
            yield from range(last + 1, number) if through and number - last < _WIDEST else ()
            yield number
            last, through = number, False
        elif last and token in _RANGE:
            through = True
        elif not (last and (token in _BETWEEN or _is_and(tokens, place))):
            return


def _is_and(tokens: Sequence[str], place: int) -> bool:
    behind = tokens[place + 1 : place + 2]
    short = tokens[place].isalpha() and len(tokens[place]) <= _SHORT
    return short and any(each.isdecimal() for each in behind)


def _before(tokens: Sequence[str]) -> Iterator[int]:
    """Read the number that stands before, as in 2-كىشى."""
    for token in reversed(tokens[-2:]):
        if token.isdecimal():
            yield int(token)
        elif token not in _RANGE:
            return

"""Names of people who suffered something must not stand in what is written about it.

Victims appear as "Person 1" in every paper; who they are lies in the sealed annex alone. What
people type may name them all the same, so that every text is held against every name first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.names import search_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["fields_naming", "names_in"]

_WORD: Final = re.compile(r"\w+")
_SHORT: Final = 3
_ENOUGH: Final = 2


def names_in(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text names somebody: the whole name, or two of its words together."""
    whole = " ".join(text.casefold().split())
    words = set(_WORD.findall(search_form(text)))
    return any(_is_in(name, whole, words) for name in names)


def _is_in(name: str, whole: str, words: set[str]) -> bool:
    plain = " ".join(name.casefold().split())
    if len(plain) >= _SHORT and _stands_in(plain, whole):
        return True
    parts = {each for each in _WORD.findall(search_form(name)) if len(each) >= _SHORT}
    return len(parts & words) >= _ENOUGH


def _stands_in(plain: str, whole: str) -> bool:
    """Whether a text holds a name with no letter or figure of another word at either end."""
    at = whole.find(plain)
    while at >= 0:
        around = whole[at - 1 : at] + whole[at + len(plain) : at + len(plain) + 1]
        if not _WORD.search(around):
            return True
        at = whole.find(plain, at + 1)
    return False


def fields_naming(texts: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    """Give the fields, of those given with their texts, that name somebody."""
    held = tuple(names)
    return tuple(field for field, text in texts.items() if names_in(text, held))

"""Cyrillic as newspapers, passports, and Belarusian and Ukrainian offices write it."""

# ruff: noqa: RUF001, RUF003 - letters of another script are the matter here

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from undaunted.core.actors.rules.names.cleaning import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["romanise_cyrillic"]

_SHARED: Final = dict(
    zip("абвгдезиклмнопрстуфыэіў", "abvgdeziklmnoprstufyeiu", strict=True)
) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "",
    "ґ": "g", "’": "", "ʼ": "", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz",
}  # fmt: skip
_PRESS: Final = str.maketrans(
    _SHARED | {"ё": "e", "й": "y", "ю": "yu", "я": "ya", "ї": "i", "є": "ye"}
)
_FULL: Final = str.maketrans(
    _SHARED | {"ё": "yo", "й": "y", "ю": "yu", "я": "ya", "ї": "yi", "є": "ye"}
)
_PASSPORT: Final = str.maketrans(
    _SHARED | {"ё": "e", "й": "i", "ю": "iu", "я": "ia", "ї": "i", "є": "ie", "ъ": "ie"}
)
# Belarusian and Ukrainian: г is h; in Ukrainian и is y.
_BELARUSIAN: Final = str.maketrans(_SHARED | {"г": "h", "ё": "io", "й": "i", "ю": "iu", "я": "ia"})
_UKRAINIAN: Final = str.maketrans(
    _SHARED | {"г": "h", "и": "y", "й": "i", "ю": "iu", "я": "ia", "ї": "i", "є": "ie", "ё": "io"}
)

_PRESS_ENDING: Final = re.compile(r"[иы]й\b")
_OPENING_E: Final = re.compile(r"(?:(?<=[аеёиоуыэюяіїє])|\b)[еэ](?=\w)")
_UKRAINIAN_LETTERS: Final = frozenset("їєґ")


def romanise_cyrillic(text: str) -> tuple[str, ...]:
    """Give the spellings of the press, of maps, of passports, and of the neighbours' offices."""
    low = text.lower()
    press = _written(_PRESS_ENDING.sub("y", low), _PRESS)
    full = _written(_OPENING_E.sub("ye", low), _FULL)
    found = [press, full, _written(low, _PASSPORT)]
    if "г" in low or "і" in low or "ў" in low:
        found.append(_written(low, _BELARUSIAN))
    if _UKRAINIAN_LETTERS & set(low) or ("і" in low and "и" in low):
        found.append(_written(low, _UKRAINIAN))
    return tuple(dict.fromkeys(found))


def _written(low: str, table: Mapping[int, str]) -> str:
    spelt = low.translate(table)
    return " ".join(words_of(spelt if spelt.isascii() else anyascii(spelt).lower()))

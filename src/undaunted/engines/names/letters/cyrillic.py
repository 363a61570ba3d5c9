"""Cyrillic letters in Latin ones, by the standards that passports and lists follow.

Sources: BGN/PCGN 1947 (Russian), ICAO Doc 9303 part 3 (2021), ISO 9:1995 and scientific usage,
Ukraine's Cabinet resolution 55 of 2010, Belarus 2007/2023, Bulgaria's law of 2009, Serbian Latin,
Kazakh 2021, and the spellings of German and French newspapers; from memory of those tables,
unverified at the publishers.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["STANDARDS", "romanisations"]

_BASE = dict(
    zip("абвгдезийклмнопрстуфыэіјғқөұүһәҳҷ", "abvgdeziyklmnoprstufyeiygqouuhahj", strict=True)
) | {
    "ң": "ng", "ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ь": "", "ю": "yu", "я": "ya", "є": "ye", "ї": "i", "ґ": "g", "ў": "u", "ђ": "dj",
    "ћ": "ch", "љ": "l", "њ": "n", "џ": "dzh", "ѕ": "dz", "ѓ": "dj",
    "ќ": "k", "ӣ": "i", "ӯ": "u", "ҡ": "k", "ҙ": "z",
    "ҫ": "s", "җ": "j", "ӏ": "", "ѣ": "e", "ѳ": "f", "ѵ": "i", "ĸ": "k",
}  # fmt: skip

STANDARDS: dict[str, dict[str, str]] = {
    "BGN/PCGN": {},
    "ICAO 9303": {"ё": "e", "ю": "iu", "я": "ia", "ц": "ts", "й": "i", "ъ": "ie"},
    "ISO 9": {"ж": "zh", "х": "h", "ц": "c", "щ": "sh", "ю": "ju", "я": "ja", "й": "j", "ё": "yo"},
    "Ukrainian 2010": {"г": "h", "и": "y", "й": "i", "є": "ie", "ю": "iu", "я": "ia", "щ": "shch"},
    "Belarusian": {"г": "h", "ў": "u", "е": "ie", "ё": "io", "ю": "iu", "я": "ia", "й": "i"},
    "Bulgarian 2009": {"ъ": "a", "щ": "sht", "х": "h"},
    "Serbian": {"ц": "c", "х": "h", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c", "ч": "c"},
    "German": {
        "в": "w",
        "з": "s",
        "ж": "sch",
        "х": "ch",
        "ч": "tsch",
        "ш": "sch",
        "щ": "schtsch",
        "й": "j",
    },
    "French": {"ж": "j", "ч": "tch", "ш": "ch", "щ": "chtch", "у": "ou", "ю": "iou"},
    "by the ear": {"ё": "o", "х": "kh", "ч": "ch", "г": "g", "ъ": "y", "ь": "y"},
}
"""Each standard by name: where it differs from the first."""

_OF_RUSSIAN = "Belarusian, from Russian"
_BELARUSIAN = (
    (re.compile("в(?![аеёиоуыэюя])"), "у"),
    (re.compile("о"), "а"),
    (re.compile("д(?=[еёиюяь])"), "дз"),
    (re.compile("т(?=[еёиюяь])"), "ц"),
    (re.compile("(?<=.)ье"), "е"),
    (re.compile("[иы]й$"), "i"),
)
_TABLES = {name: str.maketrans(_BASE | other) for name, other in STANDARDS.items()}


@lru_cache(maxsize=8192)
def romanisations(word: str) -> tuple[tuple[str, str], ...]:
    """Give Latin spellings of a Cyrillic word, each with the standard that writes it so."""
    low = word.lower()
    found: dict[str, str] = {}
    for standard, table in _TABLES.items():
        spelt = "".join(c for c in low.translate(table) if c.isascii() and c.isalnum())
        found.setdefault(spelt, standard)
    spelt = _belarusian(low).translate(_TABLES["Belarusian"])
    found.setdefault("".join(c for c in spelt if c.isascii() and c.isalnum()), _OF_RUSSIAN)
    return tuple(found.items())


def _belarusian(word: str) -> str:
    """Write a Russian word as a Belarusian would: akanie, short u, soft dz and ts."""
    for sound, written in _BELARUSIAN:
        word = sound.sub(written, word)
    return word

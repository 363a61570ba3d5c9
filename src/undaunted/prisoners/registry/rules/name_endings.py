"""A word of a name as it stands in a sentence, given back as it is called: endings of cases.

Names are recorded as somebody is called. Slavic and Baltic sentences change their ends, Arabic ones
put a letter in front. What is guessed here is only looked up: a guess that is no name finds nobody.
"""

# ruff: noqa: RUF001 - letters of many scripts are the matter here

from __future__ import annotations

from typing import Final

from undaunted.core.actors.rules.names import script_of

__all__ = ["without_ending"]

_SHORTEST: Final = 3
"""Letters that are left of a word, at least."""
_CYRILLIC: Final = (
    ("ого", ("ый", "ий", "ой", "")),
    ("его", ("ий", "ый")),
    ("ому", ("ый", "ий", "ой")),
    ("ему", ("ий",)),
    ("ага", ("ы",)),
    ("аму", ("ы",)),
    ("ым", ("ый", "ы", "")),
    ("им", ("ий", "і", "")),
    ("ой", ("а", "ая")),
    ("ою", ("а", "ая")),
    ("ай", ("а", "ая")),
    ("ую", ("ая",)),
    ("ом", ("",)),
    ("ам", ("",)),
    ("ем", ("ь", "й")),
    ("ей", ("я",)),
    ("у", ("", "а")),
    ("ю", ("ь", "й", "я")),
    ("а", ("",)),
    ("я", ("ь", "й")),
    ("е", ("", "а", "я", "ь", "й")),
    ("ы", ("а",)),
    ("и", ("а", "я", "ь")),
    ("і", ("а", "я", "ь")),
)
_LITHUANIAN: Final = (
    ("ienės", ("ienė",)),
    ("os", ("a",)),
    ("ės", ("ė",)),
    ("ą", ("a", "as")),
    ("ę", ("ė",)),
    ("oje", ("a",)),
    ("ai", ("a",)),
    ("ei", ("ė",)),
    ("io", ("is", "ys")),
    ("o", ("as",)),
    ("iui", ("is", "ys")),
    ("ui", ("as", "us")),
    ("į", ("is", "ys")),
    ("iu", ("is", "ys")),
    ("u", ("as",)),
)
_BEFORE: Final = "وفبلك"
"""And, so, in, for, as: written in front of an Arabic word without a blank."""


def without_ending(word: str, language: str) -> tuple[str, ...]:
    """Give what a word may be called that stands in a sentence of this language so."""
    script = script_of(word)
    if script == "Arab" and word[0] in _BEFORE and len(word) > _SHORTEST:
        return (word[1:],)
    endings = _CYRILLIC if script == "Cyrl" else _LITHUANIAN if language == "lt" else ()
    small = word.lower()
    return tuple(
        small[: -len(ending)] + other
        for ending, others in endings
        if small.endswith(ending) and len(small) - len(ending) >= _SHORTEST
        for other in others
    )

"""A name that is looked for as conditions on the words under which names are stored.

Names are stored by the words of every spelling that their script knows, in small Latin letters. Of
what is asked every word counts, and each may be spelled in any way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, product
from typing import TYPE_CHECKING

from undaunted.core.actors.rules.names import romanise, script_of, search_form
from undaunted.prisoners.registry.rules.name_spellings import with_other_spellings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

__all__ = ["SHORT", "Words", "words_asked"]

SHORT = 3
"""Letters from which on a part of a word is found; the index holds three letters at a time."""
MOST_WORDS = 8
"""Words that are looked for; whoever writes more is understood by the first."""
_AROUND = ",.;:!?()[]\"'"
"""Signs that stand around a word and are no part of a reference."""
_VOWELS = frozenset("aeiouy")
_JOINER = "\u200c"
"""Stands between the parts of a Persian name that others write apart."""
_ARTICLE = "al"
"""What Arabic letters give for the article: beside Latin names it stands in many ways, or not."""

_GUESSED = re.compile("(?<=[aeiou])([^aeiou]{1,2})a(?=[^aeiou])")
"""A vowel that is guessed of Arabic letters and may not be there: Bahari, Bahri."""


@dataclass(frozen=True, slots=True)
class Words:
    """A condition on names: one of these is a part of a word, or the whole of it where it is short.

    A name may be spelled in several ways, and any of them will do.
    """

    texts: tuple[str, ...]
    reference: str = ""
    """What a reference may hold a part of instead; nothing if empty."""


def words_asked(name: str) -> list[Words]:
    """Give what must stand in a name: its words in small Latin letters, as names are stored.

    A sign between words is no word. The name as it is printed finds itself.
    """
    text = name.replace("\x00", " ").strip()[:200]
    held = set(search_form(text).split())
    signs = text.split()
    if all(script_of(sign) == "Hani" for sign in signs):
        signs = [text]  # which sign is a surname is seen in the whole
    found = dict.fromkeys(word for sign in signs for word in _asked(sign, held))
    if text and not found:
        return [Words((text.lower(),))]
    return list(found)[:MOST_WORDS]


def _asked(sign: str, held: AbstractSet[str]) -> list[Words]:
    """Give the words of what stands between two blanks: "al-Jisri" has two, "文丽华" as well.

    Each may be spelled in any way that its script knows. `held` are the words of the whole.
    """
    words = _together(_spellings(sign))
    if not words and any(letter.isalnum() for letter in sign):
        words = [(word,) for word in search_form(sign).split()[:1]]
    reference = sign.strip(_AROUND).lower()
    there = reference if len(reference) >= SHORT and reference.isascii() else ""
    words = [word for word in words if not held.isdisjoint(word)] or words
    script = script_of(sign)
    return [Words(with_other_spellings(word, script), reference=there) for word in words]


def _spellings(sign: str) -> list[list[str]]:
    """Give every spelling as words; consonants alone, as of Arabic, only where nothing else is."""
    apart = sign.replace(_JOINER, " ")
    found = [spelled.split() for one in dict.fromkeys((sign, apart)) for spelled in romanise(one)]
    found = [words for words in found if not _VOWELS.isdisjoint("".join(words))] or found
    if script_of(sign) == "Arab":
        bare = [[word for word in words if word != _ARTICLE] for words in found]
        found = [words for words in bare if words] or found
        found += [[_GUESSED.sub(r"\1", word) for word in words] for words in found]
    return found


def _together(spellings: Iterable[list[str]]) -> list[tuple[str, ...]]:
    """Give conditions that hold together where one of the spellings stands: each of any of these.

    Spellings of as many words are taken word by word, so that they may mix. Of "wen lihua" and
    "wen li hua" the first word is wen, and lihua may be replaced by both li and hua.
    """
    by_length: dict[int, list[dict[str, None]]] = {}
    for words in spellings:
        places = by_length.setdefault(len(words), [{} for _ in words])
        for place, word in zip(places, words, strict=True):
            place[word] = None
    chosen = [tuple(dict.fromkeys(chain(*each))) for each in product(*by_length.values())]
    sets = [frozenset(each) for each in chosen]
    needed = [each for each, mine in zip(chosen, sets, strict=True)
              if mine and not any(other < mine for other in sets)]  # fmt: skip
    return list({frozenset(each): each for each in needed}.values())

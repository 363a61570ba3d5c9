"""Words of a name that lists write apart or as one: servants of God, and glory of the faith."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["OF_GOD", "Word", "joined_faith", "joined_servants"]

_SERVANT = re.compile("abd(?:[aeou]{0,2}l?)")
_SERVANT_OF = re.compile("abd(?:[aeou]{1,2}l?|l)(?=.{3})")
_OF_FAITH = frozenset({
    "din", "deen", "dine", "dein", "eddin", "eddine", "uddin", "aldin", "aldeen", "addin", "eldin",
    "eldine",
})  # fmt: skip
_ENDS_FAITH = re.compile("(?<=[a-z]{3})(?:[aeou]{1,2}[ld]?d|[ld]d)(?:ee|ei|i)ne?$")
_OF_FAITH_GLUED = re.compile("(?<=.{2})الد[یي]ن$")
_ARTICLE = re.compile("ال(?!له).{3}")
"""The article before a root; no God has one."""
OF_GOD = frozenset({"ullah", "ollah", "ulla", "الله", "اللہ"})
_OF_THE_GODLY = frozenset({"اللهی", "اللهي"})


@dataclass(slots=True)
class Word:
    """A word as it is read, and as it was written; what its place and signs say of it."""

    text: str
    script: str
    shown: str
    family: bool = False
    father: bool = False
    dotted: bool = False
    noted: bool = False


def joined_servants(words: list[Word]) -> list[Word]:
    """Join Abd al-Rahman and the like, whatever the article became."""
    found: list[Word] = []
    servant: Word | None = None
    for place, word in enumerate(words):
        if word.text == "عبد" and place + 1 < len(words) and words[place + 1].text.startswith("ال"):
            servant = word
            continue
        _without_article(word)
        if servant is not None:
            rest = word.text.removeprefix("ال") if word.script == "arabic" else word.text
            word.text, word.family = servant.text + rest, servant.family
            word.shown = f"{servant.shown} {word.shown}"
            word.father, servant = servant.father, None
        elif word.script == "latin" and _is_servant(word.text.lower()):
            word.text, servant = "abd", word
            continue
        found.append(word)
    return [*found, servant] if servant is not None else found


def _is_servant(low: str) -> bool:
    return low[:3] == "abd" and bool(_SERVANT.fullmatch(low))


def _without_article(word: Word) -> None:
    if word.script == "arabic":
        if _ARTICLE.match(word.text):
            word.text = word.text.removeprefix("ال")
        if word.text.startswith("عبدال"):
            word.text = "عبد" + word.text.removeprefix("عبدال")
    elif word.script == "latin" and word.text[:3].lower() == "abd":
        word.text = _SERVANT_OF.sub("abd", word.text.lower())


def joined_faith(words: list[Word]) -> list[Word]:
    """Join Nasir al-Din and Habib Allah to one word, since lists write either."""
    found: list[Word] = []
    for place, word in enumerate(words):
        low = word.text.lower()
        if found and not word.father and (low in _OF_FAITH or low in ("الدین", "الدين")):
            found[-1].text += "دین" if word.script == "arabic" else "din"
            found[-1].shown += f" {word.shown}"
        elif found and low in _OF_THE_GODLY and found[-1].script == "arabic":
            found[-1].text += "اللهی"
            found[-1].shown += f" {word.shown}"
        elif found and _of_god(low, last=place == len(words) - 1) and not _servant(found[-1]):
            found[-1].text += "الله" if word.script == "arabic" else "ulah"
            found[-1].shown += f" {word.shown}"
        else:
            if word.script == "arabic":
                word.text = _OF_FAITH_GLUED.sub("دین", word.text)
            elif word.script == "latin" and low.endswith(("din", "dine", "deen", "dein")):
                word.text = _ENDS_FAITH.sub("din", low) if _ENDS_FAITH.search(low) else word.text
            found.append(word)
    return found


def _of_god(low: str, *, last: bool) -> bool:
    if low == "allah":
        return last
    return low in OF_GOD


def _servant(word: Word) -> bool:
    return word.text == "عبد" or _is_servant(word.text.lower())

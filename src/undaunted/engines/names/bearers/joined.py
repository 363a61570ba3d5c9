"""Words of a name that lists write apart or as one: servants of God, and glory of the faith."""

from __future__ import annotations

import re
from dataclasses import dataclass

from undaunted.engines.names.words.spelling import letters_of

__all__ = ["OF_GOD", "Word", "joined_faith", "joined_servants"]

_SERVANTS = {
    "latin": "abd", "cyrillic": "абд", "hebrew": "עבד", "greek": "αμπντ", "armenian": "աբդ",
    "georgian": "აბდ", "devanagari": "अब्द्", "bengali": "আব্দ", "ethiopic": "አብድ",
}  # fmt: skip
"""How servants of God begin in letters that are no Arabic ones, whatever the article became."""
_IN_LETTERS = _SERVANTS | {"arabic": "عبد"}
_SERVANT = {
    "latin": re.compile("abd(?:[aeou]{0,2}l?)"),
    "cyrillic": re.compile("абд(?:[аеоуэ]{0,2}(?:ль?)?)"),
    "hebrew": re.compile("עבד(?:[ואי]{0,2}ל)?"),
}
_SERVANT_OF = {
    "latin": re.compile("abd(?:[aeou]{1,2}l?|l)(?=.{3})"),
    # A letter that is two and more in Latin ones counts as those: both cut one name alike.
    "cyrillic": re.compile("абд(?:[аеоуэ]{1,2}(?:ль?)?|ль?)(?=.{3}|[жхцчшщюя].|.[жхцчшщюя])"),
    "hebrew": re.compile("עבד[ואי]{0,2}ל(?!לה)(?=.{3})"),
}
_AS_READ = re.compile("abd[aeouw]{0,2}l?")
_OF_AS_READ = re.compile("abd[aeouw]{0,2}l?(?=.{3})")
"""The same of other letters, by how they are read in Latin ones."""
_OF_FAITH = frozenset({
    "din", "deen", "dine", "dein", "eddin", "eddine", "uddin", "aldin", "aldeen", "addin", "eldin",
    "eldine", "الدین", "الدين", "аддин", "еддин", "эддин", "уддин", "алдин", "аддін", "еддін",
})  # fmt: skip
_BEHIND_ARTICLE = frozenset({"дин", "дін"})
"""Of the faith behind an article alone: Russians write Dean so."""
_FAITH = {"arabic": "دین", "cyrillic": "дин", "latin": "din"}
_ENDS_FAITH = re.compile("(?<=[a-z]{3})(?:[aeou]{1,2}[ld]?d|[ld]d)(?:ee|ei|i)ne?$")
_ENDS_FAITH_CYRILLIC = re.compile("(?<=[а-яё]{3})(?:[аеоуэ]{1,2}[лд]?д|[лд]д)[иі]н$")
_OF_FAITH_GLUED = re.compile("(?<=.{2})الد[یي]ن$")
_ARTICLE = re.compile("ال(?!له).{3}")
"""The article before a root; no God has one."""
OF_GOD = frozenset({"ullah", "ollah", "ulla", "الله", "اللہ", "улла", "уллах", "оллах"})
_GOD = {"arabic": "الله", "cyrillic": "улла", "latin": "ulah"}
_OF_THE_GODLY = frozenset({"اللهی", "اللهي"})


@dataclass(slots=True)
class Word:
    """A word as it is read, and as it was written; what its place and signs say of it."""

    text: str
    script: str
    shown: str
    family: bool = False
    father: bool = False
    article: bool = False
    dotted: bool = False
    noted: bool = False


def joined_servants(words: list[Word]) -> list[Word]:
    """Join Abd al-Rahman and the like, whatever the article became, in the letters of the latter.

    A word of two scripts would be read as neither: of its letters none may be left.
    """
    found: list[Word] = []
    servant: Word | None = None
    for place, word in enumerate(words):
        if servant is not None and servant.script != word.script:
            if (own := _IN_LETTERS.get(word.script)) is not None:
                servant.text = own
            else:
                found.append(servant)
                servant = None
        if word.text == "عبد" and place + 1 < len(words) and words[place + 1].text.startswith("ال"):
            servant = word
            continue
        _without_article(word)
        if servant is not None:
            rest = word.text.removeprefix("ال") if word.script == "arabic" else word.text
            word.text, word.family = servant.text + rest, servant.family
            word.shown = f"{servant.shown} {word.shown}"
            word.father, servant = servant.father, None
        elif _is_servant(word):
            word.text, servant = _SERVANTS[word.script], word
            continue
        found.append(word)
    return [*found, servant] if servant is not None else found


def _is_servant(word: Word) -> bool:
    """Say whether a word is but Abdul, however its article is written."""
    if (own := _SERVANT.get(word.script)) is not None:
        return bool(own.fullmatch(word.text.lower()))
    return word.script in _SERVANTS and bool(_AS_READ.fullmatch(_read(word.text, word.script)))


def _without_article(word: Word) -> None:
    """Leave the article out of a servant's name that is written as one."""
    if word.script == "arabic":
        if _ARTICLE.match(word.text):
            word.text = word.text.removeprefix("ال")
        if word.text.startswith("عبدال"):
            word.text = "عبد" + word.text.removeprefix("عبدال")
    elif (own := _SERVANT_OF.get(word.script)) is not None:
        if word.text[:3].lower() == (begins := _SERVANTS[word.script]):
            word.text = own.sub(begins, word.text.lower())
    elif word.script in _SERVANTS:
        met = _OF_AS_READ.match(_read(word.text, word.script))
        if met is None:
            return
        for cut in range(len(word.text)):
            if _read(word.text[:cut], word.script) == met[0]:
                word.text = _SERVANTS[word.script] + word.text[cut:]
                return


def _read(text: str, script: str) -> str:
    return letters_of(text, script)[0]


def joined_faith(words: list[Word]) -> list[Word]:
    """Join Nasir al-Din and Habib Allah to one word, since lists write either.

    In the letters of what stands before, where they are known in these.
    """
    found: list[Word] = []
    for place, word in enumerate(words):
        low = word.text.lower()
        before = found[-1].script if found else ""
        if before in _FAITH and not word.father and _of_faith(low, word):
            found[-1].text += _FAITH[before]
            found[-1].shown += f" {word.shown}"
        elif found and low in _OF_THE_GODLY and found[-1].script == "arabic":
            found[-1].text += "اللهی"
            found[-1].shown += f" {word.shown}"
        elif (
            before in _GOD
            and _of_god(low, last=place == len(words) - 1)
            and not _servant(found[-1])
        ):
            found[-1].text += _GOD[before]
            found[-1].shown += f" {word.shown}"
        else:
            if word.script == "arabic":
                word.text = _OF_FAITH_GLUED.sub("دین", word.text)
            elif word.script == "latin" and low.endswith(("din", "dine", "deen", "dein")):
                word.text = _ENDS_FAITH.sub("din", low) if _ENDS_FAITH.search(low) else word.text
            elif word.script == "cyrillic" and low.endswith(("дин", "дін")):
                met = _ENDS_FAITH_CYRILLIC.search(low)
                word.text = low[: met.start()] + "дин" if met else word.text
            found.append(word)
    return found


def _of_faith(low: str, word: Word) -> bool:
    return low in _OF_FAITH or (word.article and low in _BEHIND_ARTICLE)


def _of_god(low: str, *, last: bool) -> bool:
    if low in ("allah", "аллах"):
        return last
    return low in OF_GOD


def _servant(word: Word) -> bool:
    return word.text == "عبد" or _is_servant(word)

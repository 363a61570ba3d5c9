"""The surname of somebody who suffered something, where it stands in a text by itself.

A surname alone can be a coincidence: an official's, a town's, a word's. So it is looked for as a
whole word that is no ordinary one and no name of those alleged, and who writes may say that a word
is a coincidence; it is then kept beside what was written, for the second person to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.repression.dossiers.rules.leaks import plain_text, runs_of, word_of
from undaunted.repression.dossiers.rules.refusals import DossierRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = [
    "MOST_COINCIDENCES",
    "coincidences_of",
    "declared_whole",
    "forms_in",
    "surnames_in",
    "surnames_of",
]

MOST_COINCIDENCES: Final = 20
_LONGEST: Final = 60
_SHORT: Final = 3
"""Letters from which on a surname is looked for by itself."""
_BEHIND: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})
_PATRONYMICS: Final = (
    "ovich", "evich", "ovych", "yevich", "ovna", "evna", "ivna", "yivna", "ichna", "avich", "auna",
    "euna", "ович", "евич", "йович", "авіч", "евіч", "овна", "евна", "ична", "івна", "ївна",
    "аўна", "еўна",
)  # fmt: skip
_SONS: Final = frozenset({
    "oglu", "oğlu", "ogly", "qizi", "qızı", "gyzy", "kyzy", "uulu",  # noqa: RUF001
    "оглы", "оглу", "кызы", "гызы",
})  # fmt: skip
"""Son or daughter of, behind the father's name."""
_JOINS: Final = frozenset({
    "al", "el", "bin", "ben", "bint", "ibn", "abu", "abou", "van", "von", "der", "den", "ter",
    "de", "del", "la", "las", "los", "da", "das", "do", "dos", "du", "di",
})  # fmt: skip
_FIRST: Final = frozenset({
    "bai", "cai", "cao", "chang", "chen", "cheng", "cho", "choi", "chu", "deng", "ding", "dong",
    "fang", "feng", "fu", "gao", "gong", "guo", "han", "hoang", "hong", "hsu", "hu", "huang",
    "jang", "jiang", "jung", "kang", "kim", "kwon", "lam", "lee", "liang", "lim", "lin", "liu",
    "lo", "luo", "ma", "meng", "ngo", "nguyen", "pan", "park", "pham", "phan", "shen", "shin",
    "song", "su", "sun", "tan", "tang", "tran", "tsai", "vo", "vu", "wang", "wei", "wong", "wu",
    "xiao", "xie", "xu", "yang", "yao", "ye", "yoon", "yu", "yuan", "zeng", "zhang", "zhao",
    "zheng", "zhou", "zhu",
})  # fmt: skip
"""Surnames that stand before the given name, as China, Korea and Vietnam write them."""
_BENDS: Final = 5
"""Letters from which on a surname is looked for with the ending of a case, too."""
_ENDING: Final = 3
_SOFT: Final = "аеёиіїйоуыьэюяaeijouy"  # noqa: RUF001 - two scripts
"""Letters that an ending takes the place of."""


def surnames_of(name: str) -> tuple[str, ...]:
    """Give the words of a name that are its surname, by how it is written.

    Before a comma; in capitals among others; before a patronymic that comes last; last, with the
    one before, for some have two and are called by the first; and first where that is a surname
    which stands first elsewhere.
    """
    before, comma, _ = name.partition(",")
    if comma:
        return tuple(runs_of(before))
    words = [each for each in runs_of(plain_text(name)) if each.casefold() not in _BEHIND]
    capitals = [each for each in words if len(each) > 1 and each.isupper()]
    if capitals and len(capitals) < len(words):
        return tuple(capitals)
    if len(words) < 2:  # noqa: PLR2004 - a name of one word is looked for as it is
        return tuple(words)
    several = len(words) > 2  # noqa: PLR2004
    if several and (_fathers(words[-1]) or words[-1].casefold() in _SONS):
        return (words[0],)
    first = words[:1] if words[0].casefold() in _FIRST else []
    last = [*(each for each in words[1:-1] if each.casefold() not in _JOINS), words[-1]][-2:]
    if len(last) > 1 and (_fathers(last[0]) or last[0].casefold() in _SONS):
        last = last[-1:]
    return tuple(dict.fromkeys((*first, *last)))


def _fathers(word: str) -> bool:
    return word.casefold().endswith(_PATRONYMICS)


def forms_in(texts: Iterable[str]) -> frozenset[str]:
    """Give every spelling under which words of texts are compared."""
    return frozenset(
        form for text in texts for run in runs_of(plain_text(text)) for form in word_of(run).forms
    )


def surnames_in(text: str, names: Iterable[str], passed: Collection[str]) -> tuple[str, ...]:
    """Give the words of a text that are somebody's surname; `passed` are spellings that are not."""
    wanted = {
        form
        for name in names
        for word in surnames_of(name)
        for form in word_of(word).forms
        if len(form) >= _SHORT and form not in passed
    }
    found = (run for run in runs_of(plain_text(text)) if _is_one(run, wanted, passed))
    return tuple(dict.fromkeys(found))


def coincidences_of(words: Iterable[str]) -> tuple[str, ...]:
    """Give the words that somebody declared a coincidence. Raises `DossierRefused`."""
    found = tuple(dict.fromkeys(_read(words)))
    if len(found) > MOST_COINCIDENCES:
        raise DossierRefused("coincidences", f"there are {len(found)}; write at most 20")
    return found


def declared_whole(name: str, declared: Collection[str]) -> bool:
    """Tell whether every word of a name was declared: half of one that has a hyphen is not it."""
    return all(not word_of(run).forms.isdisjoint(declared) for run in runs_of(plain_text(name)))


def _read(words: Iterable[str]) -> Iterator[str]:
    for each in words:
        told = " ".join(each.split())
        if not told:
            continue
        if len(told) > _LONGEST or len(tuple(runs_of(plain_text(told)))) != 1:
            raise DossierRefused("coincidences", "write single words, of at most 60 letters")
        yield told


def _is_one(run: str, wanted: Collection[str], passed: Collection[str]) -> bool:
    forms = word_of(run).forms
    if not forms.isdisjoint(passed):
        return False
    if not forms.isdisjoint(wanted):
        return True
    cyrillic = "\u0430" <= run[0].casefold() <= "\u04ff"
    return cyrillic and any(_is_bent(one, held) for one in wanted for held in forms)


def _is_bent(form: str, held: str) -> bool:
    """Tell whether a word could be a surname with the ending of a case."""
    stem = form.rstrip(_SOFT)
    return (
        min(len(form), len(stem) + 1) >= _BENDS
        and held.startswith(stem)
        and len(held) <= len(stem) + _ENDING
    )

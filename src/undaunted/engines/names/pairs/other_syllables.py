"""Korean and Chinese names in Latin letters that by their syllables are another person's.

Letters alone hear Jong as a Slavic Yong, and Quan as the beginning of Quanguo. A name is read so
where a surname stands first or last and all other words are syllables; another is another only
where no reading of both agrees. Chinese surnames are from common usage, unverified.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from undaunted.engines.names.characters.hangul import signs_of, spellings
from undaunted.engines.names.characters.kontsevich import SURNAMES
from undaunted.engines.names.characters.wade_giles import is_pinyin
from undaunted.engines.names.words.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.engines.names.words.prepared import Prepared

__all__ = ["have_other_syllables", "lacks_a_syllable"]

Words = tuple[str, ...]
Signs = tuple[frozenset[Any], ...]
"""Hangul syllables that each part may be: the surname as a sign, others by their parts."""
_FEWEST, _MOST = 2, 3
"""Words of a name: a surname, and a given name in one or two."""
_FEWEST_LEFT_OUT = 2
"""Letters of a syllable that is left out; a lone vowel may be an ending."""
_SURNAMES_OF_CHINESE = (
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng"
    " liang xie song tang deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye"
    " cheng wei su lu lv lyu ding ren shen yao cui zhong tan fan jin shi liao jia xia fu fang"
    " bai zou meng xiong qin qiu yin xue yan duan lei hou long tao gu mao hao gong shao wan qian"
    " dai mo kong xiang chang"
)
_CHINESE = frozenset(_SURNAMES_OF_CHINESE.split())


def have_other_syllables(left: Prepared, right: Prepared) -> bool:
    """Say whether no Hangul syllables are spelt by both of two Korean names of as many."""
    read = _read(left, right)
    if read is None:
        return False
    pairs = [
        (mine, theirs)
        for mine in _korean(read[0])
        for theirs in _korean(read[1])
        if len(mine) == len(theirs) and not mine[0].isdisjoint(theirs[0])
    ]
    return bool(pairs) and not any(
        all(not sign.isdisjoint(met) for sign, met in zip(mine, theirs, strict=True))
        for mine, theirs in pairs
    )


def lacks_a_syllable(left: Prepared, right: Prepared) -> bool:
    """Say whether a Chinese given name is the other without its last syllables."""
    read = _read(left, right)
    if read is None:
        return False
    mine, theirs = map(_chinese, read)
    for surname in mine.keys() & theirs.keys():
        short, long = sorted((mine[surname], theirs[surname]), key=len)
        left_out = long.removeprefix(short)
        if _FEWEST_LEFT_OUT <= len(left_out) < len(long) and is_pinyin(left_out):
            return True
    return False


def _read(left: Prepared, right: Prepared) -> tuple[Words, Words] | None:
    """Give the words of two persons' names in Latin letters; nothing where all are the same."""
    if left.kind is not Kind.PERSON or not left.script == right.script == "latin":
        return None
    if any(token.classes for token in (*left.tokens, *right.tokens)):
        return None
    one, other = (tuple(token.plain for token in name.tokens) for name in (left, right))
    return None if sorted(one) == sorted(other) else (one, other)


@lru_cache(maxsize=1)
def _korean_surnames() -> dict[str, frozenset[str]]:
    """Give the surnames in Hangul by each of their spellings."""
    found: dict[str, set[str]] = {}
    for sign in SURNAMES:
        for way in spellings(sign)[0]:
            found.setdefault(way, set()).add(sign)
    return {way: frozenset(signs) for way, signs in found.items()}


@lru_cache(maxsize=4096)
def _korean(words: Words) -> tuple[Signs, ...]:
    """Give surname and given name in every way to read a name; none where it is not Korean."""
    return tuple(
        (_korean_surnames()[surname], *signs)
        for surname, given in _parted(words)
        if surname in _korean_surnames()
        for signs in _cuts(given)
        if all(signs)
    )


def _cuts(given: Words) -> Iterator[Signs]:
    """Give a given name as one syllable or two."""
    if len(given) > 1:
        yield tuple(map(signs_of, given))
        return
    word = given[0]
    yield (signs_of(word),)
    for at in range(1, len(word)):
        yield signs_of(word[:at]), signs_of(word[at:])


@lru_cache(maxsize=4096)
def _chinese(words: Words) -> dict[str, str]:
    """Give the given name by the surname, for the ways to read a name as Chinese."""
    return {
        surname: "".join(given)
        for surname, given in _parted(words)
        if surname in _CHINESE and all(map(is_pinyin, given))
    }


def _parted(words: Words) -> tuple[tuple[str, Words], ...]:
    """Give a surname and what else there is, for a surname that stands first, and last."""
    if not _FEWEST <= len(words) <= _MOST:
        return ()
    return (words[0], words[1:]), (words[-1], words[:-1])

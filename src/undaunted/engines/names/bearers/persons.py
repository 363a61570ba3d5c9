"""A person's name in tokens: titles and particles set aside, what lists write apart joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from undaunted.engines.names.bearers.joined import OF_GOD, Word, joined_faith, joined_servants
from undaunted.engines.names.characters import han, hangul
from undaunted.engines.names.letters.abjads import one_form
from undaunted.engines.names.letters.latin import folds_of, plain
from undaunted.engines.names.typed.cleaning import Disguise, as_latin, undisguised
from undaunted.engines.names.typed.parting import parted
from undaunted.engines.names.typed.scripts import COMMON, script_of_word
from undaunted.engines.names.words.given import COMMON_NAMES, classes_of
from undaunted.engines.names.words.prepared import Prepared
from undaunted.engines.names.words.spelling import is_patronymic, letters_of, token_of
from undaunted.engines.names.words.titles import (
    ARTICLES,
    ASSIMILATED,
    CROWNED,
    DESCENT,
    GRADES,
    NOTES,
    PARTICLES,
    TITLES,
    TITLES_OR_NAMES,
)
from undaunted.engines.names.words.tokens import Kind, Role, Token

__all__ = ["person"]

_BRACKETS = re.compile(r"[(\[]([^)\]]{0,400})[)\]]")
_BREAK = re.compile(r"[^\w,\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+|_+")
_DUTCH = frozenset({("ван", "дер"), ("ван", "ден"), ("ван", "де")})
T = TypeVar("T")
_SYLLABIC, _ABJADS = frozenset({"han", "hangul"}), frozenset({"arabic", "hebrew"})
_LONGEST_SYLLABIC = 4
_DOTTED = re.compile(r"\b(\w{2,12})\.")
_BEHIND_TITLE = 2
"""Words that are left at least where a word is a title that may be a name."""
_SYLLABLE = re.compile(
    "(?:[bpmfdtnlgkhjqxzcsrwy]|zh|ch|sh|ts|tz|hs|ng|kw|gw)?[aeiouv]{1,4}(?:ng|n|m|k|p|t|h|r|l)?"
)
"""A word as Chinese and Koreans have them in Latin letters."""
_TELLING, _TELLING_CONSONANTS = 6, 4
"""Letters of a word that nobody has twice in a name, unless it is a common one."""
_WITH_PATRONYMIC = 3
_BARE_TITLES = frozenset({"mr", "ms", "dr"})
"""Titles that Mario, Musa and Dario are without their vowels."""
_TELLS_VOWELS = 3
"""Letters of a word from which on it would have a vowel behind the first letter."""
_VOWELS = frozenset("aeiouAEIOU")
_NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Draft:
    words: list[Word] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    disguises: set[Disguise] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)
    squashed: str = ""


def person(text: str, found: frozenset[Disguise]) -> Prepared:
    """Prepare a cleaned name of a person."""
    draft = _Draft(disguises=set(found))
    draft.words = _split(text, draft)
    _set_aside(draft)
    draft.squashed = "".join(plain(w.text) or w.text.lower() for w in draft.words)
    _mark_descent(draft)
    draft.words = joined_servants(joined_faith(draft.words))
    foreign = _foreign(text, draft.words)
    if not foreign:
        draft.words = [part for word in draft.words for part in _syllabic(word, len(draft.words))]
    return _finished(text, draft, foreign=foreign)


def _split(text: str, draft: _Draft) -> list[Word]:
    if "(" in text or "[" in text:
        text = _BRACKETS.sub(lambda met: _note(met.group(1), draft), text)
    text = parted(text)
    dotted = {met.lower() for met in _DOTTED.findall(text)} if "." in text else _NOTHING
    before_comma = text.count(",") == 1 and not text.rstrip().endswith(",")
    words = []
    for half, part in enumerate(text.split(",")):
        for piece in _BREAK.sub(" ", part).split():
            shown, hidden = undisguised(piece, a_person=True)
            draft.disguises |= hidden
            family = before_comma and half == 0
            word = Word(shown, script_of_word(shown), shown, family)
            word.dotted, word.noted = piece.lower() in dotted, piece in draft.noted
            words.append(word)
    _look_again(words, draft)
    capitals = [_in_capitals(w.text) for w in words]
    if not before_comma and any(capitals) and not all(capitals):
        for word, capital in zip(words, capitals, strict=True):
            word.family = capital
    if len(words) > 1 and all(w.family for w in words):
        for word in words:
            word.family = False
    return words


def _in_capitals(word: str) -> bool:
    """Say whether a word is in capitals as family names are; a title in them tells none."""
    return len(word) > 1 and word.isupper() and word.lower() not in TITLES_OR_NAMES


def _look_again(words: list[Word], draft: _Draft) -> None:
    """Read a word of lookalikes alone as Latin where all other words are."""
    odd = [word for word in words if word.script in ("cyrillic", "greek")]
    if len(odd) != 1 or not all(w.script in ("latin", COMMON) for w in words if w is not odd[0]):
        return
    turned = as_latin(odd[0].text)
    if turned != odd[0].text and len(words) > 1:
        odd[0].text, odd[0].script = turned, "latin"
        draft.disguises.add(Disguise.LOOKALIKE)


def _note(inside: str, draft: _Draft) -> str:
    if set(re.findall(r"\w+", inside.lower())) <= NOTES:
        draft.asides.append(inside)
        return " "
    draft.noted |= set(_BREAK.sub(" ", inside).split())
    return f" {inside} "


def _without_vowels(words: list[Word], fewest: int) -> bool:
    """Say whether so many words of a name, and all that tell, have no vowels but first ones."""
    written = [w.text for w in words if len(w.text) >= _TELLS_VOWELS and w.text.lower() != "abd"]
    return len(written) >= fewest and all(
        text.isascii() and text.isalpha() and _VOWELS.isdisjoint(text[1:]) for text in written
    )


def _set_aside(draft: _Draft) -> None:
    titles = TITLES - _BARE_TITLES if _without_vowels(draft.words, 2) else TITLES
    names = [w for w in draft.words if w.text.lower() not in titles]
    kept: list[Word] = []
    first = True
    for place, word in enumerate(draft.words):
        if word.text.lower() not in titles:
            kept.append(word)
            first = False
            continue
        behind_servant = place > 0 and draft.words[place - 1].text == "عبد"
        first = first or draft.words[place - 1].family != word.family
        around = draft.words[max(place - 1, 0) : place] + draft.words[place + 1 : place + 2]
        beside = word.noted or any(other.text.lower() in titles for other in around)
        if behind_servant or not _is_title(word, titles, names, first=first, beside=beside):
            kept.append(word)
            first = False
    if kept and len(kept) < len(draft.words):
        draft.asides += [w.text for w in draft.words if w not in kept]
        draft.words = kept
    seen: set[str] = set()
    once = []
    for place, word in enumerate(draft.words):
        if word.text.lower() not in seen or not _telling(word, draft.words[place - 1]):
            once.append(word)
        seen.add(word.text.lower())
    if len(once) > 1:
        draft.words = once


def _is_title(
    word: Word, titles: frozenset[str], names: list[Word], *, first: bool, beside: bool
) -> bool:
    """Say whether a word is a title here; one that may be a name is so by its place or its dot.

    A grade is one beside another title, too, and whatever syllables of Asia stand behind it.
    """
    low = word.text.lower()
    if low not in titles or low not in TITLES_OR_NAMES:
        return low in titles
    if word.family and not any(other.family for other in names):
        return False
    if word.dotted:
        return bool(names)
    if low in CROWNED and _has_initials_alone(names):
        return False
    leads = first and len(names) >= _BEHIND_TITLE
    if low in GRADES and not word.family and (leads or beside or low == "general"):
        return bool(names)
    spelt = [
        letters_of(other.text, other.script)[0]
        if other.script == "cyrillic"
        else other.text.lower()
        for other in names
    ]
    return leads and not all(map(_SYLLABLE.fullmatch, spelt))


def _has_initials_alone(names: list[Word]) -> bool:
    """Say whether a family's name is told, and nothing besides but initials."""
    given = [name for name in names if not name.family]
    return 0 < len(given) < len(names) and all(len(name.text) == 1 for name in given)


def _telling(word: Word, before: Word) -> bool:
    """Say whether nobody would have a word twice in a name; one of consonants if side by side."""
    size = len(word.text)
    if size >= _TELLING or word.script not in _ABJADS:
        return size >= _TELLING and COMMON_NAMES.isdisjoint(folds_of(plain(word.text)))
    if size < _TELLING_CONSONANTS or word.text != before.text or word.text in OF_GOD:
        return False
    return not classes_of((one_form(word.text),))


def _mark_descent(draft: _Draft) -> None:
    """Mark whose son or daughter, and set particles aside."""
    kept: list[Word] = []
    father = article = False
    last = len(draft.words) - 1
    bare = _without_vowels(draft.words, 1)
    for place, word in enumerate(draft.words):
        low = word.text.lower()
        if low in DESCENT and place < last and _descends(low, place, last, kept):
            father = True
            draft.asides.append(word.text)
        elif _is_particle(low, draft.words, place, bare=bare) and (place < last or kept):
            draft.asides.append(word.text)
            article = low in ARTICLES or low in ASSIMILATED
        else:
            word.father, father = father, False
            word.article, article = article, False
            kept.append(word)
    draft.words = kept or draft.words


def _is_particle(low: str, words: list[Word], place: int, *, bare: bool) -> bool:
    """Tell a particle from the initial Y, and from Ali without its last vowel."""
    if low not in PARTICLES:
        return _is_assimilated(low, words, place) or _is_dutch(low, words, place)
    if len(words) == 1 or _is_the_family(words, place):
        return False
    if len(words) == _BEHIND_TITLE and place == 1 and words[0].family == words[1].family:
        # nothing can follow: De, Le and Al are families' names, too
        return low in ARTICLES
    if low == "y":
        around = words[place - 1 : place] + words[place + 1 : place + 2]
        return 0 < place < len(words) - 1 and all(len(word.text) > 1 for word in around)
    return not (
        bare and low == "al" and place > 0 and words[place - 1].family != words[place].family
    )


def _is_assimilated(low: str, words: list[Word], place: int) -> bool:
    """Tell such an article within a name from the family An, which begins one or ends it."""
    sun = ASSIMILATED.get(low)
    within = sun is not None and 0 < place < len(words) - 1
    return within and words[place + 1].text[:1].lower() == sun


def _is_dutch(low: str, words: list[Word], place: int) -> bool:
    """Tell van der in Cyrillic letters from the Chinese families Wang and Deng."""
    around = [word.text.lower() for word in words[max(place - 1, 0) : place + 2]]
    return any(pair in _DUTCH and low in pair for pair in pairwise(around))


def _is_the_family(words: list[Word], place: int) -> bool:
    """Say whether the last word alone is marked as the family's: Sergei TEN has no particle."""
    return place == len(words) - 1 and [word.family for word in words] == [False] * place + [True]


def _descends(low: str, place: int, last: int, kept: list[Word]) -> bool:
    """Tell the mark of descent from the given name Ben."""
    return bool(kept) or place > 0 or (low != "ben" and last > 1)


def _syllabic(word: Word, count: int) -> list[Word]:
    """Cut an unspaced name of Han characters or Hangul syllables behind its surname."""
    size = len(word.text)
    if word.script not in _SYLLABIC or count > 1 or not 1 < size <= _LONGEST_SYLLABIC:
        return [word]
    doubles = han.DOUBLE_SURNAMES if word.script == "han" else hangul.DOUBLE_SURNAMES
    cut = 2 if word.text[:2] in doubles and size > 2 else 1  # noqa: PLR2004 - two characters
    return [
        Word(word.text[:cut], word.script, word.text[:cut]),
        Word(word.text[cut:], word.script, word.text[cut:]),
    ]


@lru_cache(maxsize=512)
def _same(found: T) -> T:
    """Give one object for equal ones, since a list has a hundred thousand of few kinds."""
    return found


def _foreign(text: str, words: list[Word]) -> bool:
    """Say whether characters stand for the sounds of a foreign name."""
    if any(dot in text for dot in "·・‧•"):
        return True
    return any(w.script == "hangul" and len(w.text) >= _LONGEST_SYLLABIC for w in words)


def _finished(text: str, draft: _Draft, *, foreign: bool) -> Prepared:
    words = [w for w in draft.words if w.script != COMMON or w.text.isalnum()]
    words = words or draft.words
    tokens = tuple(_token(word, len(words), foreign=foreign) for word in words)
    scripts = [token.script for token in tokens if token.script != COMMON]
    return Prepared(
        text=text,
        kind=Kind.PERSON,
        script=max(scripts, key=scripts.count) if scripts else COMMON,
        tokens=tokens,
        asides=_same(tuple(draft.asides)),
        fathers=_same(frozenset(place for place, word in enumerate(words) if word.father)),
        family=_same(frozenset(place for place, word in enumerate(words) if word.family)),
        disguises=_same(frozenset(draft.disguises)),
        foreign=foreign,
        squashed=draft.squashed,
        written=_written(words),
    )


def _written(words: list[Word]) -> tuple[str, ...]:
    """Give words as they were written, where one was changed."""
    if all(word.text == word.shown for word in words):
        return ()
    return tuple(word.text if word.text == word.shown else word.shown for word in words)


def _token(word: Word, count: int, *, foreign: bool) -> Token:
    scale = 1.25 if word.family else 1.0
    if word.text.isdigit():
        return token_of(word.text, word.script, Role.NUMBER)
    if word.script in _SYLLABIC and len(word.text) <= _LONGEST_SYLLABIC and not foreign:
        return token_of(word.text, word.script, syllabic=True, scale=scale)
    if len(word.text) == 1:
        return token_of(word.text, word.script, Role.INITIAL)
    token = token_of(word.text, word.script, scale=scale)
    if count >= _WITH_PATRONYMIC and not word.family and is_patronymic(token.folds):
        return token_of(word.text, word.script, Role.PATRONYMIC, scale=scale)
    return token

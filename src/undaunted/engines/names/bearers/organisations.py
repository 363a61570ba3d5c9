"""An organisation's name in tokens: its legal form told apart, abbreviations written out."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from undaunted.engines.names.bearers.legal_forms import (
    ABBREVIATIONS,
    FORMS,
    GENERIC,
    LONGEST_FORM,
    NUMBERS,
    STOP,
    TENS,
)
from undaunted.engines.names.letters.latin import plain
from undaunted.engines.names.typed.cleaning import Disguise, undisguised
from undaunted.engines.names.typed.scripts import COMMON, script_of_word
from undaunted.engines.names.words.abbreviations import in_few_capitals
from undaunted.engines.names.words.prepared import Prepared
from undaunted.engines.names.words.spelling import letters_of, token_of
from undaunted.engines.names.words.tokens import Kind, Role, Token

__all__ = ["acronym_of", "organisation"]

_DOTTED = re.compile(r"\b(?:\w\.\s?){2,}(?:\w\b)?")
_BREAK = re.compile(r"[^\w\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+|_+")
_GLUED = re.compile(r"(?<=[a-z])(AG|SA|GmbH|LLC|Ltd|Inc|JSC|PLC|OOO)$")
_NOTHING: frozenset[Disguise] = frozenset()
_CODE = 2
"""Letters that, with digits among them, are a code such as 3M."""
_STATE = {
    "us": "United States", "usa": "United States", "uk": "United Kingdom", "un": "United Nations",
    "eu": "European Union", "uae": "United Arab Emirates", "prc": "China", "dprk": "North Korea",
}  # fmt: skip
_STATES = re.compile(r"\b(?:US|USA|UK|UN|EU|UAE|PRC|DPRK)\b")
_LONG_FORM = 9
_LONG_FORMS = {way[0]: form for way, form in FORMS.items() if len(way) == 1 and len(way[0]) > 9}  # noqa: PLR2004 - one more than may be missing
_CJK_FORM = re.compile(
    "股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|有限会社|주식회사|유한회사"
)


def organisation(text: str, found: frozenset[Disguise]) -> Prepared:
    """Prepare a cleaned name of an organisation."""
    words, disguises = _words(text)
    kept, asides, forms = _without_forms(words)
    names = [w for w in kept if w.lower() not in STOP] or kept
    counted = _counted(names)
    tokens = tuple(_token(word, alone=len(counted) == 1) for word in counted)
    scripts = [token.script for token in tokens if token.script != COMMON]
    return Prepared(
        text=text,
        kind=Kind.ORGANISATION,
        script=max(scripts, key=scripts.count) if scripts else COMMON,
        tokens=tokens,
        asides=(*asides, *(w for w in kept if w not in names)),
        forms=forms,
        disguises=found | disguises,
        squashed="".join(map(_key, kept)),
    )


def _words(text: str) -> tuple[list[str], frozenset[Disguise]]:
    text = _DOTTED.sub(lambda met: re.sub(r"[.\s]", "", met.group()) + " ", text)
    text = _STATES.sub(lambda met: _STATE[met.group().lower()], text)
    text = _CJK_FORM.sub(
        lambda met: f" {met.group()} ", text.replace("&", " and ").replace("+", " ")
    )
    words: list[str] = []
    disguises = _NOTHING
    for piece in _BREAK.sub(" ", text).split():
        shown, hidden = piece, _NOTHING
        letters = sum(map(str.isalpha, piece))
        if letters > _CODE and letters * 4 > len(piece) * 3:
            shown, hidden = undisguised(piece)
        disguises |= hidden
        words += _GLUED.sub(r" \1", shown).split()
    return words, disguises


def _counted(words: list[str]) -> list[str]:
    """Write forty-four as 44, whichever part is in letters."""
    found: list[str] = []
    tens = 0
    for word in words:
        unit = NUMBERS.get(word.lower(), word)
        if tens and len(unit) == 1 and unit.isdigit():
            found[-1] = str(tens + int(unit))
            tens = 0
            continue
        tens = TENS.get(word.lower(), 0)
        found.append(str(tens) if tens else word)
    return found


def _key(word: str) -> str:
    return plain(word) or word.lower()


def _without_forms(words: list[str]) -> tuple[list[str], list[str], frozenset[str]]:
    kept, asides, forms = [], [], set()
    place = 0
    keys = [_key(word) for word in words]
    while place < len(words):
        for size in range(min(LONGEST_FORM, len(words) - place), 0, -1):
            form = FORMS.get(tuple(keys[place : place + size])) or _misspelt(keys[place], size)
            if form and _stands_as_form(place, size, len(words), form):
                forms.add(form)
                asides.append(" ".join(words[place : place + size]))
                place += size
                break
        else:
            kept.append(words[place])
            place += 1
    return (kept, asides, frozenset(forms)) if kept else (words, [], frozenset())


def _misspelt(key: str, size: int) -> str | None:
    """Find a long form of one word with a slip of the pen."""
    if size > 1 or len(key) < _LONG_FORM:
        return None
    near = (
        form for way, form in _LONG_FORMS.items() if OSA.distance(way, key, score_cutoff=1) <= 1
    )
    return next(near, None)


def _stands_as_form(place: int, size: int, count: int, form: str) -> bool:
    """Short forms stand at an end of a name; within it they are words like any other."""
    return size < count and (
        place == 0 or place + size == count or size > 1 or form not in ("co", "foundation")
    )


def _token(word: str, *, alone: bool = False) -> Token:
    low = word.lower()
    script = script_of_word(word)
    if low.isdigit():
        return token_of(low.lstrip("0") or "0", script, Role.NUMBER)
    if low in NUMBERS:
        return token_of(NUMBERS[low], COMMON, Role.NUMBER)
    full = ABBREVIATIONS.get(_key(low), word)
    role = Role.GENERIC if letters_of(full, script)[0] in GENERIC else Role.WORD
    if alone and role is Role.WORD and in_few_capitals(full):
        role = Role.ABBREVIATION
    return token_of(full, script, role)


def acronym_of(name: Prepared) -> frozenset[str]:
    """Give what the first letters of a name spell, with and without its small words."""
    words = re.findall(r"\w+", name.text)
    whole = "".join(plain(w)[:1] for w in words)
    short = "".join(token.plain[:1] for token in name.tokens)
    big = "".join(plain(w)[:1] for w in words if w.lower() not in STOP)
    return frozenset(found for found in (whole, short, big) if len(found) > 1)

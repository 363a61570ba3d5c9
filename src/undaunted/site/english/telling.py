"""An English sentence in the reader's language: looked up whole, or by the form it was made of.

A refusal reaches a page as a finished sentence, for whoever refused knows no language. The forms
that such sentences are made of stand in the source; the one that fits says what varied in it, and
its translation is filled with that. Several refusals in one, parted by semicolons, are told one by
one. Where nothing fits the English stands, so that nobody is left without the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language, pgettext

from undaunted.site.english.packs import LAW, pack_texts
from undaunted.site.english.sources import PLACE, SAID, said_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.utils.safestring import SafeString

__all__ = ["law_told", "marked", "marked_of", "refusal_told", "told_by_field"]

_ENGLISH: Final = "en"
_AND: Final = "; "
_HAS: Final = ": "
_LONGEST: Final = 8_000
_LONGEST_RUN: Final = 6
"""Parts that one sentence may have where semicolons part it."""
_DEEPEST: Final = 3
_WEAK: Final = 7
"""Letters under which a form says so little that it fits nearly anything."""
_FIELD: Final = re.compile(r"([\w.\[\]-]{1,80}): ")
_PLACE: Final = re.compile(r"(?:(?:\S{1,80}|[a-z]{1,20} \d{1,9})(?:, |: )){1,6}")
"""What may stand before a sentence: a field, a file, rows."""
_BESIDE: Final = re.compile(r"(?: \([^()]*\))?(?: \[\w+\])?$")
"""What a finding has behind its sentence: what stood there, and the code of the rule."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A sentence with places: what stands fixed around them, and their names."""

    sentence: str
    fixed: tuple[str, ...]
    names: tuple[str, ...]
    anchor: str
    """What stands in it for certain, so that others need not be tried."""

    def fit(self, text: str) -> dict[str, str] | None:
        """Give what stands at each place, the shortest first; None where the text is another."""
        if self.anchor not in text or not text.startswith(self.fixed[0]):
            return None
        held, at = {}, len(self.fixed[0])
        for name, after in zip(self.names, self.fixed[1:], strict=True):
            last = name == self.names[-1]
            end = len(text) - len(after) if last else text.find(after, at)
            if end < at or not text.startswith(after, end):
                return None
            held[name], at = text[at:end], end + len(after)
        return held

    def swallows(self, held: str, *, loose: bool) -> bool:
        """Whether what stands at a place is more than a value: a sentence of its own."""
        weak = len(self.anchor) < _WEAK
        return (_AND in held and (weak or not loose)) or (weak and _HAS in held)


def law_told(text: str) -> str:
    """Tell a text of a pack in the reader's language, else as it stands."""
    return pgettext(LAW, text) if text and not _in_english() else text


def refusal_told(text: str) -> str:
    """Tell what code said in English, one sentence or several, in the reader's language."""
    if _in_english() or len(text) > _LONGEST:
        return text
    return _AND.join(f"{field}{said}" for field, said in _parts(text, 0))


def told_by_field(text: str) -> list[tuple[str, str]]:
    """Tell it as `refusal_told`, parted by the fields that it names; one that names none has ''.

    What follows a sentence that names a field, and names none itself, belongs to it: its remedy.
    """
    found: list[tuple[str, str]] = []
    for field, said in _parts(text[:_LONGEST], 0):
        told = f"{field}{said}"
        named = _FIELD.match(told)
        if named:
            found.append((named[1], told[named.end() :]))
        elif found and found[-1][0]:
            found[-1] = (found[-1][0], f"{found[-1][1]}{_AND}{told}")
        else:
            found.append(("", told))
    return found


def marked(text: str, *, law: bool = False, shape: Callable[[str], str] = str) -> SafeString:
    """Give the told text for a page, shaped; one that stays English is marked as English."""
    said = law_told(text) if law else refusal_told(text)
    if said != text or _in_english() or not text:
        return conditional_escape(shape(said))
    return format_html('<span lang="en" dir="ltr">{}</span>', shape(text))


def marked_of(texts: Mapping[str, str]) -> SafeString:
    """Give a text that its pack has in some languages, else the English one as `marked` does."""
    own = texts.get(get_language() or _ENGLISH)
    return marked(texts[_ENGLISH], law=True) if own is None else conditional_escape(own)


def _in_english() -> bool:
    return (get_language() or _ENGLISH).partition("-")[0] == _ENGLISH


def _parts(text: str, depth: int) -> Iterator[tuple[str, str]]:
    """Give each sentence in turn, the longest that fits first, with the field before it."""
    pieces = text.split(_AND)
    start = 0
    while start < len(pieces):
        end, said = _next(pieces, start, depth)
        yield said
        start = end


def _next(pieces: list[str], start: int, depth: int) -> tuple[int, tuple[str, str]]:
    """Find the sentence that begins with a piece: none that swallows another, if there is one."""
    longest = min(len(pieces), start + _LONGEST_RUN)
    for loose in (False, True):
        for end in range(longest, start, -1):
            said = _sentence(_AND.join(pieces[start:end]), depth, loose=loose)
            if said is not None:
                return end, said
    return start + 1, ("", pieces[start])


def _sentence(text: str, depth: int, *, loose: bool) -> tuple[str, str] | None:
    """Tell one sentence, with or without a field before it; None where no form fits."""
    beside = _BESIDE.search(text)
    ends = dict.fromkeys((len(text), beside.start() if beside else len(text)))
    for start in _starts(text):
        for end in ends:
            said = _whole(text[start:end], depth, loose=loose)
            if said is not None:
                return text[:start], said + text[end:]
    return None


def _starts(text: str) -> Iterator[int]:
    """Give where the sentence may begin: behind the field that it names, before all."""
    field = _FIELD.match(text)
    if field:
        yield field.end()
    start = 0
    while not start or _PLACE.fullmatch(text[:start]):
        yield start
        colon = text.find(_HAS, start)
        if colon < 0:
            return
        start = colon + len(_HAS)


def _whole(text: str, depth: int, *, loose: bool) -> str | None:
    plain, forms = _forms()
    if text in plain:
        return pgettext(SAID, text)
    for form in forms:
        held = form.fit(text)
        if held is not None and not any(form.swallows(each, loose=loose) for each in held.values()):
            said = pgettext(SAID, form.sentence)
            values = {name: _value(each, depth) for name, each in held.items()}
            return PLACE.sub(lambda place: values.get(place[1], place[0]), said)  # noqa: B023 - used at once
    return None


def _value(text: str, depth: int) -> str:
    """Tell what stands at a place, where it is itself such a sentence or a text of a pack."""
    for each in (text, text[:1].upper() + text[1:]):
        if each in _laws():
            return pgettext(LAW, each)
    if depth >= _DEEPEST:
        return text
    return _AND.join(f"{field}{said}" for field, said in _parts(text, depth + 1))


@cache
def _laws() -> frozenset[str]:
    return frozenset(text for _file, text in pack_texts())


@cache
def _forms() -> tuple[frozenset[str], tuple[_Form, ...]]:
    """Give the sentences without places, and those with, what is most certain first."""
    every = dict.fromkeys(sentence for _file, sentence in said_texts())
    plain = frozenset(each for each in every if not PLACE.search(each))
    forms = [_form(each) for each in every if each not in plain]
    return plain, tuple(sorted(forms, key=lambda form: -sum(map(len, form.fixed))))


def _form(sentence: str) -> _Form:
    fixed = tuple(PLACE.split(sentence)[::2])
    names = tuple(PLACE.findall(sentence))
    return _Form(sentence, fixed, names, max(fixed, key=len))

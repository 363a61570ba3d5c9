"""The editorial texts of the annual report: their states, what a signature needs, where they stand.

English is the original; every other language translates one signed version of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.core.editions.rules import (
    Bullets,
    EditionRefused,
    Footnote,
    Notice,
    Number,
    Paragraph,
    Reference,
    Section,
    numbers_of,
)
from undaunted.core.editions.rules.walking import blocks_of, tables_in
from undaunted.prisoners.report.rules.chapters import EDITORIAL_CHAPTERS, Chapter
from undaunted.prisoners.report.rules.marks import TextBroken, read_text
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undaunted.core.editions.rules import Block, Document, Piece, Text
    from undaunted.prisoners.report.rules.inline import Typed
    from undaunted.prisoners.report.rules.marks import Reading

__all__ = [
    "FIRST_YEAR",
    "LANGUAGE_CODES",
    "LAST_YEAR",
    "ORIGINAL",
    "STEPS",
    "Kept",
    "Place",
    "Standing",
    "State",
    "TextRefused",
    "flag_of",
    "known_keys",
    "missing_reasons",
    "place_named",
    "place_texts",
    "read_translation",
    "standing_of",
    "stated",
]

ORIGINAL = "en"
LANGUAGE_CODES = tuple(each.code for each in LANGUAGES)
FIRST_YEAR, LAST_YEAR = 1900, 2200
_MOST_NAMED = 5

Figures = MappingProxyType[str, tuple[str, Any]]


class TextRefused(EditionRefused):
    """A text cannot stand in the report as it is; says chapter, place and remedy."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: in which report, chapter and language."""

    year: int
    chapter: Chapter
    language: str

    @property
    def is_original(self) -> bool:
        """Whether it is written, and not translated."""
        return self.language == ORIGINAL

    def __str__(self) -> str:
        return f"{self.year}, chapter {self.chapter}, {self.language}"


def place_named(year: int, chapter: str, language: str) -> Place:
    """Give a place by its names. Raises `TextRefused` for one that no text can have."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TextRefused(f"year: {year} lies outside {FIRST_YEAR} to {LAST_YEAR}")
    if chapter not in EDITORIAL_CHAPTERS:
        may = ", ".join(EDITORIAL_CHAPTERS)
        raise TextRefused(f"chapter: {chapter[:40]!r} takes no text; write one of {may}")
    if language not in LANGUAGE_CODES:
        may = ", ".join(LANGUAGE_CODES)
        raise TextRefused(f"language: {language[:20]!r} is none of {may}")
    return Place(year, Chapter(chapter), language)


class State(StrEnum):
    """Where a version stands between whoever writes, reviews and signs."""

    DRAFT = "draft"
    WAITING = "waiting"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STEPS: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.DRAFT: frozenset({State.WAITING, State.DECLINED}),
        State.WAITING: frozenset({State.REVIEWED, State.DECLINED}),
        State.REVIEWED: frozenset({State.SIGNED, State.DECLINED}),
        State.SIGNED: frozenset({State.WITHDRAWN}),
        State.DECLINED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }
)
"""Which state may follow which; the database holds the same."""


class Standing(StrEnum):
    """What the board says of a chapter in a language."""

    MISSING = "missing"
    DRAFT = "draft"
    WAITING = "waiting"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the rules need to know of a version; `translates` is the number of an English one."""

    number: int
    state: State
    translates: int | None = None


def stated(versions: Iterable[Kept]) -> Kept | None:
    """Give the version that stands: the last that was signed, unless it was withdrawn."""
    decided = [each for each in versions if each.state in {State.SIGNED, State.WITHDRAWN}]
    last = max(decided, key=lambda each: each.number, default=None)
    return last if last is not None and last.state is State.SIGNED else None


def standing_of(versions: Sequence[Kept], original: int | None) -> Standing:
    """Say where a chapter stands in a language; `original` is the English version that stands."""
    signed = stated(versions)
    newest = max(versions, key=lambda each: each.number, default=None)
    if newest is not None and newest.state in {State.DRAFT, State.WAITING, State.REVIEWED}:
        return Standing(newest.state.value)
    if signed is None:
        return Standing.MISSING
    if signed.translates is not None and signed.translates != original:
        return Standing.OVERTAKEN
    return Standing.SIGNED


def read_translation(body: str, language: str, original: Reading | None) -> Reading:
    """Read a text, and hold its numbers against those of the original. Raises `TextBroken`."""
    reading = read_text(body, language)
    if original is None or reading.keys == original.keys:
        return reading
    ours, theirs = list(reading.keys), list(original.keys)
    problems = []
    for sort, key in theirs:
        if (sort, key) in ours:
            ours.remove((sort, key))
        else:
            problems.append(f"{{{sort}:{key}}} stands in the English text and not here; add it")
    for mark in reading.marks:
        if (mark.sort, mark.key) in ours:
            ours.remove((mark.sort, mark.key))
            told = f"{{{mark.sort}:{mark.key}}}"
            problems.append(
                f"line {mark.line}: {told} stands here oftener than in the English text"
            )
    raise TextBroken(tuple(problems))


def flag_of(typed: Typed) -> dict[str, Any]:
    """Give a number typed by hand as it is kept beside its version."""
    return {"line": typed.line, "number": typed.text, "around": typed.around}


def missing_reasons(flags: Sequence[Any], accepted: Mapping[str, str]) -> tuple[str, ...]:
    """Give the places, counted from 1, of numbers that nobody accepted with a reason."""
    places = (str(at) for at in range(1, len(flags) + 1))
    return tuple(at for at in places if not accepted.get(at, "").strip())


def known_keys(document: Document) -> frozenset[str]:
    """Give the keys of the sections, tables and figures of a document."""
    tables = {each.key for each in tables_in(document)}
    others = {
        block.key
        for block in blocks_of(document.blocks)
        if not isinstance(block, Paragraph | Bullets | Notice)
    }
    return frozenset(tables | others)


def place_texts(document: Document, texts: Mapping[Chapter, tuple[Block, ...]]) -> Document:
    """Give the document with each text at the head of its chapter, its numbers filled in.

    A chapter is the section whose key it is. Raises `TextRefused` for a chapter that is not there,
    for a number or table that the document does not have, and for a number that is not known.
    """
    figures = MappingProxyType(numbers_of(document))
    known = known_keys(document)
    filled = {
        chapter: tuple(
            _filled(block, f"chapter {chapter}, block {at}", figures, known)
            for at, block in enumerate(blocks, start=1)
        )
        for chapter, blocks in texts.items()
    }
    placed: set[Chapter] = set()
    blocks = _placed(document.blocks, filled, placed)
    for chapter in texts:
        if chapter not in placed:
            raise TextRefused(
                f"chapter {chapter}: the report has no such chapter, so its text has no place; "
                "withdraw the text, or build the chapter"
            )
    return replace(document, blocks=blocks)


def _placed(
    blocks: tuple[Block, ...],
    texts: Mapping[Chapter, tuple[Block, ...]],
    placed: set[Chapter],
) -> tuple[Block, ...]:
    keys = {str(chapter): chapter for chapter in texts}
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Section):
            inner = _placed(block.blocks, texts, placed)
            chapter = keys.get(block.key)
            if chapter is not None:
                placed.add(chapter)
                inner = (*texts[chapter], *inner)
            done.append(replace(block, blocks=inner))
        else:
            done.append(block)
    return tuple(done)


def _filled(block: Block, where: str, figures: Figures, known: frozenset[str]) -> Block:
    if isinstance(block, Paragraph | Notice):
        return replace(block, text=_text(block.text, where, figures, known))
    if isinstance(block, Bullets):
        items = tuple(_text(each, where, figures, known) for each in block.items)
        return replace(block, items=items)
    raise TextRefused(f"{where}: a text holds paragraphs and lists only")


def _text(text: Text, where: str, figures: Figures, known: frozenset[str]) -> Text:
    return tuple(_piece(piece, where, figures, known) for piece in text)


def _piece(piece: Piece, where: str, figures: Figures, known: frozenset[str]) -> Piece:
    if isinstance(piece, Footnote):
        return Footnote(_text(piece.text, where, figures, known))
    if isinstance(piece, Reference) and piece.to not in known:
        near = _near(piece.to, known)
        raise TextRefused(
            f"{where}: {{table:{piece.to}}}: the report has no table, figure or section of this "
            f"key{near}; propose a text without it"
        )
    if not isinstance(piece, Number):
        return piece
    if piece.key not in figures:
        raise TextRefused(
            f"{where}: {{number:{piece.key}}}: the report has no number of this key"
            f"{_near(piece.key, figures)}; propose a text without it"
        )
    label, value = figures[piece.key]
    if value is None:
        raise TextRefused(f"{where}: {{number:{piece.key}}}: the report does not know this number")
    return Number(piece.key, value, label)


def _near(key: str, known: Iterable[str]) -> str:
    """Name the keys of the same table, if there are any."""
    stem = key.partition("/")[0]
    alike = sorted(each for each in known if each.partition("/")[0] == stem)
    if not alike:
        return ""
    more = ", …" if len(alike) > _MOST_NAMED else ""
    return f" (of {stem}: {', '.join(alike[:_MOST_NAMED])}{more})"

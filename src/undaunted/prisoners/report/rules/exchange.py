"""The texts of a language as one file for translators: XLIFF 1.2, written and strictly read.

Each text is a `file`, each paragraph or point a `trans-unit`. Numbers and tables that are inserted
by reference are placeholders, which a translator's program moves but does not change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from undaunted.prisoners.report.rules.marks import LONGEST, segments_of
from undaunted.prisoners.report.rules.texts import (
    LANGUAGE_CODES,
    ORIGINAL,
    Place,
    TextRefused,
    place_named,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

__all__ = [
    "LARGEST",
    "ExchangeBroken",
    "Exported",
    "Returned",
    "assembled",
    "read_exchange",
    "write_exchange",
]

LARGEST = 4_000_000
"""The most bytes of a file."""
MOST_TEXTS, MOST_UNITS = 100, 5_000
_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_MARKS = re.compile(r"\{(?:number|table):[^{}|]*\}")
_FROM_US = re.compile(r"(\d{4})/([a-z_]{1,24})/(\d{1,6})")
_HELP: Final = (
    "Keep what stands in braces. Of {plain:…|why} and {note:source|date|words} translate the words "
    "and keep braces, strokes, dates and the first word of the reason. **…** is strong, "
    "[words](address) is a link."
)


class ExchangeBroken(ValueError):
    """A file for translators cannot be taken; `problems` names text, piece, rule and remedy."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Exported:
    """A signed English text, and the translation that is there already."""

    place: Place
    number: int
    body: str
    translation: str = ""
    current: bool = False
    """Whether the translation is of this very version."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A text as it came back: its pieces by number, from 1; an empty one is not translated."""

    place: Place
    number: int
    pieces: Mapping[int, str]


def write_exchange(texts: Iterable[Exported], language: str) -> bytes:
    """Give the file, in UTF-8."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff version="1.2" xmlns="{_NAMESPACE}">',
        *(line for text in texts for line in _file(text, language)),
        "</xliff>",
    ]
    return ("\n".join(lines) + "\n").encode()


def read_exchange(content: bytes) -> tuple[Returned, ...]:
    """Read a file that came back. Raises `ExchangeBroken`."""
    if len(content) > LARGEST:
        raise ExchangeBroken(f"the file has {len(content)} bytes; {LARGEST} are the most")
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise ExchangeBroken(f"no XLIFF: {type(problem).__name__}: {problem}") from problem
    if root.tag != _named("xliff"):
        raise ExchangeBroken("no XLIFF 1.2; let your program save it as XLIFF 1.2")
    files = root.findall(_named("file"))
    if not files:
        raise ExchangeBroken("the file holds no text; export it anew")
    if len(files) > MOST_TEXTS or sum(1 for _each in root.iter()) > MOST_UNITS * 10:
        raise ExchangeBroken(f"more than {MOST_TEXTS} texts or {MOST_UNITS} pieces")
    return tuple(_returned(each) for each in files)


def assembled(body: str, pieces: Mapping[int, str]) -> str:
    """Give the translation of a text: each piece in the place of the one that it translates."""
    lines: list[str] = []
    before = False
    for number, segment in enumerate(segments_of(body), start=1):
        if lines and not (before and segment.point):
            lines.append("")
        lines.append(("- " if segment.point else "") + pieces[number])
        before = segment.point
    return "\n".join(lines)


def _file(text: Exported, language: str) -> Iterator[str]:
    name = quoteattr(f"{text.place.year}/{text.place.chapter}/{text.number}")
    yield (
        f"<file original={name} source-language={quoteattr(ORIGINAL)} "
        f'target-language={quoteattr(language)} datatype="plaintext">'
    )
    yield f"<header><note>{escape(_HELP)}</note></header><body>"
    sources, targets = segments_of(text.body), segments_of(text.translation)
    known = len(sources) == len(targets)
    state = "translated" if text.current else "needs-review-translation"
    for number, source in enumerate(sources, start=1):
        told = (
            f'<target state="{state}">{_marked(targets[number - 1].flat)}</target>'
            if known
            else '<target state="needs-translation"/>'
        )
        yield (
            f'<trans-unit id="{number}" xml:space="preserve">'
            f"<source>{_marked(source.flat)}</source>{told}</trans-unit>"
        )
    yield "</body></file>"


def _marked(text: str) -> str:
    """Give the words with what is inserted by reference as placeholders."""
    parts, last = [], 0
    for number, mark in enumerate(_MARKS.finditer(text), start=1):
        parts.append(escape(text[last : mark.start()]))
        parts.append(f'<ph id="{number}">{escape(mark.group())}</ph>')
        last = mark.end()
    return "".join([*parts, escape(text[last:])])


def _returned(file: Element) -> Returned:
    original, language = file.get("original", ""), file.get("target-language", "").lower()
    found = _FROM_US.fullmatch(original)
    if found is None:
        raise ExchangeBroken(f"file {original[:60]!r}: not exported here; export the texts anew")
    if language not in LANGUAGE_CODES or language == ORIGINAL:
        may = ", ".join(each for each in LANGUAGE_CODES if each != ORIGINAL)
        raise ExchangeBroken(f"{original}: target-language {language[:20]!r} is none of {may}")
    try:
        place = place_named(int(found[1]), found[2], language)
    except TextRefused as refusal:
        raise ExchangeBroken(f"{original}: {refusal}") from refusal
    pieces: dict[int, str] = {}
    for unit in file.iter(_named("trans-unit")):
        name = unit.get("id", "")
        if not (name.isascii() and name.isdecimal() and len(name) < len(str(MOST_UNITS)) + 1):
            raise ExchangeBroken(f"{original}: a piece with the id {name[:20]!r}; ids are numbers")
        if int(name) in pieces:
            raise ExchangeBroken(f"{original}, piece {name}: given twice")
        target = unit.find(_named("target"))
        text = " ".join("".join(target.itertext()).split()) if target is not None else ""
        if len(text) > LONGEST:
            raise ExchangeBroken(f"{original}, piece {name}: more than {LONGEST} letters")
        pieces[int(name)] = text
    return Returned(place, int(found[3]), pieces)


def _named(tag: str) -> str:
    return f"{{{_NAMESPACE}}}{tag}"

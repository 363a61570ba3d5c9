"""A text as it is written, read strictly into plain blocks: nothing of it is ever markup elsewhere.

Paragraphs are parted by an empty line; a line that begins with `- ` is a point of a list, and goes
on in lines that begin with two spaces. Inside stand `**strong**`, `[words](https://…)`, and in
braces `{number:KEY}`, `{table:KEY}`, `{plain:1948|why}` and `{note:source|date|words}`. A backslash
takes the meaning from what follows.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.editions.rules import Bullets, Paragraph
from undaunted.prisoners.report.rules.inline import Broken, Collected, read_inline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.editions.rules import Block, Text
    from undaunted.prisoners.report.rules.inline import Mark, Plain, Typed

__all__ = ["LONGEST", "Reading", "Segment", "TextBroken", "read_text", "segments_of", "tidied"]

LONGEST = 20_000
"""The most letters of a text."""
MOST_PROBLEMS = 30

_UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that turn the direction of what follows; nobody who reviews a text sees them."""


class TextBroken(ValueError):
    """A text breaks rules of writing; `problems` names each line and rule."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph, or a point of a list, as it is written; `line` is where it begins."""

    line: int
    text: str
    point: bool

    @property
    def flat(self) -> str:
        """The same in one line, for whoever translates."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was read: its blocks, and everything in it that is a number."""

    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    typed: tuple[Typed, ...]
    plain: tuple[Plain, ...]

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """What is inserted by reference, in one order."""
        return tuple(sorted((each.sort, each.key) for each in self.marks))


def tidied(body: str) -> str:
    """Give a text in its one spelling: composed letters, plain ends of lines, none at the end."""
    plain = unicodedata.normalize("NFC", body).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in plain.split("\n")).strip("\n")


def segments_of(body: str) -> tuple[Segment, ...]:
    """Part a text into its paragraphs and points."""
    return tuple(_segments(body))


def read_text(body: str, language: str) -> Reading:
    """Read a text. Raises `TextBroken` with everything that is wrong."""
    if not body.strip():
        raise TextBroken(("line 1: the text is empty; write a paragraph",))
    if len(body) > LONGEST:
        raise TextBroken((f"line 1: {len(body)} letters; {LONGEST} are the most",))
    found = Collected(language)
    problems = list(_unprintable(body))
    blocks: list[Block] = []
    points: list[Text] = []
    for segment in [] if problems else segments_of(body):
        if problem := _strange(segment):
            problems.append(f"line {segment.line}: {problem}")
            continue
        try:
            text = read_inline(segment.text, segment.line, found)
        except Broken as broken:
            problems.append(str(broken))
            continue
        if segment.point:
            points.append(text)
            continue
        _close(points, blocks)
        blocks.append(Paragraph(text))
    _close(points, blocks)
    if problems:
        raise TextBroken(tuple(problems[:MOST_PROBLEMS]))
    return Reading(tuple(blocks), tuple(found.marks), tuple(found.typed), tuple(found.plain))


def _close(points: list[Text], blocks: list[Block]) -> None:
    if points:
        blocks.append(Bullets(tuple(points)))
        points.clear()


def _segments(body: str) -> Iterator[Segment]:
    first, lines, point = 0, list[str](), False
    for number, line in enumerate([*body.split("\n"), ""], start=1):
        begins = line.startswith("- ") or line == "-"
        goes_on = line.strip() and not begins and (not point or line.startswith("  "))
        if lines and not goes_on:
            yield Segment(first, "\n".join(lines), point)
            lines = []
        if not line.strip():
            continue
        if not lines:
            first, point = number, begins
        lines.append(line[2:].strip() if begins else line.strip())


def _unprintable(body: str) -> Iterator[str]:
    for number, line in enumerate(body.split("\n"), start=1):
        for letter in line:
            if letter in _UNSEEN or unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"}:
                yield f"line {number}: U+{ord(letter):04X} cannot be seen or printed; take it out"
                break


def _strange(segment: Segment) -> str:
    """Say what looks like a way of writing that is not ours and would be printed as it is."""
    if not segment.text:
        return "a point without words; write some behind the dash, or take it out"
    lines = segment.text.split("\n")
    if any(line.startswith("#") for line in lines):
        return "no headings: the chapter has its own; write \\# for the letter"
    if any(line.startswith(("* ", "• ", "+ ")) for line in lines):
        return "begin points of a list with - and a space"
    return ""

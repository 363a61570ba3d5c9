"""A letter, question, note or statement as plain values: what Word, PDF and plain text set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.editions.rules import Bullets, Link, Name, Notice, Paragraph, Strong

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.editions.rules import Text

__all__ = ["Ask", "Blank", "Facts", "Heading", "Line", "Paper", "Small", "Ticks", "plain"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, label by label."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """The one thing that is asked for; it must not be missed."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Something to be filled in: what it is, and what stands there already."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ticks:
    """Answers of which one is ticked by hand."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Small:
    """Small print: sources, and where the paper comes from."""

    text: Text


Line = Heading | Paragraph | Bullets | Notice | Facts | Ask | Blank | Ticks | Small


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper in one language: `before` stands above the title, `mark` on every page."""

    title: Text
    language: str
    author: str
    day: date
    lines: tuple[Line, ...]
    before: tuple[Line, ...] = ()
    mark: str = ""


def plain(text: Text) -> str:
    """Give a text without its looks; a link shows its address."""
    return "".join(_plain(piece) for piece in text)


def _plain(piece: object) -> str:
    if isinstance(piece, Link):
        return piece.address
    return piece.text if isinstance(piece, Name | Strong) else str(piece)

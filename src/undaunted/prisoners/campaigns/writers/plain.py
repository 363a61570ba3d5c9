"""A paper as plain text, for forms that take nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.editions.rules import Bullets, Notice, Paragraph
from undaunted.prisoners.campaigns.rules.papers import (
    Ask,
    Blank,
    Facts,
    Heading,
    Small,
    Ticks,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.prisoners.campaigns.rules.papers import Line, Paper

__all__ = ["write_text"]

_LINE = "________________"


def write_text(paper: Paper) -> bytes:
    """Give the paper in UTF-8, a blank line between its blocks."""
    mark = (paper.mark,) if paper.mark else ()
    before = (_block(each) for each in paper.before)
    blocks = [*mark, *before, plain(paper.title), *(_block(each) for each in paper.lines), *mark]
    return ("\n\n".join(blocks) + "\n").encode()


def _block(line: Line) -> str:
    return "\n".join(_lines(line))


def _lines(line: Line) -> Iterator[str]:
    if isinstance(line, Heading):
        yield line.text.upper()
    elif isinstance(line, Paragraph | Small):
        yield plain(line.text)
    elif isinstance(line, Notice):
        yield " ".join(each for each in (line.title, plain(line.text)) if each)
    elif isinstance(line, Bullets):
        yield from (f"- {plain(each)}" for each in line.items)
    elif isinstance(line, Facts):
        yield from (f"{label}: {plain(text)}" for label, text in line.rows)
    elif isinstance(line, Ask):
        yield f"> {line.text}"
    elif isinstance(line, Blank):
        yield f"{line.label}: {line.text or _LINE}"
    elif isinstance(line, Ticks):
        yield from (f"[ ] {each}" for each in line.items)

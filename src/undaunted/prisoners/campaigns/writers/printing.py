"""A paper as tagged PDF (PDF/UA-1), ready to print and to sign by hand."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.core.editions.rules import (
    Bullets,
    Link,
    Name,
    Notice,
    Paragraph,
    Strong,
    breakable,
    runs_right_to_left,
)
from undaunted.core.editions.writers import FOLDERS, page_text, typeset
from undaunted.prisoners.campaigns.rules.papers import (
    Ask,
    Blank,
    Facts,
    Heading,
    Small,
    Ticks,
    plain,
)
from undaunted.prisoners.campaigns.writers.word import moment_of
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undaunted.core.editions.rules import Text
    from undaunted.prisoners.campaigns.rules.papers import Line, Paper

__all__ = ["language_values", "name_values", "write_print"]

Values = dict[str, Any]


def write_print(paper: Paper, *, folders: Iterable[Path] = FOLDERS) -> bytes:
    """Give the PDF; runs in the paper's language. Raises `FontMissing`."""
    values = {
        **language_values(paper.language),
        "title": _text(paper.title),
        "author": paper.author,
        "mark": paper.mark,
        "page": page_text("{p}", "{n}"),
        "before": [_line(each) for each in paper.before],
        "lines": [_line(each) for each in paper.lines],
    }
    done = typeset(
        files(__package__).joinpath("paper.typ").read_bytes(),
        values,
        title=plain(paper.title),
        language=paper.language,
        media="pdf",
        moment=moment_of(paper),
        folders=folders,
    )
    return done.pages[0]


def language_values(tag: str) -> Values:
    """Give what a page description asks about the language."""
    language, _, script = tag.partition("-")
    return {
        "lang": language,
        "region": "CN" if script == "hans" else None,
        "direction": direction(tag),
    }


def name_values(text: str) -> Values:
    """Give a name with its own direction; a word too long for a line may be broken."""
    way = "rtl" if runs_right_to_left(text) else "ltr"
    return {"t": "name", "s": breakable(text), "dir": way}


def _line(line: Line) -> Values:  # noqa: PLR0911 - one answer a sort of line
    if isinstance(line, Heading):
        return {"t": "heading", "s": line.text}
    if isinstance(line, Paragraph):
        return {"t": "paragraph", "text": _text(line.text)}
    if isinstance(line, Small):
        return {"t": "small", "text": _text(line.text)}
    if isinstance(line, Notice):
        return {"t": "notice", "title": line.title, "text": _text(line.text)}
    if isinstance(line, Bullets):
        return {"t": "bullets", "items": [_text(each) for each in line.items]}
    if isinstance(line, Facts):
        rows = [{"label": label, "text": _text(text)} for label, text in line.rows]
        return {"t": "facts", "rows": rows}
    if isinstance(line, Ask):
        return {"t": "ask", "s": breakable(line.text)}
    if isinstance(line, Ticks):
        return {"t": "ticks", "items": list(line.items)}
    if isinstance(line, Blank):
        return {"t": "blank", "label": line.label, "text": line.text}
    raise TypeError(f"no line of a paper: {type(line).__name__}")


def _text(text: Text) -> list[Values]:
    return [_piece(piece) for piece in text]


def _piece(piece: object) -> Values:
    if isinstance(piece, Name):
        return name_values(piece.text)
    if isinstance(piece, Strong):
        return {"t": "strong", "s": breakable(piece.text)}
    if isinstance(piece, Link):
        return {"t": "link", "s": breakable(piece.text), "to": piece.address}
    return {"t": "text", "s": breakable(str(piece))}

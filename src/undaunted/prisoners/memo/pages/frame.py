"""What pages of memos share: the frame of the desk, and how a memo is shown on a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.template.response import TemplateResponse

from undaunted.core.editions.rules import (
    Bullets,
    Footnote,
    Heading,
    Name,
    Notice,
    Number,
    Paragraph,
    PlacedTable,
    Strong,
    breakable,
    laid_out,
)
from undaunted.site.answers import found
from undaunted.site.components.numbers import number_text
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.editions.rules import Piece, Text
    from undaunted.prisoners.memo.rules import Memo

__all__ = ["Preview", "found", "preview_of", "shown"]


@dataclass(slots=True)
class Preview:
    """A memo as a page takes it: pieces with their kind, notes numbered once."""

    memo: Memo
    stats: list[tuple[str, list[dict[str, Any]]]] = field(default_factory=list)
    chart_title: list[dict[str, Any]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: str = ""


def preview_of(memo: Memo, left_out: str = "") -> Preview:
    """Give a memo for a page, with what stays out of it."""
    made = Preview(memo, left_out=left_out)
    made.stats = [(each.value, _pieces(each.label, made)) for each in memo.stats]
    if memo.chart:
        made.chart_title = _pieces(memo.chart.title, made)
    for item in laid_out(memo.document).items:
        if isinstance(item, Heading):
            made.items.append({"sort": "heading", "title": item.title})
        elif isinstance(item, Paragraph):
            made.items.append({"sort": "paragraph", "text": _pieces(item.text, made)})
        elif isinstance(item, Notice):
            text = _pieces(item.text, made)
            made.items.append({"sort": "notice", "title": item.title, "text": text})
        elif isinstance(item, Bullets):
            points = [_pieces(each, made) for each in item.items]
            made.items.append({"sort": "bullets", "points": points, **_tongue(item.language)})
        elif isinstance(item, PlacedTable):
            note = _pieces(item.table.note, made)
            made.items.append({"sort": "table", "table": item.table, "note": note})
    return made


def shown(request: HttpRequest, template: str, *, status: int = 200, **values: Any) -> HttpResponse:  # noqa: ANN401
    """Answer with a page of memos."""
    return TemplateResponse(request, f"memo/{template}.html", values, status=status)


def _tongue(language: str) -> dict[str, str]:
    return {"language": language, "direction": direction(language)} if language else {}


def _pieces(text: Text, made: Preview) -> list[dict[str, Any]]:
    return [_piece(each, made) for each in text]


def _piece(piece: Piece, made: Preview) -> dict[str, Any]:
    if isinstance(piece, str):
        return {"sort": "text", "text": breakable(piece, digests=False)}
    if isinstance(piece, Strong):
        return {"sort": "strong", "text": breakable(piece.text, digests=False)}
    if isinstance(piece, Name):
        return {"sort": "name", "text": breakable(piece.text, digests=False)}
    if isinstance(piece, Number):
        return {"sort": "text", "text": number_text(piece.value)}
    if isinstance(piece, Footnote):
        words = "".join(each for each in piece.text if isinstance(each, str))
        if words not in made.notes:
            made.notes.append(words)
        return {"sort": "note", "number": made.notes.index(words) + 1}
    raise TypeError(f"no piece of a memo: {type(piece).__name__}")

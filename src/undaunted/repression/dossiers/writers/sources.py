"""The sources of a paper by number, with what may be told of each, so that they can be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Bullets, Name, Paragraph, Strong
from undaunted.repression.dossiers.writers.citing import day_told, typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.editions.rules import Block, Piece, Text
    from undaunted.repression.dossiers.rules import PaperTold, SourceTold

__all__ = ["sources_told"]


def sources_told(paper: PaperTold) -> Iterator[Block]:
    """Tell each source by its number, and how the recipient is given what is not told here."""
    yield Paragraph((_published_alone(), " ", _asked_for(paper)))
    if paper.sources:
        yield Bullets(tuple(map(_source, paper.sources)))


def _source(each: SourceTold) -> Text:
    pieces: list[Piece] = [Strong(f"[{each.number}]"), f" {typed(each.title)}"]
    if each.publisher:
        pieces.append(f" · {typed(each.publisher)}")
    if each.published:
        pieces.append(f" · {day_told(each.published)}")
    if each.address:
        pieces += [" · ", Name(each.address)]
    pieces += [f" · {_('Annex %(number)s') % {'number': number}}" for number in each.annexes]
    pieces += [f" · SHA-256 {digest}" for digest in each.digests]
    return tuple(pieces)


def _published_alone() -> str:
    return _("Publisher, day and address are told of what was published.")


def _asked_for(paper: PaperTold) -> str:
    return _(
        "Ask %(publisher)s for the evidence by the number of the copy, %(copy)s, and the title of "
        "the source; it is given where those whom it concerns agree."
    ) % {"publisher": typed(paper.publisher), "copy": paper.watermark}

"""The words that writers add to a document, in its language."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules.directions import left_to_right
from undaunted.core.editions.rules.document import Name, Unknown
from undaunted.core.editions.rules.layout import Place, Sort
from undaunted.site.components.dates import date_text
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from undaunted.core.editions.rules.document import Cell, Document

__all__ = [
    "caption_of",
    "cell_text",
    "contents_title",
    "cut_text",
    "draft_text",
    "embargo_text",
    "hypothetical_text",
    "page_text",
    "reference_text",
]


def caption_of(sort: Sort, number: int | str, caption: str) -> str:
    """Write `Table 3. Persons held`."""
    if sort is Sort.TABLE:
        return _("Table %(number)s. %(caption)s") % {"number": number, "caption": caption}
    return _("Figure %(number)s. %(caption)s") % {"number": number, "caption": caption}


def reference_text(place: Place) -> str:
    """Write where a reference leads."""
    told = {"number": place.number}
    if place.sort is Sort.TABLE:
        return _("Table %(number)s") % told
    if place.sort is Sort.FIGURE:
        return _("Figure %(number)s") % told
    return _("Section %(number)s") % told


def contents_title() -> str:
    """Write the head of the table of contents."""
    return _("Contents")


def cut_text(document: Document) -> str:
    """Write what the numbers rest on."""
    return _("Counted on %(as_of)s, as known on %(known_at)s (UTC).") % {
        "as_of": date_text(document.as_of),
        "known_at": left_to_right(document.known_at),
    }


def page_text(page: str, pages: str) -> str:
    """Write the foot of a page; the numbers are set by whoever prints."""
    return _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages}


def embargo_text(until: datetime) -> str:
    """Write the mark across every page before the day."""
    return _("EMBARGOED until %(moment)s UTC") % {
        "moment": left_to_right(until.strftime("%Y-%m-%d %H:%M"))
    }


def draft_text() -> str:
    """Write the mark across every page before publication."""
    return _("DRAFT, not for publication")


def hypothetical_text() -> str:
    """Write the warning of demonstrations."""
    return _("Demonstration: the people and events in this document are invented.")


def cell_text(cell: Cell) -> str:
    """Write a cell as it is read; nothing as an en dash."""
    if isinstance(cell, Name | Unknown):
        return cell.text
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)):
        return number_text(cell)
    return str(cell)

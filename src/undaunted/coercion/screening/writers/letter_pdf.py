"""A letter as tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.core.editions.rules import breakable, laid_out
from undaunted.core.editions.writers import typeset
from undaunted.core.editions.writers.setting import set_values

if TYPE_CHECKING:
    from undaunted.coercion.screening.writers.sheet import Sheet

__all__ = ["write_pdf"]


def write_pdf(sheet: Sheet, *, moment: int) -> bytes:
    """Give the PDF; runs in the letter's language. `moment` is its date, in seconds (UTC)."""
    return typeset(
        files(__package__).joinpath("letter.typ").read_bytes(),
        _values(sheet),
        title=sheet.document.title,
        language=sheet.document.language,
        media="pdf",
        moment=moment,
    ).pages[0]


def _values(sheet: Sheet) -> dict[str, Any]:
    titles = {head.key: head.title for head in laid_out(sheet.document).headings()}
    told = set_values(sheet.document, {}, mark="")
    for item in told["items"]:
        if item["t"] == "heading":
            item["title"] = titles[item["key"]]
    return told | {
        "kicker": sheet.kicker,
        "marking": sheet.marking,
        "restricted": sheet.restricted,
        "heads": [(breakable(label), breakable(words)) for label, words in sheet.heads],
    }

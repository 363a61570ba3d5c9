"""A paper of sections, tables and boxes as tagged PDF (PDF/UA-1) and for Word, marked on each page.

Nothing stands in a file that whoever wrote it did not give: no name of a machine or of a user.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from undaunted.core.editions.rules import (
    Strong,
    breakable,
    check_document,
    laid_out,
)
from undaunted.core.editions.writers import words
from undaunted.core.editions.writers.fonts import FOLDERS
from undaunted.core.editions.writers.setting import set_values
from undaunted.core.editions.writers.sheets import (
    SheetWording,
    mark_pages,
    size_page,
    size_styles,
)
from undaunted.core.editions.writers.typesetting import typeset
from undaunted.core.editions.writers.wordfile import About, begun, finished, linker
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undaunted.core.editions.rules import Document, Text

__all__ = ["Paper", "write_paper_pdf", "write_paper_word"]

_SOFT: Final = "56514A"
_HEADS: Final = (2600, 7150)
_SIZES: Final = (
    ("Normal", 9.5, 4), ("Title", 17, 4), ("Heading 1", 12, 3), ("List Bullet", 9.5, 2),
    ("footnote text", 7.5, 0), ("Header", 7.5, 0), ("Footer", 7.5, 0), ("Caption", 8.5, 2),
)  # fmt: skip


_ID: Final = re.compile(rb"/ID ?\[\(([A-Za-z0-9+/]{22}==)\)")
"""Where the trailer names the document: 16 bytes, in base64, and again in its metadata."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its document, the line above its title, its marking, and its heads."""

    document: Document
    kicker: str
    marking: str
    heads: tuple[tuple[str, str], ...] = ()
    wide: bool = False
    """Whether its pages lie on their side."""


def write_paper_pdf(paper: Paper, *, moment: int, folders: Iterable[Path] = FOLDERS) -> bytes:
    """Give the PDF; runs in the paper's language. `moment` is its date, in seconds (UTC)."""
    document = paper.document
    check_document(document)
    titles = {head.key: head.title for head in laid_out(document).headings()}
    told = set_values(document, {}, mark="", wide=paper.wide)
    for item in told["items"]:
        if item["t"] == "heading":
            item["title"] = titles[item["key"]]
    values = told | {
        "kicker": paper.kicker,
        "marking": paper.marking,
        "wide": paper.wide,
        "heads": [(breakable(label), breakable(words)) for label, words in paper.heads],
    }
    look = files(__package__).joinpath("paper.typ").read_bytes()
    content = typeset(
        look, values, title=document.title, language=document.language, media="pdf",
        moment=moment, folders=folders,
    ).pages[0]  # fmt: skip
    return _with_own_id(content, paper.marking)


def _with_own_id(content: bytes, marking: str) -> bytes:
    """Give a PDF whose id is of its marking too: Typst makes it of title and author alone.

    Two readers who lay the ids of their copies beside each other learn nothing. It stays as long
    as it was, so that every place in the file does.
    """
    found = _ID.search(content)
    if found is None:
        return content
    digest = hashlib.sha256(found[1] + marking.encode()).digest()[:16]
    return content.replace(found[1], base64.b64encode(digest))


def write_paper_word(paper: Paper, *, moment: int) -> bytes:
    """Give the file for Word; runs in the paper's language."""
    document = paper.document
    check_document(document)
    about = About(document.title, "", document.publisher, document.language, moment, paper.marking)
    made = begun(about)
    size_styles(made, _SIZES, head_before=10)
    size_page(made, beside=2.2, above=2.0, edge=0.9, wide=paper.wide)
    wording = SheetWording(
        laid_out(document),
        language=document.language,
        right_to_left=direction(document.language) == "rtl",
        link=linker(made),
        wide=paper.wide,
    )
    mark_pages(made, wording, paper.marking, colour=_SOFT)
    return finished(made, wording, [*_front(paper, wording), *wording.body()])


def _front(paper: Paper, wording: SheetWording) -> Iterable[str]:
    kicker = wording.run(paper.kicker, f'<w:b/><w:bCs/><w:color w:val="{_SOFT}"/>')
    yield wording.wrapped(kicker, style="Normal")
    yield wording.paragraph((paper.document.title,), style="Title")
    if paper.heads:
        heads: list[list[Text]] = [[(label,), (Strong(told),)] for label, told in paper.heads]
        yield wording.grid(heads, label=paper.kicker, widths=_HEADS)
    if paper.document.hypothetical:
        yield wording.notice("", (words.hypothetical_text(),))

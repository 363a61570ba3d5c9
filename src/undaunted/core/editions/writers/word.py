"""A document for Word: real styles, captions, footnotes, and tables whose heads repeat."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from undaunted.core.editions.rules import (
    Bullets,
    Heading,
    Notice,
    Paragraph,
    PlacedFigure,
    PlacedTable,
    laid_out,
)
from undaunted.core.editions.writers import words
from undaunted.core.editions.writers.wordfile import About, begun, finished, linker
from undaunted.core.editions.writers.wording import Wording
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.editions.rules import Document

__all__ = ["write_word"]


def write_word(
    document: Document,
    pictures: Mapping[str, bytes],
    *,
    moment: int,
    mark: str = "",
) -> bytes:
    """Give the file; runs in the document's language. `moment` is its date, in seconds (UTC)."""
    made = begun(
        About(
            document.title,
            document.subtitle,
            document.publisher,
            document.language,
            moment,
            document.edition,
        )
    )
    wording = Wording(
        laid_out(document),
        language=document.language,
        right_to_left=direction(document.language) == "rtl",
        link=linker(made),
    )
    parts = [*_front(document, wording), *_body(wording, made, pictures)]
    if document.licence:
        parts.append(wording.paragraph((document.licence,)))
    return finished(made, wording, parts, mark=mark)


def _front(document: Document, wording: Wording) -> Iterable[str]:
    yield wording.paragraph((document.title,), style="Title")
    if document.subtitle:
        yield wording.paragraph((document.subtitle,), style="Subtitle")
    yield wording.paragraph((f"{document.publisher} · {document.edition}",))
    yield wording.paragraph((words.cut_text(document),))
    if document.hypothetical:
        yield wording.notice("", (words.hypothetical_text(),))
    if document.contents:
        yield from wording.contents(words.contents_title())


def _body(wording: Wording, made: Any, pictures: Mapping[str, bytes]) -> Iterable[str]:  # noqa: ANN401 - as above
    for item in wording.layout.items:
        if isinstance(item, Heading):
            yield wording.heading(item)
        elif isinstance(item, PlacedTable):
            yield from wording.table(item)
        elif isinstance(item, PlacedFigure):
            relation, image = made.part.get_or_add_image(io.BytesIO(pictures[item.figure.key]))
            yield from wording.figure(item, relation, int(image.width), int(image.height))
        elif isinstance(item, Notice):
            yield wording.notice(item.title, item.text)
        elif isinstance(item, Bullets):
            yield from (wording.paragraph(each, style="ListBullet") for each in item.items)
        elif isinstance(item, Paragraph):
            yield wording.paragraph(item.text)

"""A letter for Word: real styles, a table whose head repeats, marked on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.core.editions.rules import (
    Strong,
    laid_out,
)
from undaunted.core.editions.writers import (
    About,
    SheetWording,
    begun,
    finished,
    hypothetical_text,
    linker,
    mark_pages,
    size_page,
    size_styles,
)
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.screening.writers.sheet import Sheet
    from undaunted.core.editions.rules import Text

__all__ = ["write_word"]

_SIZES: Final = (
    ("Normal", 10, 4), ("Title", 17, 4), ("Heading 1", 12, 3), ("List Bullet", 10, 3),
    ("footnote text", 8, 0), ("Header", 8, 0), ("Footer", 8, 0), ("Caption", 9, 2),
)  # fmt: skip
_RESTRICTED, _OPEN = "A3261C", "56514A"
_HEADS: Final = (1200, 3700, 1300, 3300)


def write_word(sheet: Sheet, *, moment: int) -> bytes:
    """Give the file; runs in the letter's language. `moment` is its date, in seconds (UTC)."""
    document = sheet.document
    made = begun(
        About(document.title, "", document.publisher, document.language, moment, sheet.marking)
    )
    size_styles(made, _SIZES, head_before=9)
    size_page(made, beside=2.2, above=1.8, edge=0.8)
    wording = SheetWording(
        laid_out(document),
        language=document.language,
        right_to_left=direction(document.language) == "rtl",
        link=linker(made),
    )
    mark_pages(made, wording, sheet.marking, colour=_colour(sheet))
    parts = [*_front(sheet, wording), *wording.body()]
    if document.licence:
        with wording.tongue("en"):
            parts.append(wording.paragraph((document.licence,)))
    return finished(made, wording, parts)


def _colour(sheet: Sheet) -> str:
    return _RESTRICTED if sheet.restricted else _OPEN


def _front(sheet: Sheet, wording: SheetWording) -> Iterable[str]:
    kicker = wording.run(sheet.kicker, f'<w:b/><w:bCs/><w:color w:val="{_colour(sheet)}"/>')
    yield wording.wrapped(kicker, style="Normal")
    yield wording.paragraph((sheet.document.title,), style="Title")
    cells: list[tuple[Text, Text]] = [((label,), (Strong(told),)) for label, told in sheet.heads]
    heads = [[*left, *right] for left, right in zip(cells[::2], cells[1::2], strict=True)]
    yield wording.grid(heads, label=sheet.kicker, widths=_HEADS)
    yield wording.paragraph(("",))
    if sheet.document.hypothetical:
        yield wording.notice("", (hypothetical_text(),))

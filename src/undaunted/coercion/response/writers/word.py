"""A brief for Word: real styles, footnotes, tables whose heads repeat."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from undaunted.coercion.response.writers.pdf import picture_of_front
from undaunted.core.editions.rules import (
    Strong,
    laid_out,
)
from undaunted.core.editions.writers import (
    About,
    SheetWording,
    begun,
    finished,
    linker,
    mark_pages,
    size_page,
    size_styles,
)
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.response.writers.sheet import Brief
    from undaunted.core.editions.rules import Text

__all__ = ["write_brief_word"]

_PALE: Final = "EEF4F4"
_SOFT: Final = "56514A"
_HEADS: Final = (1000, 4600, 1150, 3000)
_SIZES: Final = (
    ("Normal", 8, 1.5), ("Title", 15, 2), ("Heading 1", 10, 1), ("List Bullet", 8, 1),
    ("footnote text", 6.3, 0), ("Header", 7, 0), ("Footer", 7, 0), ("Caption", 7.5, 1),
)  # fmt: skip
"""A little smaller than in print, with less between: Word's lines are wider."""


def write_brief_word(brief: Brief, *, moment: int) -> bytes:
    """Give the file; runs in the brief's language. `moment` is its date, in seconds (UTC)."""
    document = brief.document
    about = About(document.title, "", document.publisher, document.language, moment, brief.marking)
    made = begun(about)
    size_styles(made, _SIZES, head_before=5, joined=0.3)
    size_page(made, beside=1.7, above=1.3, edge=0.5)
    wording = _BriefWording(
        laid_out(document),
        language=document.language,
        right_to_left=direction(document.language) == "rtl",
        link=linker(made),
    )
    mark_pages(made, wording, brief.marking, colour=_SOFT)
    relation, image = made.part.get_or_add_image(io.BytesIO(picture_of_front(brief)))
    told = brief.curve.alternative
    drawn = wording.drawing(told, relation, int(image.width), int(image.height))
    with wording.tongue("en"):
        licence = wording.paragraph((document.licence,))
    parts = [*_front(brief, wording, drawn), *wording.body(), licence]
    return finished(made, wording, parts)


class _BriefWording(SheetWording):
    """Notes that tell sources run as the sources do, in English."""

    def _note(self, text: Text) -> str:
        with self.tongue("en"):
            return super()._note(text)


def _front(brief: Brief, wording: _BriefWording, drawn: str) -> Iterable[str]:
    kicker = wording.run(brief.kicker, f'<w:b/><w:bCs/><w:color w:val="{_SOFT}"/>')
    yield wording.wrapped(kicker, style="Normal")
    yield wording.paragraph((brief.document.title,), style="Title")
    cells: list[tuple[Text, Text]] = [((label,), (Strong(told),)) for label, told in brief.heads]
    heads: list[list[Text]] = [
        [*left, *right] for left, right in zip(cells[::2], cells[1::2], strict=True)
    ]
    yield wording.grid(heads, label=brief.kicker, widths=_HEADS)
    figures: list[tuple[Text, ...]] = [
        tuple((Strong(each.value),) for each in brief.figures),
        tuple((each.label,) for each in brief.figures),
    ]
    yield wording.grid(figures, fill=_PALE, label=brief.document.title)
    yield wording.paragraph((brief.curve.title,), style="Caption", properties="<w:keepNext/>")
    yield drawn

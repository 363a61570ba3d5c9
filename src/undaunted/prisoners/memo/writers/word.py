"""A memo for Word: real styles, footnotes, a head that repeats, marked on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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

    from undaunted.core.editions.rules import Text
    from undaunted.prisoners.memo.rules import Chart, Memo

__all__ = ["write_memo_word"]

_PALE: Final = "EEF4F4"
_SIZES: Final = (
    ("Normal", 8.5, 2), ("Title", 16, 2), ("Heading 1", 10.5, 1), ("List Bullet", 8.5, 1),
    ("footnote text", 6.5, 0), ("Header", 7.5, 0), ("Footer", 7.5, 0), ("Caption", 8, 1),
)  # fmt: skip
"""As small as in print, with less between: Word's lines are wider, its pages must be as many."""


def write_memo_word(memo: Memo, *, moment: int) -> bytes:
    """Give the file; runs in the memo's language. `moment` is its date, in seconds (UTC)."""
    document = memo.document
    made = begun(
        About(document.title, "", document.publisher, document.language, moment, memo.marking)
    )
    size_styles(made, _SIZES, head_before=4)
    size_page(made, beside=1.7, above=1.3, edge=0.5)
    wording = _MemoWording(
        laid_out(document),
        language=document.language,
        right_to_left=direction(document.language) == "rtl",
        link=linker(made),
    )
    mark_pages(made, wording, memo.marking, colour=_colour(memo))
    return finished(made, wording, [*_front(memo, wording), *wording.body(), *_end(memo, wording)])


class _MemoWording(SheetWording):
    """A note that is told once."""

    cell_size = 18
    by_content = False

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as the base takes them
        """Begin without notes."""
        super().__init__(*args, **more)
        self._told: dict[str, int] = {}

    def _note(self, text: Text) -> str:
        words_ = repr(text)
        if words_ in self._told:
            return _again(self._told[words_])
        made = super()._note(text)
        self._told[words_] = at = len(self._told) + 1
        start = f'<w:bookmarkStart w:id="{5000 + at}" w:name="note{at}"/>'
        return f'{start}{made}<w:bookmarkEnd w:id="{5000 + at}"/>'


def _again(at: int) -> str:
    """Refer to a note that stands already; Word keeps the number right."""
    style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    return (
        f'<w:fldSimple w:instr=" NOTEREF note{at} \\f \\h "><w:r>{style}<w:t>{at}</w:t></w:r>'
        "</w:fldSimple>"
    )


def _colour(memo: Memo) -> str:
    return "A3261C" if memo.restricted else "56514A"


def _front(memo: Memo, wording: _MemoWording) -> Iterable[str]:
    kicker = wording.run(memo.kicker, f'<w:b/><w:bCs/><w:color w:val="{_colour(memo)}"/>')
    yield wording.wrapped(kicker, style="Normal")
    yield wording.paragraph((memo.document.title,), style="Title")
    yield wording.grid(_heads(memo), label=memo.kicker)
    yield wording.paragraph(("",))
    if memo.document.hypothetical:
        yield wording.notice("", (hypothetical_text(),))
    if memo.stats:
        figures = [
            tuple((Strong(each.value),) for each in memo.stats),
            tuple(s.label for s in memo.stats),
        ]
        yield wording.grid(figures, fill=_PALE, label=memo.document.title)
        yield wording.paragraph(("",))
    if memo.chart:
        yield from _chart(memo.chart, wording)


def _heads(memo: Memo) -> list[list[Text]]:
    """Give the heads in two columns, as in print: the first stands alone, it may be long."""
    cells: list[list[Text]] = [[(label,), (Strong(told),)] for label, told in memo.heads]
    first, rest = cells[0], cells[1:]
    return [first, *([each for pair in rest[at : at + 2] for each in pair]
                     for at in range(0, len(rest), 2))]  # fmt: skip


def _chart(chart: Chart, wording: _MemoWording) -> Iterable[str]:
    """Write the years of the chart as a table: Word has no bars, the numbers are the same."""
    yield wording.paragraph(chart.title, style="Caption")
    years = tuple((("| " if each.break_before else "") + each.label,) for each in chart.bars)
    numbers = tuple((Strong(each.text),) for each in chart.bars)
    yield wording.grid([years, numbers], fill=_PALE, label=chart.alternative)
    yield wording.paragraph(("",))


def _end(memo: Memo, wording: _MemoWording) -> Iterable[str]:
    for told in (memo.left_out, memo.document.licence):
        if told:
            yield wording.paragraph((told,))

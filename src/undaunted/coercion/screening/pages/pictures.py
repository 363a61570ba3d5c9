"""A picture of owners as a page shows it: drawing, legend, tools, and the table behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from undaunted.coercion.screening.analysis.drawing import WIDEST
from undaunted.coercion.screening.analysis.words import (
    answer_told,
    drawing_words,
    name_told,
    proof_told,
    right_told,
    share_told,
    source_told,
)
from undaunted.coercion.screening.writers import drawing_svg, legend_of
from undaunted.site.charts.figure import TableBehind

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.coercion.screening.analysis.asking import Answered
    from undaunted.coercion.screening.rules.drawings import Drawing, Part

__all__ = ["Picture", "picture_of"]

PREFIX = "ownership"
MOST_ROWS = 1_000
"""So many stakes stand in the table; those that carry the answer are first."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template shows; `folded` are companies with holders that are not drawn.

    `measured` says by what control is measured, where that can be chosen; the table may tell fewer
    than all `stakes`. What is no wider than is readable `fits` its frame and is shown whole there.
    Where `everything` is drawn, nobody is folded.
    """

    title: str
    answer: str
    kind: str
    svg: SafeString
    legend: tuple[tuple[SafeString, str], ...]
    folded: tuple[tuple[str, str], ...]
    table: TableBehind
    proofs: tuple[str, ...]
    unseen: int
    stakes: int = 0
    fits: bool = True
    everything: bool = False
    measured: str = ""


@dataclass(frozen=True)
class _Stakes(TableBehind):
    """The table behind a picture: names and sources in their own direction, shares as numbers."""

    def written(self) -> SafeString:
        """Write the rows; there may be a thousand."""
        return SafeString("".join([_cells(*map(escape, row)) for row in self.rows]))


def picture_of(
    answered: Answered,
    address: Callable[[str], str],
    opened: frozenset[str] = frozenset(),
    *,
    everything: bool = False,
) -> Picture:
    """Give the picture of an answer; `address` says where the folded holders of a company lead."""
    drawing, words = answered.drawing(opened, everything=everything), drawing_words(answered)
    svg = drawing_svg(drawing, words, prefix=PREFIX, address=address)
    table, stakes = _table(drawing)
    return Picture(
        title=words.title,
        answer=answer_told(answered),
        kind="warning" if answered.answer in {"must", "may"} else "info",
        svg=SafeString(svg),  # escaped where it is drawn
        legend=tuple((SafeString(drawn), said) for drawn, said in legend_of(words)),
        folded=tuple(
            (each.company, words.bundle(each))
            for each in drawing.bundles if not each.opened
        ),
        table=table,
        proofs=tuple(proof_told(answered)),
        unseen=drawing.unseen,
        stakes=stakes,
        fits=drawing.width <= WIDEST,
        everything=everything,
    )  # fmt: skip


def _table(drawing: Drawing) -> tuple[TableBehind, int]:
    """Give the stakes that are drawn or counted, those that carry the answer first; how many."""
    labels = {each.party: name_told(each.party, each.label) for each in drawing.boxes}
    told = [
        (not tie.carries, (labels[tie.owner], labels[tie.company]), part)
        for tie in drawing.ties
        for part in tie.parts
    ]
    told += [
        (True, (name_told(holder.party, holder.label), labels[bundle.company]), part)
        for bundle in drawing.bundles
        for holder in bundle.holders
        for part in holder.parts
    ]
    told.sort(key=lambda each: (each[0], each[1][1], -each[2].highest))
    heads = (
        _("Holder"), _("Company"), _("Kind of right"), _("Share"), _("Source"),
        _("carries the answer"),
    )  # fmt: skip
    return _Stakes(heads, tuple(_row(*each) for each in told[:MOST_ROWS])), len(told)


def _cells(holder: str, company: str, *rest: str) -> str:
    right, share, source, carries = rest
    return (
        f'<tr><th scope="row"><bdi dir="auto">{holder}</bdi></th>'
        f'<td><bdi dir="auto">{company}</bdi></td><td>{right}</td><td class="number">{share}</td>'
        f'<td dir="auto">{source}</td><td>{carries}</td></tr>'
    )


def _row(idle: bool, pair: tuple[str, str], part: Part) -> tuple[object, ...]:  # noqa: FBT001
    return (
        *pair, right_told(part.right), share_told(part.lowest, part.highest),
        source_told(part.source, part.row), "" if idle else _("yes"),
    )  # fmt: skip

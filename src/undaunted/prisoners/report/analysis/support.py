"""The chapters on support after release, as blocks of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Name, Paragraph, Section, Strong
from undaunted.prisoners.report.analysis.sources import cited, numbered, source_list
from undaunted.prisoners.report.rules.support import (
    Need,
    addressee_text,
    basis_text,
    need_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undaunted.core.editions.rules import Block, Text
    from undaunted.core.practices.rules import Source
    from undaunted.prisoners.report.rules.support import Recommendation, SupportGroup

__all__ = ["support_blocks"]


def support_blocks(
    recommendations: Iterable[Recommendation], group: SupportGroup
) -> tuple[Block, ...]:
    """Give a chapter: a part for each kind of support, and the sources of all at its end."""
    held = [each for each in recommendations if each.group is group]
    numbers = numbered(source for each in held for source in each.sources)
    parts = [
        Section(
            f"support-{group}-{need}",
            need_text(need),
            tuple(block for each in held if each.need is need for block in _one(each, numbers)),
        )
        for need in Need
        if any(each.need is need for each in held)
    ]
    opening = Paragraph(
        (
            _(
                "These are recommendations and no findings: the effect of none of them was "
                "measured here. Each says whom it asks, on what it rests and where it fails."
            ),
        )
    )
    return (opening, *parts, *_sources(held, numbers, group))


def _sources(
    held: list[Recommendation], numbers: Mapping[Source, int], group: SupportGroup
) -> Iterator[Block]:
    if numbers:
        listed = source_list(numbers, language=held[0].language)
        yield Section(f"support-{group}-sources", _("Sources"), (listed,))


def _one(each: Recommendation, numbers: Mapping[Source, int]) -> Iterator[Block]:
    yield Paragraph((each.text,), language=each.language)
    yield Paragraph(_reasons(each, cited(each.sources, numbers)))


def _reasons(each: Recommendation, sources: str) -> Text:
    return (
        Strong(_("Whom it asks:")),
        " ",
        ", ".join(addressee_text(one) for one in each.to),
        ". ",
        Strong(_("Basis:")),
        " ",
        basis_text(each.basis),
        ". ",
        Strong(_("Where it fails:")),
        " ",
        Name(each.limit, each.language),
        *((" ", Strong(_("Sources:")), " ", sources, ".") if sources else ()),
    )

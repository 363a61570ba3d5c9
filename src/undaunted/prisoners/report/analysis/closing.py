"""The last chapters: how it was counted, what it cannot say, whom it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import (
    Bullets,
    Column,
    ColumnKind,
    Link,
    Paragraph,
    Reference,
    Table,
)
from undaunted.prisoners.registry.queries.countries import publishers_of
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, RULE
from undaunted.prisoners.report.analysis.wording import listed, sentence
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.core.editions.rules import Block, Cell, Text
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["limits", "methods", "sources"]

_STANDARD = "https://assembly.coe.int/nw/xml/XRef/Xref-XML2HTML-en.asp?fileid=19150&lang=EN"
MOST = 60
"""Publishers named, those that most cases cite first."""


def methods(told: Told) -> tuple[Block, ...]:
    """Say how each kind of number was made."""
    figures = told.figures
    items = (
        _(
            "Counted are different people held on a day, from the first day held to the day before "
            "the first day free, alive, recognised under the standard %(standard)s by the rule "
            "%(rule)s."
        )
        % {"standard": DEFAULT_STANDARD, "rule": RULE},
        _(
            "Confidence: A needs two independent sources, one of them primary; B one reliable "
            "source. The headline holds A and B; C widens the range; D is in no number."
        ),
        _(
            "The account of the year begins with what was known on %(day)s. What was learned later "
            "about that day is the documentation backlog."
        )
        % {"day": date_text(figures.since)},
        _(
            "A change between years is given only for countries that both years cover from the "
            "same lists by the same rule. Every other is a break, named with its numbers."
        ),
        _(
            "Counts of published people are exact. Nobody is named. Days of people whose name is "
            "not published count at the end of their month."
        ),
        _(
            "Each number has a key of table, row and column. `undaunted report trace KEY` says "
            "which query gives it and asks it again; `undaunted report check FILE` does so for "
            "every number of a report."
        ),
    )
    points: list[Text] = [(text,) for text in items]
    if told.unpublished is not None:
        drawn = _(
            "People who are not published stand in %(table)s alone. Consent may have ended since, "
            "so `undaunted report check` does not ask for its drawn numbers again."
        )
        points.append(sentence(drawn, table=Reference(told.unpublished.key)))
    return (Bullets(tuple(points)),)


def limits(told: Told) -> tuple[Block, ...]:
    """Say what the numbers cannot tell."""
    nobody = _(
        "People whom nobody has documented, or who did not agree to be counted, are in no number "
        "here. A country without a published case may hold many."
    )
    if told.unpublished is None:
        nobody = _(
            "People whom nobody has documented, or whose publication nobody agreed to, are in no "
            "number here. A country without a published case may hold many."
        )
    items = (
        nobody,
        _(
            "A source that works harder without saying so looks like an increase. Where few "
            "countries are left on the panel, the change is about those few."
        ),
        _(
            "Roles, laws, acts and ways of release are those on record when the edition was "
            "gathered; days, recognition and confidence are those known at its cut."
        ),
        _(
            "After a wave of arrests those who are held are unlike those who were held as long "
            "before them, and the curve of lengths is wrong for a while."
        ),
        _(
            "The interval of a rate is about chance alone. People arrested together are not "
            "independent, so it is too short after mass arrests."
        ),
    )
    return (Bullets(tuple((text,) for text in items)),)


def sources(actor: Actor, told: Told) -> tuple[Block, ...]:
    """Name the lists and publishers that the published cases rest on."""
    figures = told.figures
    slugs = sorted({slug for code in figures.codes for slug in figures.lists.get(code, {})})
    blocks: list[Block] = []
    if slugs:
        names = listed((figures.list_names.get(slug, slug) for slug in slugs), told.language)
        blocks.append(Paragraph((_("Lists: %(lists)s.") % {"lists": names},)))
    cited = publishers_of(actor, countries=figures.codes, limit=MOST)
    if cited:
        rows: tuple[tuple[Cell, ...], ...] = tuple(cited)
        blocks.append(
            Table(
                key="publishers",
                caption=_("Publishers that published cases cite"),
                columns=(
                    Column("publisher", _("Publisher")),
                    Column("cases", _("Cases"), ColumnKind.WHOLE),
                ),
                rows=rows,
            )
        )
    blocks.append(
        Paragraph(
            (
                _("Standard: Parliamentary Assembly of the Council of Europe, Resolution 1900."),
                " ",
                Link(_STANDARD, _STANDARD),
            )
        )
    )
    return tuple(blocks)

"""What was done to people: forms of detention and acts of civil death, and what is not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Column, Notice, Table
from undaunted.core.events.rules import vocabulary
from undaunted.prisoners.registry.queries.acts import NO_ACTS
from undaunted.prisoners.report.analysis.wording import listed, persons, term_word
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Block, Cell
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["tactics", "tactics_of"]

NAMED = 5
_WIDTH = 4
"""Columns on the page of a country, which need not say where."""
_DETENTION, _CIVIL_DEATH = "deprivation_of_liberty", "civil_death"
_COUNTED = frozenset({_DETENTION, _CIVIL_DEATH, "release", "death_in_custody", "other"})
"""Releases and deaths stand in the account of the year."""


def tactics(told: Told) -> tuple[Block, ...]:
    """Give the chapter: what began in the year, by form."""
    others = [
        term_word(code, "act_types", told.language)
        for code, term in vocabulary("act_types").terms.items()
        if not term.parent and code not in _COUNTED
    ]
    text = _(
        "Recorded in cases, but not published act by act and so not counted here: %(acts)s. Deaths "
        "in custody and releases stand in the account of the year."
    ) % {"acts": listed(others, told.language)}
    return (*tactics_of(told), Notice(_("Not counted."), (text,)))


def tactics_of(told: Told) -> tuple[Table, ...]:
    """Give both tables of a place; of a country within the report only with what is counted."""
    year = {"year": told.figures.year}
    both = (
        _table(told, _DETENTION, "detention", _("Forms of detention in %(year)s") % year),
        _table(told, _CIVIL_DEATH, "civil-death", _("Acts of civil death in %(year)s") % year),
    )
    return tuple(table for table in both if table.rows)


def _table(told: Told, parent: str, key: str, caption: str) -> Table:
    figures = told.figures
    found = figures.acts.get(told.place, {})
    bound = figures.bound.get(told.place, {})
    codes = [each.code for each in vocabulary("act_types").under(parent)]
    if parent in found or parent in bound:
        codes = [parent, *codes]
    if not told.whole:
        codes = [code for code in codes if code in found or code in bound]
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        count = found.get(code, NO_ACTS)
        there = [
            (each, figures.acts[each][code])
            for each in figures.codes
            if code in figures.acts.get(each, {})
        ]
        there.sort(key=lambda each: (-each[1].possibly, each[0]))
        where = listed((told.word(each) for each, _count in there[:NAMED]), told.language)
        row: tuple[Cell, ...] = (
            term_word(code, "act_types", told.language),
            bound.get(code, 0),
            count.surely,
            count.possibly,
            where,
        )
        rows.append(row if told.whole else row[:_WIDTH])
    period = f"{figures.since}..{figures.until}"
    columns = (
        Column("act", _("Act")),
        persons("bound", _("Bound on %(day)s") % {"day": date_text(figures.until)}, figures.until),
        persons("persons", _("Begun, surely"), period),
        persons("at_most", _("Begun, at most"), period),
        Column("where", _("Most in")),
    )
    return Table(
        key=told.key(key),
        caption=caption,
        columns=columns if told.whole else columns[:_WIDTH],
        rows=tuple(rows),
        keys=tuple(codes),
        note=(_what_counts(),) if told.whole else (),
    )


def _what_counts() -> str:
    """Say whom the table counts, and what nought means."""
    return _(
        "Confidence A or B. A form of detention counts people of the count; civil death "
        "counts whoever is published, recognised or not, in the month of the day. "
        "Where only a longer time is known, an act may have begun in the year: it is in "
        "the last number alone. Nought: no published case records it, which does not mean "
        "that it was not done."
    )

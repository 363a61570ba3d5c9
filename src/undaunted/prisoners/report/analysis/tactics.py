"""What was done to people: forms of detention, and acts of civil death, counted or not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Column, Notice, Table
from undaunted.core.events.rules import vocabulary
from undaunted.prisoners.report.analysis.wording import listed, persons, term_word

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Block, Cell
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["tactics", "tactics_of"]

NAMED = 5
_WIDTH = 3
"""Columns on the page of a country, which need not say where."""
_DETENTION, _CIVIL_DEATH = "deprivation_of_liberty", "civil_death"


def tactics(told: Told) -> tuple[Block, ...]:
    """Give the chapter: what began in the year, by form."""
    others = [
        term_word(code, "act_types", told.language)
        for code, term in vocabulary("act_types").terms.items()
        if not term.parent and code not in {_DETENTION, _CIVIL_DEATH, "release", "other"}
    ]
    text = _(
        "Recorded in cases, but not published act by act and so not counted here: %(acts)s."
    ) % {"acts": listed(others, told.language)}
    return (*tactics_of(told), Notice(_("Not counted."), (text,)))


def tactics_of(told: Told) -> tuple[Table, ...]:
    """Give both tables of a place; of a country within the report only with what is counted."""
    year = {"year": told.figures.year}
    both = (
        _table(told, _DETENTION, "detention", _("Forms of detention begun in %(year)s") % year),
        _table(
            told, _CIVIL_DEATH, "civil-death", _("Acts of civil death begun in %(year)s") % year
        ),
    )
    return tuple(table for table in both if table.rows)


def _table(told: Told, parent: str, key: str, caption: str) -> Table:
    figures = told.figures
    found = figures.acts.get(told.place, {})
    codes = [each.code for each in vocabulary("act_types").under(parent)]
    if parent in found:
        codes = [parent, *codes]
    if not told.whole:
        codes = [code for code in codes if code in found]
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        count = found.get(code)
        there = [
            (each, figures.acts[each][code])
            for each in figures.codes
            if code in figures.acts.get(each, {})
        ]
        there.sort(key=lambda each: (-each[1].possibly, each[0]))
        where = listed((told.word(each) for each, _count in there[:NAMED]), told.language)
        told_of = where if count else _("not counted")
        row: tuple[Cell, ...] = (
            term_word(code, "act_types", told.language),
            count.surely if count else None,
            count.possibly if count else None,
            told_of,
        )
        rows.append(row if told.whole else row[:_WIDTH])
    period = f"{figures.since}..{figures.until}"
    columns = (
        Column("act", _("Act")),
        persons("persons", _("Persons, surely"), period),
        persons("at_most", _("Persons, at most"), period),
        Column("where", _("Most in")),
    )
    return Table(
        key=told.key(key),
        caption=caption,
        columns=columns if told.whole else columns[:_WIDTH],
        rows=tuple(rows),
        keys=tuple(codes),
        note=()
        if not told.whole
        else (
            _(
                "Where only a longer time is known, an act may have begun in the year: it is in "
                "the second number alone. Not counted: nobody's published case records it, which "
                "does not mean that it was not done."
            ),
        ),
    )

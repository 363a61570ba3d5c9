"""Who is held and for what work, under which laws: parts of the stock and of those detained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from undaunted.core.editions.rules import Column, Notice, Paragraph, Table
from undaunted.core.events.rules import vocabulary
from undaunted.prisoners.report.analysis.figures import NOBODY
from undaunted.prisoners.report.analysis.series import bar_chart
from undaunted.prisoners.report.analysis.wording import (
    gender_word,
    held_on,
    listed,
    persons,
    term_word,
)
from undaunted.prisoners.report.rules.years import AGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from undaunted.core.editions.rules import Block, Cell
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["genders", "laws", "legislation", "people", "roles", "work"]

NAMED = 5
"""Countries named beside a law or a kind of work, those with most first."""
_TIERS = "ABCD"


def people(told: Told) -> tuple[Block, ...]:
    """Give the chapter: gender, age, role, and how sure it is."""
    return (
        _several(),
        genders(told),
        _ages(told),
        roles(told),
        _tiers(told),
    )


def work(told: Told) -> tuple[Block, ...]:
    """Give the chapter: for what work people were detained in the year, and where."""
    table = _entered(told, "role", "target_roles", _("Detained in %(year)s, by what they did"))
    return (
        bar_chart(table, [(str(row[0]), int(str(row[1]))) for row in table.rows]),
        Notice(
            _("Not counted."),
            (
                _(
                    "What somebody's work was about, such as the environment or the rights of "
                    "women, is not recorded as a list and is not counted."
                ),
            ),
        ),
    )


def legislation(told: Told) -> tuple[Block, ...]:
    """Give the chapter: under which laws people are held, and were detained in the year."""
    table = laws(told)
    detained = _entered(told, "law", "law_taxonomy", _("Detained in %(year)s, by law used"))
    return (
        Paragraph(
            (
                _(
                    "A kind of law is what was used against somebody, in whichever case of theirs. "
                    "“As a pretext” says how a law was used, not what it is."
                ),
            )
        ),
        table,
        detained,
    )


def genders(told: Told) -> Table:
    """Give the stock by gender, with those detained in the year."""
    return _parts(told, "gender", "gender", _("Held, by gender"), gender_word)


def roles(told: Told) -> Block:
    """Give the stock by role as bars with their table."""

    def word(code: str) -> str:
        return term_word(code, "target_roles", told.language)

    return _drawn(told, _parts(told, "role", "roles", _("Held, by role"), word))


def laws(told: Told) -> Block:
    """Give the stock by law as bars with their table."""

    def word(code: str) -> str:
        return term_word(code, "law_taxonomy", told.language)

    return _drawn(told, _parts(told, "law", "laws", _("Held, by law used"), word))


def _drawn(told: Told, table: Table) -> Block:
    """Draw the parts of the whole; a country's page has its table alone."""
    if not told.whole:
        return table
    return bar_chart(table, [(str(row[0]), int(str(row[2]))) for row in table.rows])


def _several() -> Paragraph:
    return Paragraph(
        (
            _(
                "Somebody may have several roles, and several laws may be used against somebody, "
                "so that parts add up to more than the whole."
            ),
        )
    )


def _parts(told: Told, facet: str, key: str, caption: str, word: Callable[[str], str]) -> Table:
    figures = told.figures
    before = figures.before.get(told.place, {}).get(facet, {})
    after = figures.after.get(told.place, {}).get(facet, {})
    entered = figures.crossed.get(told.place, {}).get(facet, {})
    values = _in_order({*before, *after, *entered}, lambda each: after.get(each, NOBODY).persons)
    rows: list[tuple[Cell, ...]] = []
    kept = []
    for value in values:
        pair = before.get(value, NOBODY).persons, after.get(value, NOBODY).persons
        if any(pair) or entered.get(value):
            rows.append((word(value), *pair, entered.get(value, 0)))
            kept.append(value or "none")
    return Table(
        key=told.key(key),
        caption=caption,
        columns=(
            Column("part", pgettext("column", "Part")),
            persons("persons_before", held_on(figures.since), figures.since),
            persons("persons", held_on(figures.until), figures.until),
            persons("detained", _detained(told), f"{figures.since}..{figures.until}"),
        ),
        rows=tuple(rows),
        keys=tuple(kept),
    )


def _entered(told: Told, facet: str, words: str, caption: str) -> Table:
    """Give those detained in the year by a facet, with the countries where most were."""
    figures = told.figures
    entered = figures.crossed.get(told.place, {}).get(facet, {})
    codes = [code for code in vocabulary(words).terms if told.world or code in entered]
    values = _in_order({*codes, *entered}, lambda each: entered.get(each, 0))
    rows: list[tuple[Cell, ...]] = []
    for value in values:
        there = [
            (code, found)
            for code in figures.codes
            if (found := figures.crossed.get(code, {}).get(facet, {}).get(value, 0))
        ]
        there.sort(key=lambda each: (-each[1], each[0]))
        named = listed((told.word(code) for code, _found in there[:NAMED]), told.language)
        row: tuple[Cell, ...] = (
            term_word(value, words, told.language), entered.get(value, 0), len(there), named
        )  # fmt: skip
        rows.append(row if told.world else row[:2])
    period = f"{figures.since}..{figures.until}"
    columns = (
        Column("part", pgettext("column", "Part")),
        persons("persons", _detained(told), period),
        persons("countries", _("Countries"), period),
        Column("where", _("Most in")),
    )
    return Table(
        key=told.key(f"{facet}-detained"),
        caption=caption % {"year": figures.year},
        columns=columns if told.world else columns[:2],
        rows=tuple(rows),
        keys=tuple(value or "none" for value in values),
    )


def _ages(told: Told) -> Table:
    figures = told.figures
    found = figures.ages.get(told.place, {})
    words = {
        "under-18": _("under 18"),
        "18-29": _("18 to 29"),
        "30-44": _("30 to 44"),
        "45-59": _("45 to 59"),
        "60-and-over": _("60 and over"),
        "": pgettext("breakdown", "Not stated"),
    }
    keys = (*(each.key for each in AGES), "")
    return Table(
        key=told.key("ages"),
        caption=_("Held, by the age reached in the year"),
        columns=(
            Column("age", _("Age")),
            persons("persons", held_on(figures.until), figures.until),
        ),
        rows=tuple((words[key], found.get(key, 0)) for key in keys),
        keys=tuple(key or "none" for key in keys),
    )


def _tiers(told: Told) -> Table:
    figures = told.figures
    tiers = figures.held(told.place).tiers
    words = {
        "A": _("A: at least two independent sources, one of them primary"),
        "B": _("B: one reliable source"),
        "C": _("C: reported; widens the range, not in the headline"),
        "D": _("D: disputed; in no number"),
    }
    return Table(
        key=told.key("tiers"),
        caption=_("How sure it is that somebody is held"),
        columns=(
            Column("tier", _("Confidence")),
            persons("persons", held_on(figures.until), figures.until),
        ),
        rows=tuple((words[tier], tiers[at]) for at, tier in enumerate(_TIERS)),
        keys=tuple(_TIERS),
    )


def _detained(told: Told) -> str:
    return _("Detained in %(year)s") % {"year": told.figures.year}


def _in_order(values: Iterable[str], size: Callable[[str], int]) -> list[str]:
    """Order the largest first; what is not stated comes last."""
    return sorted(values, key=lambda each: (each == "", -size(each), each))

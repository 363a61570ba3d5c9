"""The year in a few lines, each number with its key and the table where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Reference
from undaunted.prisoners.report.analysis.figures import NOBODY, trend_in
from undaunted.prisoners.report.analysis.totals import trend_words
from undaunted.prisoners.report.analysis.wording import held_on, sentence, term_word

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Text
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["most", "summary"]


def summary(told: Told) -> tuple[Text, ...]:
    """Give the lines."""
    return (_held(told), _changed(told), _moved(told), *most(told), _trend(told))


def _held(told: Told) -> Text:
    figures = told.figures
    now, then = figures.until, figures.since
    return sentence(
        _("%(held)s: %(persons)s; a year before: %(before)s (%(table)s)."),
        held=held_on(now),
        persons=told.number(
            f"by-country/{told.row}/persons@{now}", figures.held(told.place).persons, held_on(now)
        ),
        before=told.number(
            f"by-country/{told.row}/persons@{then}",
            figures.held(told.place, figures.year - 1).persons,
            held_on(then),
        ),
        table=Reference("by-country"),
    )


def _changed(told: Told) -> Text:
    figures = told.figures
    if figures.panel.change is None:
        return (
            _("No change can be given: no country is covered from the same lists in both years."),
        )
    period = f"{figures.since}..{figures.until}"
    label = _("Change on the same sources")
    return sentence(
        _("Change on the same sources: %(change)s. Countries compared: %(units)s."),
        change=told.number(f"panel/{told.row}/change@{period}", figures.panel.change, label),
        units=told.number(
            f"panel/{told.row}/units@{period}", len(figures.panel.units), _("Countries")
        ),
    )


def _moved(told: Told) -> Text:
    figures = told.figures
    flow = figures.flows[told.place]
    period = f"{figures.since}..{figures.until}"

    table = "moved" if told.whole and len(figures.codes) > 1 else told.key("account")
    words = _(
        "Newly detained: %(new)s. Detained again: %(again)s. Released: %(released)s. Died in "
        "custody: %(died)s (%(table)s)."
    )
    return sentence(
        words,
        new=told.number(f"moved/{told.row}/new@{period}", flow.new, _("Newly detained")),
        again=told.number(
            f"moved/{told.row}/redetained@{period}", flow.redetained, _("Detained again")
        ),
        released=told.number(f"moved/{told.row}/released@{period}", flow.released, _("Released")),
        died=told.number(f"moved/{told.row}/died@{period}", flow.died, _("Died in custody")),
        table=Reference(table),
    )


def most(told: Told) -> list[Text]:
    """Say which law and which role most of those held have, where any is known."""
    figures = told.figures
    lines = []
    for facet, key, words, template in (
        ("law", "laws", "law_taxonomy", _("The law used against most: %(part)s, %(persons)s.")),
        ("role", "roles", "target_roles", _("Most of those held are: %(part)s, %(persons)s.")),
    ):
        parts = figures.after.get(told.place, {}).get(facet, {})
        known = [value for value in parts if value and parts[value].persons]
        if not known:
            continue
        largest = min(known, key=lambda each: (-parts[each].persons, each))
        label = term_word(largest, words, told.language)
        name = f"{told.key(key)}/{largest}/persons@{figures.until}"
        lines.append(
            sentence(
                template,
                part=label,
                persons=told.number(name, parts.get(largest, NOBODY).persons, label),
            )
        )
    return lines


def _trend(told: Told) -> Text:
    found = trend_in(told.figures, told.place)
    return sentence(
        _("Trend since the last break of the sources: %(verdict)s. Years: %(points)s (%(table)s)."),
        verdict=trend_words(found.verdict),
        points=told.number(
            f"trends/{told.row}/points@{told.figures.year}", found.points, _("Years")
        ),
        table=Reference("trends"),
    )

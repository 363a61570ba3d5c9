"""Flows that balance, ways out by type and length, and how long people are held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Column, ColumnKind, Notice, Paragraph, Table
from undaunted.core.events.rules import Freedom, vocabulary
from undaunted.prisoners.report.analysis.durations import HORIZONS, share_after
from undaunted.prisoners.report.analysis.series import step_chart
from undaunted.prisoners.report.analysis.wording import (
    held_on,
    persons,
    row_key,
    term_word,
)
from undaunted.prisoners.report.rules.years import FEWEST
from undaunted.site.components.numbers import percent_text

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Block, Cell
    from undaunted.engines.census import SurvivalBounds
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["LINES", "account", "durations", "flows", "moved", "ways_out", "ways_out_of"]

LINES = (
    "before", "backlog", "corrected", "new", "redetained", "reclassified_in", "released", "died",
    "reclassified_out", "after",
)  # fmt: skip
_LEAVING = frozenset({"corrected", "released", "died", "reclassified_out"})


def flows(told: Told) -> tuple[Block, ...]:
    """Give the chapter: the account of the year, and each country in one line."""
    blocks: list[Block] = [
        Paragraph(
            (
                _(
                    "Each account balances: what was held at the beginning, with what came and "
                    "less what went, is what is held at the end. People detained earlier of whom "
                    "the registry learned in the year stand in a line of their own and are no "
                    "increase."
                ),
            )
        ),
        account(told),
    ]
    if told.whole and len(told.figures.codes) > 1:
        blocks.append(moved(told))
    return tuple(blocks)


def account(told: Told) -> Table:
    """Give what made one stock into the other, line by line."""
    figures = told.figures
    flow = figures.flows[told.place]
    words = {
        "before": _("Held at the beginning, as known then"),
        "backlog": _("Documentation backlog: held already then, known to us since"),
        "corrected": _("Corrected: found not to have been held then"),
        "new": _("Newly detained"),
        "redetained": _("Detained again"),
        "reclassified_in": _("Status or confidence raised while held"),
        "released": _("Released"),
        "died": _("Died in custody"),
        "reclassified_out": _("Status or confidence lowered while held"),
        "after": _("Held at the end"),
    }
    rows = tuple(
        (words[line], -getattr(flow, line) if line in _LEAVING else getattr(flow, line))
        for line in LINES
    )
    return Table(
        key=told.key("account"),
        caption=_("The account of %(year)s: %(place)s")
        % {"year": figures.year, "place": told.name},
        columns=(
            Column("line", _("Line")),
            persons("persons", _("Persons"), f"{figures.since}..{figures.until}"),
        ),
        rows=rows,
        keys=LINES,
    )


def ways_out(told: Told) -> tuple[Block, ...]:
    """Give the chapter: how people got out, and after how long."""
    return (
        Notice(
            _("What a release is."),
            (
                _(
                    "Only people who were counted appear. Somebody moved to house arrest stays in "
                    "the count. Whoever is let go under conditions, exchanged or driven abroad is "
                    "out of detention and not free."
                ),
            ),
        ),
        ways_out_of(told),
        _lengths(told),
    )


def ways_out_of(told: Told) -> Table:
    """Give releases by type, with how free each leaves somebody."""
    figures = told.figures
    found = figures.crossed.get(told.place, {}).get("release", {})
    freedoms = {
        Freedom.FULL: _("free"),
        Freedom.CONDITIONAL: _("not free"),
        Freedom.NONE: _("not free"),
    }
    terms = vocabulary("release_types").terms
    codes = [code for code in terms if code not in {"died", "house_arrest"} or code in found]
    if not told.whole:
        codes = [code for code in codes if found.get(code)]
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        freedom = terms[code].freedom
        rows.append(
            (
                term_word(code, "release_types", told.language),
                found.get(code, 0),
                freedoms[freedom] if freedom else _("not known"),
            )
        )
    return Table(
        key=told.key("ways-out"),
        caption=_("Released in %(year)s, by the way out") % {"year": figures.year},
        columns=(
            Column("way", _("Way out")),
            persons("persons", _("Persons"), f"{figures.since}..{figures.until}"),
            Column("freedom", _("Freedom")),
        ),
        rows=tuple(rows),
        keys=tuple(codes),
    )


def durations(told: Told) -> tuple[Block, ...]:
    """Give the chapter: the share still held over time, and half of whom are held how long."""
    curve = told.figures.lengths.get(told.place)
    blocks: list[Block] = [
        Paragraph(
            (
                _(
                    "Most of those in a registry are still held, so that the mean of those who "
                    "are free is too short and is not given. The curve of Kaplan and Meier uses "
                    "everybody for as long as they have been seen. Dates known in part give two "
                    "curves, of the shortest and of the longest times that they allow. Everybody "
                    "who was ever held is counted, recognised or not."
                ),
            )
        )
    ]
    if curve is not None and curve.longest.persons >= FEWEST:
        blocks.append(_curve(told, curve))
    return (*blocks, _medians(told))


def moved(told: Told) -> Table:
    """Give the account of every place that is reported, a line each."""
    figures = told.figures
    rows = []
    for place in figures.places:
        flow = figures.flows[place]
        rows.append(
            (
                told.word(place),
                flow.before,
                flow.backlog - flow.corrected,
                flow.new,
                flow.redetained,
                flow.released,
                flow.died,
                flow.reclassified_in - flow.reclassified_out,
                flow.after,
            )
        )
    period = f"{figures.since}..{figures.until}"
    return Table(
        key="moved",
        caption=_("The account of %(year)s, country by country") % {"year": figures.year},
        columns=(
            Column("country", _("Country")),
            persons("before", _("Before"), period),
            persons("revised", _("Learned later"), period),
            persons("new", _("Detained"), period),
            persons("redetained", _("Again"), period),
            persons("released", _("Released"), period),
            persons("died", _("Died"), period),
            persons("reclassified", _("Regraded"), period),
            persons("after", _("After"), period),
        ),
        rows=tuple(rows),
        keys=tuple(row_key(place) for place in figures.places),
        note=(
            _(
                "After is before, with what was learned later, detained, detained again and "
                "regraded, less released and died."
            ),
        ),
    )


def _lengths(told: Told) -> Table:
    figures = told.figures
    found = figures.crossed.get(told.place, {}).get("length", {})
    words = (
        _("less than half a year"),
        _("half a year to one year"),
        _("one to three years"),
        _("three to five years"),
        _("five to ten years"),
        _("ten years or more"),
    )
    return Table(
        key=told.key("release-lengths"),
        caption=_("Released in %(year)s, by the time they had been counted")
        % {"year": figures.year},
        columns=(
            Column("length", _("Time")),
            persons("persons", _("Persons"), f"{figures.since}..{figures.until}"),
        ),
        rows=tuple((text, found.get(str(at), 0)) for at, text in enumerate(words)),
        keys=tuple(str(at) for at in range(len(words))),
    )


def _curve(told: Told, curve: SurvivalBounds) -> Block:
    figures = told.figures
    words = (
        _("a month"), _("three months"), _("half a year"), _("one year"), _("two years"),
        _("three years"), _("five years"), _("ten years"),
    )  # fmt: skip
    shares = [share_after(curve, days) for days in HORIZONS]
    shortest, longest = _("shortest times"), _("longest times")
    table = Table(
        key=told.key("still-held"),
        caption=_("Share of people still held after so long"),
        columns=(
            Column("after", _("After")),
            Column("shortest", shortest, ColumnKind.DECIMAL, f"shortest@{figures.until}"),
            Column("longest", longest, ColumnKind.DECIMAL, f"longest@{figures.until}"),
        ),
        rows=tuple((word, *both) for word, both in zip(words, shares, strict=True)),
        keys=tuple(str(days) for days in HORIZONS),
    )
    lines = [(name, _steps(curve, at)) for at, name in enumerate((shortest, longest))]
    after_a_year = shares[HORIZONS.index(365)]
    return step_chart(
        table,
        lines,
        words=_("Still held after one year: %(low)s to %(high)s.")
        % {"low": percent_text(min(after_a_year)), "high": percent_text(max(after_a_year))},
    )


def _steps(curve: SurvivalBounds, at: int) -> list[tuple[int, float]]:
    """Give points of a curve, one a month at most, so that the chart stays small."""
    found = (curve.shortest, curve.longest)[at]
    last = min(int(found.days[-1]) if found.days.size else 0, 15 * 365)
    days = [0, *range(30, last + 30, 30)]
    return [(day, share_after(curve, day)[at]) for day in days]


def _medians(told: Told) -> Table:
    figures = told.figures
    rows, keys = [], []
    for place in figures.places:
        curve = figures.lengths.get(place)
        if curve is None or curve.longest.persons < FEWEST:
            continue
        short, long = curve.shortest, curve.longest
        rows.append(
            (
                told.word(place),
                long.persons,
                long.censored,
                short.median,
                long.median,
                short.median_low,
                long.median_high,
            )
        )
        keys.append(row_key(place))
    day = figures.until
    return Table(
        key=told.key("durations"),
        caption=_("Days until half have left"),
        columns=(
            Column("country", _("Country")),
            persons("persons", _("Ever held"), day),
            persons("censored", held_on(day), day),
            persons("shortest", _("Median, shortest times"), day),
            persons("longest", _("Median, longest times"), day),
            persons("low", _("At least"), day),
            persons("high", _("At most"), day),
        ),
        rows=tuple(rows),
        keys=tuple(keys),
        note=(
            _(
                "A dash: fewer than half have left, or the interval is open. Intervals have a "
                "confidence of 0.95. No median is given for fewer than %(number)s people."
            )
            % {"number": FEWEST},
        ),
    )

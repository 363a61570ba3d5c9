"""The counted part of a country memo: stock and trend, who is targeted, tactics and laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Bullets, Footnote, Notice, Paragraph, Strong
from undaunted.core.events.rules import ActFamily, vocabulary
from undaunted.engines.census.trends import Verdict
from undaunted.prisoners.memo.analysis.words import (
    commas,
    day,
    moment,
    number,
    signed,
    standard,
    term,
)
from undaunted.prisoners.memo.rules import Bar, Chart, Stat
from undaunted.prisoners.registry.queries.tactics import COUNTED_FAMILIES
from undaunted.prisoners.registry.rules.counts import (
    DEFAULT_STANDARD,
    SERIES_YEARS,
    Breakdown,
)
from undaunted.site.languages import arrow_onward

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from undaunted.core.editions.rules import Block, Piece, Text
    from undaunted.prisoners.memo.analysis.facts import CountryFacts
    from undaunted.prisoners.memo.rules import Room
    from undaunted.prisoners.registry.queries.tactics import Tactic
    from undaunted.prisoners.registry.rules.counts import CountResult

__all__ = ["Figures", "count_note", "moved_note", "tactics_note"]

LISTS: Final = 3
LEAST_P: Final = 0.001
CHART_YEARS: Final = 10
"""The newest of the years of the series, for which two pages have room."""


def count_note(stock: CountResult, known: datetime, publishers: Iterable[str] = ()) -> Footnote:
    """Say of a count its standard, tiers, day and knowledge, and whose sources it rests on most."""
    a, b, c, d = stock.bands.tiers
    told = {
        "standard": standard(stock.standard),
        "rule": stock.rule,
        "a": number(a),
        "b": number(b),
        "c": number(c),
        "d": number(d),
        "low": number(stock.bands.low),
        "high": number(stock.bands.high),
        "day": day(stock.as_of),
        "known": moment(known),
    }
    note = _(
        "Published persons recognised under: %(standard)s; rule %(rule)s. Confidence A %(a)s, B "
        "%(b)s; not in the number: C %(c)s, D %(d)s. Verified at least %(low)s, possible at most "
        "%(high)s. Counted on %(day)s, as known on %(known)s."
    )
    named = commas(publishers)
    cited = " " + _("Sources cited most: %(sources)s.") % {"sources": named} if named else ""
    return Footnote((note % told + cited,))


def tactics_note(as_of: date, on: date) -> Footnote:
    """Say what a count of acts rests on: it is known as published on the day `on` alone."""
    told = {"day": day(as_of), "known": day(on)}
    note = _(
        "Confidence A or B. Detention: by form, of the people of the count. Civil death: whoever "
        "is published, recognised or not. Both in the month of %(day)s, as published on %(known)s. "
        "Nought: no published case records it. Not counted: the record holds no such number. "
        "Neither says that it does not happen."
    )
    return Footnote((note % told,))


def moved_note(since: date, until: date, known: datetime) -> Footnote:
    """Say of what moved in a time between which days, by which standard and knowledge."""
    told = {
        "since": day(since),
        "until": day(until),
        "standard": standard(DEFAULT_STANDARD),
        "known": moment(known),
    }
    note = _(
        "After %(since)s up to %(until)s; %(standard)s, confidence A or B, both days as known on "
        "%(known)s."
    )
    return Footnote((note % told,))


class Figures:
    """The numbers of one memo in words; counts what there is no room for."""

    def __init__(self, facts: CountryFacts, room: Room) -> None:
        self._facts, self._room = facts, room
        self.missing: list[str] = []

    def note(self) -> Footnote:
        """Give the note of the headline."""
        facts = self._facts
        return count_note(facts.stock, facts.asked.known_at, facts.publishers)

    def stats(self) -> tuple[Stat, ...]:
        """Give the four figures at the head."""
        facts = self._facts
        moved = _moved(facts)
        return (
            Stat(number(facts.stock.persons), (_("held on the day"), self.note())),
            Stat(
                number(facts.moved.new + facts.moved.redetained), (_("detained in a year"), moved)
            ),
            Stat(number(facts.moved.released), (_("released in a year"), moved)),
            Stat(number(facts.moved.died), (_("died in custody in a year"), moved)),
        )

    def chart(self) -> Chart | None:
        """Give the stock of the years as bars; None where there is nothing to see."""
        facts = self._facts
        if not any(persons for _on, persons in facts.years[-CHART_YEARS:]):
            return None
        bars, last = [], None
        years = facts.years[-CHART_YEARS:]
        for on, persons in years:
            broken = last is not None and any(last < each.at <= on for each in facts.breaks)
            bars.append(Bar(str(on.year), persons, number(persons), broken))
            last = on
        told = commas(f"{on.year} {number(persons)}" for on, persons in years)
        return Chart(
            title=(
                _("Held on the same day of each year; a gap marks other sources"),
                self.note(),
            ),
            alternative=_("People held, by year: %(numbers)s.") % {"numbers": told},
            bars=tuple(bars),
        )

    def held(self) -> tuple[Block, ...]:
        """Say the stock and how it changed, breaks as breaks."""
        facts = self._facts
        if not facts.has_data:
            told = {"day": day(facts.asked.as_of)}
            nothing = _(
                "Nothing is published of this country for %(day)s or the years before. This says "
                "nothing about how many people are held."
            )
            return (Notice(_("No data."), (nothing % told,)),)
        first: list[Piece] = [
            Strong(
                _("People held on %(day)s: %(number)s.")
                % {"day": day(facts.asked.as_of), "number": number(facts.stock.persons)}
            ),
            self.note(),
            " ",
            *self._change(),
        ]
        if facts.stock.bands.high and not facts.stock.persons:
            told = {"number": number(facts.stock.bands.high)}
            first.append(" " + _("Possible, at most: %(number)s.") % told)
        if unsure := facts.stock.bands.held_unverified:
            first.append(" ")
            told = {"number": number(unsure)}
            first.append(_("Of them not confirmed as held for a year: %(number)s.") % told)
        return (Paragraph((*first, *self._trend())),)

    def targeted(self) -> tuple[Block, ...]:
        """Say whom it strikes: by what they do, and by gender."""
        facts = self._facts
        roles = self._listed(Breakdown.ROLE, "target_roles", _("roles: %(number)s"))
        told: list[Piece] = [
            f"{roles}." if roles else _("What they did is not published."), self.note()
        ]  # fmt: skip
        women = next((e for e in facts.parts(Breakdown.GENDER) if e.value == "female"), None)
        if women is not None:
            told.append(" " + _("Women: %(number)s.") % {"number": number(women.persons)})
        return (Paragraph(tuple(told)),)

    def tactics(self) -> tuple[Block, ...]:
        """Say by which means and under which laws; what nobody counts is said as such."""
        facts = self._facts
        note = tactics_note(facts.asked.as_of, facts.on)
        lines: list[Text] = []
        for family in COUNTED_FAMILIES:
            words = self._counted([each for each in facts.tactics if each.family == family])
            named = term("act_types", family)
            lines.append((Strong(named), ": ", words or number(0), ".", note))
        died = term("act_types", ActFamily.DEATH_IN_CUSTODY)
        lines.append((Strong(died), ": ", number(facts.moved.died), ".", _moved(facts)))
        others = [
            term("act_types", code)
            for code, held in vocabulary("act_types").terms.items()
            if held.parent is None and code in _TACTICS
        ]
        lines.append((_("Not counted: %(tactics)s.") % {"tactics": commas(others)}, note))
        laws = self._listed(Breakdown.LAW, "law_taxonomy", _("kinds of laws: %(number)s"))
        told = laws or _("not published")
        lines.append((Strong(_("Laws used")), ": ", told, ".", self.note()))
        return (Bullets(tuple(lines)),)

    def _counted(self, tactics: list[Tactic]) -> str:
        counted = sorted(
            (each for each in tactics if each.persons), key=lambda each: -(each.persons or 0)
        )
        shown = counted[: self._room.parts]
        if len(counted) > len(shown):
            told = {"number": len(counted) - len(shown)}
            self.missing.append(_("tactics: %(number)s") % told)
        return commas(f"{term('act_types', each.code)} {number(each.persons)}" for each in shown)

    def _listed(self, breakdown: Breakdown, words: str, left: str) -> str:
        found = self._facts.parts(breakdown)
        shown = found[: self._room.parts]
        if len(found) > len(shown):
            self.missing.append(left % {"number": len(found) - len(shown)})
        return commas(f"{term(words, each.value or '')} {number(each.persons)}" for each in shown)

    def _change(self) -> Text:
        facts = self._facts
        before = facts.before
        told = {
            "day": day(before.as_of),
            "before": number(before.persons),
            "change": signed(facts.stock.persons - before.persons),
        }
        note = _moved(facts)
        if not facts.begun:
            same = _("On %(day)s, counted from the same sources: %(before)s (%(change)s).")
            return (same % told, note)
        lists = commas(facts.lists.get(slug, slug) for slug in facts.begun)
        broken = _(
            "On %(day)s: %(before)s, but other sources counted: %(lists)s came in between. The "
            "step is no change."
        )
        alike = [
            f"{facts.lists.get(each.unit, each.unit)} {number(each.before)} {arrow_onward()} "
            f"{number(each.after)}"
            for each in sorted(facts.panel.units, key=lambda each: -each.after)[:LISTS]
        ]
        words = broken % (told | {"lists": lists})
        if alike:
            words += " " + _("Each list on both days: %(lists)s.") % {"lists": commas(alike)}
        return (words, note)

    def _trend(self) -> Text:
        found = self._facts.trend
        if found is None:
            return ()
        told = {"points": found.points}
        sentences = {
            Verdict.RISING: _("Rising over the years that compare (%(points)s)."),
            Verdict.FALLING: _("Falling over the years that compare (%(points)s)."),
            Verdict.NO_TREND_SHOWN: _(
                "No trend is shown over the years that compare (%(points)s)."
            ),
            Verdict.TOO_SHORT: _("Too few years compare (%(points)s) to speak of a trend."),
        }
        note = _(
            "Test of Mann and Kendall on one day of each of the last %(years)s years, from the "
            "first in which anybody is counted and since the sources last changed, p %(p)s; "
            "same standard and knowledge as the count."
        )
        told_of = {"years": SERIES_YEARS, "p": _probability(found.p_value)}
        return (" ", sentences[found.verdict] % told, Footnote((note % told_of,)))


_TACTICS: Final = frozenset(
    {
        ActFamily.KILLING,
        ActFamily.ENFORCED_DISAPPEARANCE,
        ActFamily.ILL_TREATMENT,
        ActFamily.THREAT,
        ActFamily.SEARCH_AND_SEIZURE,
        ActFamily.OTHER,
    }
)
"""Acts that are done to people and of which nothing is published act by act."""


def _probability(p: float) -> str:
    """Write `= 0.032`; what would round to nothing as less than the least that is written."""
    return "< 0.001" if p < LEAST_P else f"= {p:.3f}"


def _moved(facts: CountryFacts) -> Footnote:
    return moved_note(facts.moved.since, facts.moved.until, facts.asked.known_at)

"""A memo about the world, in words: whom it strikes, every tactic, the menu; nobody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import (
    Bullets,
    Column,
    ColumnKind,
    Document,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
)
from undaunted.core.events.rules import ActFamily
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.prisoners.memo.analysis.numbers import count_note, moved_note, tactics_note
from undaunted.prisoners.memo.analysis.practices import practice_lists
from undaunted.prisoners.memo.analysis.words import commas, day, moment, number, place, term
from undaunted.prisoners.memo.rules import Memo, Stat
from undaunted.prisoners.registry.queries.tactics import Tactic
from undaunted.prisoners.registry.rules.counts import Breakdown

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Block
    from undaunted.prisoners.memo.analysis.facts import WorldFacts

__all__ = ["world_memo"]

LETTERS: Final = 240
DEATH: Final = ActFamily.DEATH_IN_CUSTODY
"""Counted by the year and as a whole: how somebody died is not published."""


def world_memo(facts: WorldFacts) -> Memo:
    """Put the facts into words; nothing is left out, as its pages are not limited."""
    asked = facts.asked
    codes = {code for code, _persons in facts.countries}
    document = Document(
        title=_("Who is targeted around the world, and how"),
        subtitle="",
        language=asked.language,
        publisher=facts.publisher,
        as_of=asked.as_of,
        known_at=asked.known_at.strftime("%Y-%m-%d %H:%M:%S"),
        blocks=tuple(_parts(facts)),
        hypothetical=bool(codes) and codes <= HYPOTHETICAL_CODES,
        licence=_("Creative Commons Attribution 4.0. Name Undaunted and the day of the count."),
    )
    note = count_note(facts.stock, facts.asked.known_at)
    return Memo(
        document=document,
        kicker=_("Briefing memo"),
        marking=_("PUBLIC · TLP:CLEAR"),
        restricted=False,
        heads=(
            (_("Prepared by"), facts.publisher),
            (_("Counted on"), day(asked.as_of)),
            (_("As known on"), moment(asked.known_at)),
        ),
        stats=(
            Stat(number(facts.stock.persons), (_("held on the day"), note)),
            Stat(number(len(facts.countries)), (_("countries with published cases"), note)),
        ),
    )


def _parts(facts: WorldFacts) -> list[Block]:
    parts: list[Block] = [
        Section("held", _("People held"), tuple(_held(facts))),
        Section("targeted", _("Who is targeted"), tuple(_targeted(facts))),
        Section("tactics", _("How: tactics and laws"), tuple(_tactics(facts))),
        Section("menu", _("What has gone together with releases"), tuple(_menu(facts))),
    ]
    return parts


def _held(facts: WorldFacts) -> list[Block]:
    note = count_note(facts.stock, facts.asked.known_at)
    if not facts.countries:
        return [Notice(_("No data."), (_(
            "Nobody who is published was held on the day. This says nothing about how many people "
            "are held."),))]  # fmt: skip
    told = {"number": number(facts.stock.persons), "countries": number(len(facts.countries))}
    held = _("People held: %(number)s; countries with published cases: %(countries)s.") % told
    caution = _(
        "No total of the world: only countries with published cases are in it, each as far as its "
        "sources reach."
    )
    listed = commas(f"{place(code)} {number(persons)}" for code, persons in facts.countries)
    return [Paragraph((Strong(held), note, " ", caution)), Paragraph((f"{listed}.", note))]


def _targeted(facts: WorldFacts) -> list[Block]:
    note = count_note(facts.stock, facts.asked.known_at)
    lines = []
    for breakdown, words, named in (
        (Breakdown.ROLE, "target_roles", _("Who is targeted")),
        (Breakdown.LAW, "law_taxonomy", _("Laws used")),
    ):
        found = facts.parts(breakdown)
        told = commas(f"{term(words, each.value or '')} {number(each.persons)}" for each in found)
        lines.append((Strong(named), ": ", f"{told or _('not published')}.", note))
    return [Bullets(tuple(lines))]


def _tactics(facts: WorldFacts) -> list[Block]:
    rows = []
    (_all, dead), *dead_in = facts.died
    deaths = Tactic(DEATH, DEATH, dead, tuple(dead_in))
    others = [each for each in facts.tactics if each.family != DEATH]
    for each in (*others, deaths):
        persons, countries = each.persons, each.by_country
        where = commas(f"{place(code)} {number(n)}" for code, n in countries)
        told = _("not counted") if persons is None else number(persons)
        rows.append((term("act_types", each.family), term("act_types", each.code), told, where))
    died = term("act_types", DEATH)
    asked = facts.asked
    return [
        Table(
            key="every-tactic",
            caption=_("Every tactic of the vocabulary, with persons and countries"),
            columns=(
                Column("family", _("Family")),
                Column("tactic", _("Tactic")),
                Column("persons", _("Persons"), ColumnKind.TEXT),
                Column("countries", _("Countries")),
            ),
            rows=tuple(rows),
            note=(
                _("Whoever is bound in two countries counts in both, and once in the whole."),
                tactics_note(asked.as_of, facts.on),
                f" {died}.",
                moved_note(facts.since, asked.as_of, asked.known_at),
            ),
        )
    ]


def _menu(facts: WorldFacts) -> list[Block]:
    if not facts.menu:
        nothing = _("The library holds no practice of release that this reader may see.")
        return [Paragraph((nothing,))]
    lists, _cut = practice_lists(facts.menu, LETTERS, facts.on, facts.asked.language)
    caution = _("An association that was seen, never a cause; the whole text is in the library.")
    return [*lists, Notice("", (caution,))]

"""A memo about one country, in words: each fact with its note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.consent.rules import AudienceKind
from undaunted.core.editions.rules import (
    Bullets,
    Document,
    Footnote,
    Notice,
    Paragraph,
    Section,
    Strong,
)
from undaunted.core.editions.rules.numerals import numbers_typed
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.prisoners.memo.analysis.numbers import Figures
from undaunted.prisoners.memo.analysis.practices import practice_lists
from undaunted.prisoners.memo.analysis.talking import points_for
from undaunted.prisoners.memo.analysis.words import commas, day, moment, month, number, place, term
from undaunted.prisoners.memo.rules import Memo, TextKind, Variant, stale_since
from undaunted.site.components.clauses import comma_mark

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.editions.rules import Block, Piece, Text
    from undaunted.prisoners.memo.analysis.cases import CaseLine
    from undaunted.prisoners.memo.analysis.facts import CountryFacts
    from undaunted.prisoners.memo.rules import Room

__all__ = ["country_memo"]


def country_memo(facts: CountryFacts, room: Room) -> Memo:
    """Put the facts into words, as many of them as there is room for, and say what is left out."""
    written = _Country(facts, room)
    asked = facts.asked
    where = place(asked.country)
    document = Document(
        title=_("%(place)s: people held for political reasons") % {"place": where},
        subtitle="",
        language=asked.language,
        publisher=facts.publisher,
        as_of=asked.as_of,
        known_at=asked.known_at.strftime("%Y-%m-%d %H:%M:%S"),
        blocks=written.parts(),
        hypothetical=asked.country in HYPOTHETICAL_CODES,
        licence=_public_licence() if asked.variant is Variant.PUBLIC else "",
    )
    return Memo(
        document=document,
        kicker=_("Briefing memo"),
        marking=_marking(facts),
        restricted=asked.variant is Variant.RESTRICTED,
        heads=(
            *(((_("For the meeting with"), asked.counterpart),) if asked.counterpart else ()),
            (_("Day of the meeting"), day(asked.meets_on)),
            (_("Prepared by"), facts.publisher),
            (_("Counted on"), day(asked.as_of)),
            (_("As known on"), moment(asked.known_at)),
        ),
        stats=written.figures.stats() if facts.has_data else (),
        chart=written.figures.chart() if room.chart else None,
        cases=min(len(facts.cases), room.cases),
        left_out=written.left_out(),
    )


def _marking(facts: CountryFacts) -> str:
    asked = facts.asked
    if asked.variant is Variant.PUBLIC:
        return _("PUBLIC · TLP:CLEAR")
    if asked.with_red:
        return _("RESTRICTED · TLP:RED · for whoever built it alone")
    if asked.reader.kind is AudienceKind.GOVERNMENT:
        told = _("RESTRICTED · TLP:AMBER · for the government of %(place)s")
        return told % {"place": place(asked.reader.name)}
    return _("RESTRICTED · TLP:AMBER · for %(organisation)s") % {"organisation": facts.publisher}


def _public_licence() -> str:
    return _("Creative Commons Attribution 4.0. Name Undaunted and the day of the count.")


class _Country:
    """One memo while it is written; counts what it leaves out."""

    def __init__(self, facts: CountryFacts, room: Room) -> None:
        self._facts, self._room = facts, room
        self._asked = facts.asked
        self._missing: list[str] = []
        self.figures = Figures(facts, room)

    def parts(self) -> tuple[Block, ...]:
        """Write every section, in the order in which a minister reads."""
        blocks: list[Block] = [Section("held", _("People held"), self.figures.held())]
        if self._facts.has_data:
            blocks += [
                Section("targeted", _("Who is targeted"), self.figures.targeted()),
                Section("tactics", _("How: tactics and laws"), self.figures.tactics()),
            ]
        blocks += [
            Section("cases", _("Cases to raise"), self._cases()),
        ]
        if points := self._points():
            blocks.append(Section("points", _("Talking points"), points))
        if lines := self._facts.said(TextKind.RED_LINE):
            told = tuple(self._desk_text(each.body, each.confirmed_on) for each in lines)
            blocks.append(Section("lines", _("Red lines"), (Bullets(told),)))
        blocks.append(Section("menu", _("What has gone together with releases"), self._menu()))
        return tuple(blocks)

    def left_out(self) -> str:
        """Say what the pages had no room for; empty where all is there."""
        missing = [*self.figures.missing, *self._missing]
        if not missing:
            return ""
        told = {"pages": self._asked.pages, "what": commas(missing)}
        return _("Left out to keep to %(pages)s pages: %(what)s.") % told

    def _cases(self) -> tuple[Block, ...]:
        held = self._facts.cases
        if not held:
            return (Paragraph((self._why_no_case(),)),)
        shown = held[: self._room.cases]
        if len(held) > len(shown):
            self._missing.append(_("cases: %(number)s") % {"number": len(held) - len(shown)})
        return (Bullets(tuple(self._case(each) for each in shown)),)

    def _why_no_case(self) -> str:
        if not self._facts.asked_consent:
            return _("Nobody is named: who agreed to be is known to whoever signs in.")
        if self._asked.variant is Variant.PUBLIC:
            return _("Nobody is named: nobody who is public agreed to be named in public memos.")
        return _("Nobody is named: nobody agreed to be named in memos to this reader.")

    def _case(self, line: CaseLine) -> Text:
        who: list[Piece] = [Strong(line.name) if line.name else Strong(line.reference)]
        told = [f" ({line.reference})"] if line.name else []
        if line.roles:
            roles = commas(term("target_roles", each) for each in line.roles)
            told.append(comma_mark(apart=True) + roles)
        what = commas(
            [term("act_types", each) for each in line.acts]
            + [term("law_taxonomy", each) for each in line.laws]
        )
        since = {"since": month(line.since), "what": what}
        if line.detained:
            told.append(", " + _("held since %(since)s (%(what)s)") % since)
        else:
            told.append(", " + _("since %(since)s: %(what)s") % since)
        if line.sentence_months:
            sentence = _("sentence: %(months)s months") % {"months": number(line.sentence_months)}
            told.append(", " + sentence)
        who += ["".join(told), ". ", *self._stale(line)]
        if line.quiet:
            who.append(Strong(_("Quiet diplomacy: never in public.")))
            who.append(" ")
        ask = line.ask or _("Release without conditions; until then family, lawyer and doctor.")
        stale = stale_since(line.ask_from, self._facts.on) if line.ask_from else None
        who += [Strong(_("Ask:")), f" {ask}"]
        if stale:
            who.append(" " + _("Not confirmed since %(day)s.") % {"day": day(stale)})
        who.append(Footnote((self._case_note(line),)))
        return tuple(who)

    def _stale(self, line: CaseLine) -> Text:
        if stale_since(line.confirmed, self._asked.as_of) is None:
            return ()
        told = {"day": self._last(line)}
        return (Strong(_("Not confirmed since %(day)s.") % told), " ")

    def _last(self, line: CaseLine) -> str:
        return month(f"{line.confirmed:%Y-%m}") if line.to_month else day(line.confirmed)

    def _case_note(self, line: CaseLine) -> str:
        hidden = line.hidden_sources or not line.sources
        sources = [*line.sources, *([_("source not public")] if hidden else ())]
        told = {
            "sources": "; ".join(sources),
            "tier": line.tier,
            "day": self._last(line),
            "known": moment(self._asked.known_at),
        }
        note = _(
            "Source: %(sources)s. Confidence %(tier)s. Last confirmed: %(day)s. As known on "
            "%(known)s, named as agreed to."
        )
        law = f" {line.law_text}." if line.law_text else ""
        return note % told + law + self._typed(line.ask)

    def _points(self) -> tuple[Block, ...]:
        own = [
            self._desk_text(each.body, each.confirmed_on)
            for each in (
                *self._facts.said(TextKind.TALKING_POINT),
                *self._facts.said(TextKind.ASK),
            )
        ]
        drafted = points_for(self._facts, self.figures.note())
        points = [*own, *drafted]
        shown = points[: self._room.points]
        if len(points) > len(shown):
            told = {"number": len(points) - len(shown)}
            self._missing.append(_("talking points: %(number)s") % told)
        return (Bullets(tuple(shown)),) if shown else ()

    def _menu(self) -> tuple[Block, ...]:
        menu = self._facts.menu
        if not menu:
            nothing = _("The library holds no practice of release that this reader may see.")
            return (Paragraph((nothing,)),)
        shown = menu[: self._room.practices]
        if len(menu) > len(shown):
            told = {"number": len(menu) - len(shown)}
            self._missing.append(_("practices: %(number)s") % told)
        lists, cut = practice_lists(shown, self._room.letters, self._facts.on, self._asked.language)
        if cut:
            told = {"number": cut, "letters": self._room.letters}
            self._missing.append(
                _("%(number)s texts of practices after %(letters)s letters (…)") % told
            )
        caution = _(
            "An association that was seen, never a cause; the whole text is in the library."
        )
        return (*lists, Notice("", (caution,)))

    def _typed(self, body: str) -> str:
        """Say which numbers of a text nobody counted here; empty where it has none."""
        found = numbers_typed(body, self._asked.language)
        if not found:
            return ""
        told = {"numbers": commas(dict.fromkeys(each.text for each in found))}
        return " " + _("Numbers as the desk typed them, not counted here: %(numbers)s.") % told

    def _desk_text(self, body: str, confirmed: date) -> Text:
        told = {"organisation": self._facts.publisher, "day": day(confirmed)}
        note = _("Written by %(organisation)s, confirmed on %(day)s.") % told
        note += self._typed(body)
        if stale := stale_since(confirmed, self._facts.on):
            late = Strong(_("Not confirmed since %(day)s.") % {"day": day(stale)})
            return (body, " ", late, Footnote((note,)))
        return (body, Footnote((note,)))

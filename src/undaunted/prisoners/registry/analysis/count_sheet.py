"""The count sheet: how many people each country holds on a day, as a document to be frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import (
    Column,
    ColumnKind,
    Document,
    EditionKind,
    Figure,
    Gathered,
    Name,
    Notice,
    Number,
    Paragraph,
    Parameter,
    ParameterRefused,
    Reference,
    Section,
    Strong,
    Table,
)
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.prisoners.registry.analysis.wording import place_name, standard_note
from undaunted.prisoners.registry.queries.counting import Ask, counts, flows
from undaunted.prisoners.registry.queries.countries import published_by_country
from undaunted.prisoners.registry.queries.held import longest_held
from undaunted.site.charts.bars import Bar, bars
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Block, Question
    from undaunted.prisoners.registry.queries.held import HeldPerson
    from undaunted.prisoners.registry.rules.counts import CountResult, FlowResult

__all__ = ["COUNT_SHEET", "gather_count_sheet"]

NAMED: Final = 25
BARS: Final = 20
_LINES: Final = (
    "before", "backlog", "corrected", "new", "redetained", "reclassified_in", "released", "died",
    "reclassified_out", "after",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Counted:
    """Everything that the sheet says, before it is put into words."""

    since: date
    codes: tuple[str, ...]
    whole: tuple[CountResult, CountResult]
    by_country: dict[str, tuple[CountResult, CountResult]]
    moved: FlowResult
    named: tuple[HeldPerson, ...]


def gather_count_sheet(question: Question) -> Gathered:
    """Count the published persons of each country on a day, with what moved since another."""
    told = _counted(question)
    invented = bool(told.codes) and set(told.codes) <= HYPOTHETICAL_CODES
    where = question.parameters["country"]
    scope = place_name(where, question.language) if where else _("All countries")
    document = Document(
        title=_("People held: %(place)s, %(day)s")
        % {"place": scope, "day": date_text(question.as_of)},
        subtitle=_("Count sheet of published cases, with what changed since %(day)s")
        % {"day": date_text(told.since)},
        language=question.language,
        publisher="Undaunted",
        as_of=question.as_of,
        known_at=question.known_at.strftime("%Y-%m-%d %H:%M:%S"),
        blocks=tuple(_blocks(told, question)),
        hypothetical=invented,
        licence=_("Creative Commons Attribution 4.0. Name Undaunted and the edition."),
    )
    return Gathered(document, frozenset(person.id for person in told.named))


def _counted(question: Question) -> _Counted:
    since = date.fromisoformat(question.parameters["since"] or _year_before(question.as_of))
    if since > question.as_of:
        raise ParameterRefused(f"since: {since} lies after the day that is counted; go back")
    where = question.parameters["country"] or None
    codes = tuple(sorted(published_by_country(question.actor)))
    codes = tuple(code for code in codes if where in {None, code})
    asks = [
        Ask(day, code, question.known_at)
        for code in (where, *codes)
        for day in (since, question.as_of)
    ]
    found = counts(question.actor, *asks)
    pairs = list(zip(found[::2], found[1::2], strict=True))
    held = {
        code: pair
        for code, pair in zip(codes, pairs[1:], strict=True)
        if pair[0].persons or pair[1].persons
    }
    return _Counted(
        since=since,
        codes=tuple(held),
        whole=pairs[0],
        by_country=held,
        moved=flows(
            question.actor,
            since=since,
            until=question.as_of,
            country=where,
            known_at=question.known_at,
        ),
        named=longest_held(
            question.actor,
            as_of=question.as_of,
            known_at=question.known_at,
            country=where,
            most=NAMED,
        ),
    )


def _blocks(told: _Counted, question: Question) -> list[Block]:
    as_of, since = question.as_of, told.since
    key = f"held/{question.parameters['country'] or 'all'}@{as_of}"
    headline: list[Block] = [
        Paragraph(
            (
                Strong(_("Held on %(day)s:") % {"day": date_text(as_of)}),
                " ",
                Number(key, told.whole[1].persons, _held_on(as_of)),
                ". ",
                _("Recognised under the definition of the Council of Europe; confidence A or B."),
                standard_note(),
            )
        )
    ]
    if not told.by_country:
        headline.append(
            Notice(
                _("No data."),
                (_("Nobody who is published was held on either day. This says nothing about how "
                   "many people are held."),),
            )
        )  # fmt: skip
        return [Section("held", _("Held on the day"), tuple(headline))]
    headline += [
        Paragraph((_("By country:"), " ", Reference("by-country"), ".")),
        _by_country(told, since, as_of, question.language),
        _chart(told, as_of, question.language),
    ]
    parts: list[Block] = [Section("held", _("Held on the day"), tuple(headline))]
    parts.append(Section("moved", _("What changed"), (_movements(told, since, as_of),)))
    if told.named:
        parts.append(Section("longest", _("Held longest"), (_names(told, question.language),)))
    return parts


def _by_country(told: _Counted, since: date, as_of: date, language: str) -> Table:
    rows = [
        (
            place_name(code, language),
            pair[0].persons,
            pair[1].persons,
            pair[1].bands.low,
            pair[1].bands.high,
        )
        for code, pair in told.by_country.items()
    ]
    return Table(
        key="by-country",
        caption=_("People held by country"),
        columns=(
            Column("country", _("Country")),
            _persons("persons_before", _held_on(since), str(since)),
            _persons("persons", _held_on(as_of), str(as_of)),
            _persons("low", _("Verified, at least"), str(as_of)),
            _persons("high", _("Possible, at most"), str(as_of)),
        ),
        rows=tuple(rows),
        keys=tuple(told.by_country),
        note=(
            _("Countries in which nobody who is published was held on either day are left out."),
        ),
    )


def _chart(told: _Counted, as_of: date, language: str) -> Figure:
    items = sorted(
        ((pair[1].persons, code) for code, pair in told.by_country.items()),
        key=lambda item: (-item[0], item[1]),
    )[:BARS]
    title = _("People held on %(day)s, by country") % {"day": date_text(as_of)}
    told_of = _("%(place)s holds most of them: %(number)s.") % {
        "place": place_name(items[0][1], language),
        "number": items[0][0],
    }
    chart = bars(
        [Bar(place_name(code, language), number) for number, code in items],
        title=title,
        description=told_of,
    )
    return Figure(
        key="chart-by-country",
        caption=title,
        alternative=told_of,
        specification=chart.specification,
        table=Table(
            key="chart-by-country-data",
            caption=_("The numbers of the chart"),
            columns=(
                Column("country", _("Country")),
                Column("persons", _("Persons"), ColumnKind.WHOLE),
            ),
            rows=tuple((place_name(code, language), number) for number, code in items),
        ),
    )


def _movements(told: _Counted, since: date, as_of: date) -> Table:
    words = {
        "before": _held_on(since),
        "backlog": _("Learned of later"),
        "corrected": _("Corrected out"),
        "new": _("Detained for the first time"),
        "redetained": _("Detained again"),
        "reclassified_in": _("Recognised"),
        "released": _("Released"),
        "died": _("Died"),
        "reclassified_out": _("No longer recognised"),
        "after": _held_on(as_of),
    }
    return Table(
        key="movements",
        caption=_("From %(since)s to %(until)s")
        % {"since": date_text(since), "until": date_text(as_of)},
        columns=(
            Column("line", _("Line")),
            _persons("persons", _("Persons"), f"{since}..{as_of}"),
        ),
        rows=tuple((words[line], getattr(told.moved, line)) for line in _LINES),
        keys=_LINES,
    )


def _names(told: _Counted, language: str) -> Table:
    return Table(
        key="longest-held",
        caption=_("Those who have been counted longest, at most %(number)s") % {"number": NAMED},
        columns=(
            Column("reference", _("Case")),
            Column("name", _("Name")),
            Column("country", _("Country")),
            Column("since", _("Month")),
        ),
        rows=tuple(
            (
                Name(each.reference),
                Name(each.name) if each.name else None,
                place_name(each.country, language),
                each.since,
            )
            for each in told.named
        ),
        note=(_("Names as consent permits; without a name only the reference is public."),),
    )


def _held_on(day: date) -> str:
    return _("Held on %(day)s") % {"day": date_text(day)}


def _persons(key: str, label: str, when: str) -> Column:
    """Give a column of persons; the same number on the same day has one name in every edition."""
    counted = key.removesuffix("_before")
    return Column(key, label, ColumnKind.WHOLE, f"{counted}@{when}")


def _year_before(day: date) -> str:
    try:
        return day.replace(year=day.year - 1).isoformat()
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28).isoformat()


def _country(text: str) -> str:
    if not text:
        return ""
    try:
        return country(text).code
    except UnknownCountry:
        raise ParameterRefused(
            f"country: {text!r} is no ISO 3166 code; give one such as XR, or none for all"
        ) from None


def _since(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise ParameterRefused(f"since: {text!r} is no day; write YYYY-MM-DD") from None


COUNT_SHEET: Final = EditionKind(
    name="count-sheet",
    title=lambda: _("Count sheet"),
    gather=gather_count_sheet,
    parameters=(
        Parameter("country", "ISO 3166 code; empty for all countries", _country, ""),
        Parameter(
            "since",
            "first day of the period; a year before the day if empty",
            _since,
            "",
            apart=False,
        ),
    ),
)
"""The first kind of edition: it proves the others."""

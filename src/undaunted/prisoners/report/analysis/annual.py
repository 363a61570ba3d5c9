"""The annual report and the country sheet, as documents to be frozen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from django.utils.translation import gettext as _

from undaunted.core.access.rules import PUBLIC
from undaunted.core.editions.rules import (
    Bullets,
    Document,
    EditionKind,
    EditionRefused,
    Gathered,
    Notice,
    Parameter,
    ParameterRefused,
    Section,
)
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.prisoners.registry.rules.counts import EVERYWHERE
from undaunted.prisoners.report.analysis.closing import limits, methods, sources
from undaunted.prisoners.report.analysis.countries import country_pages, sheet
from undaunted.prisoners.report.analysis.external import external_blocks
from undaunted.prisoners.report.analysis.figures import gather_figures
from undaunted.prisoners.report.analysis.measures import accountability, release
from undaunted.prisoners.report.analysis.movements import durations, flows, ways_out
from undaunted.prisoners.report.analysis.people import legislation, people, work
from undaunted.prisoners.report.analysis.summary import summary
from undaunted.prisoners.report.analysis.support import support_blocks
from undaunted.prisoners.report.analysis.tactics import tactics
from undaunted.prisoners.report.analysis.told import Told
from undaunted.prisoners.report.analysis.totals import totals
from undaunted.prisoners.report.analysis.unpublished import unpublished_blocks, unpublished_of
from undaunted.prisoners.report.queries import signed_texts
from undaunted.prisoners.report.readers import shipped_external, shipped_support
from undaunted.prisoners.report.rules import Chapter, chapter_title
from undaunted.prisoners.report.rules.support import SupportGroup
from undaunted.prisoners.report.rules.texts import TextRefused, place_texts
from undaunted.prisoners.report.rules.years import YearRefused, year_of

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.core.editions.rules import Block, Question
    from undaunted.prisoners.report.analysis.figures import Figures

__all__ = ["ANNUAL_REPORT", "COUNTRY_SHEET", "gather_annual_report", "gather_country_sheet"]

_APART: Final = frozenset(
    {
        Chapter.TOTALS,
        Chapter.PEOPLE,
        Chapter.TACTICS,
        Chapter.DURATION,
        Chapter.RELEASE_PRACTICES,
        Chapter.ACCOUNTABILITY,
        Chapter.SUPPORT_PERSON,
        Chapter.COUNTRIES,
        Chapter.METHODS,
        Chapter.EXTERNAL,
    }
)
"""Chapters that begin on a page of their own."""


def gather_annual_report(question: Question) -> Gathered:
    """Write the report of the year that ends on the day; only texts of the desk name people."""
    told = _told(question)
    told = replace(told, unpublished=unpublished_of(question, told.place))
    year, place = told.figures.year, told.name
    title = _("Political prisoners in %(year)s") % {"year": year}
    if not told.world:
        title = _("Political prisoners in %(year)s: %(place)s") % {"year": year, "place": place}
    sections = tuple(_sections(question.actor, told))
    document = _document(question, told, title, sections, contents=True)
    return _with_texts(document, question, year) if told.world else Gathered(document)


def gather_country_sheet(question: Question) -> Gathered:
    """Write the single page of one country."""
    told = _told(question)
    title = _("%(place)s: political prisoners in %(year)s") % {
        "year": told.figures.year,
        "place": told.name,
    }
    blocks = sheet(told) if told.figures.codes else (_no_data(told),)
    return Gathered(_document(question, told, title, blocks, contents=False))


def _with_texts(document: Document, question: Question, year: int) -> Gathered:
    """Put the signed texts of the year at the heads of their chapters, with whom they name."""
    try:
        told = signed_texts(question.actor, year, question.language, holder=question.holder)
        return Gathered(place_texts(document, told.texts), told.subjects, told.left_out)
    except TextRefused as refusal:
        raise EditionRefused(str(refusal)) from None


def _told(question: Question) -> Told:
    try:
        year = year_of(question.as_of)
    except YearRefused as refusal:
        raise ParameterRefused(str(refusal)) from None
    where = question.parameters["country"] or EVERYWHERE
    return Told(_figures(question, year, where), question.language, where)


def _figures(question: Question, year: int, where: str) -> Figures:
    """Gather once for all languages of an edition: a number is the same in each."""
    key = (__name__, year, question.known_at, where)
    if key not in question.remembered:
        question.remembered[key] = gather_figures(
            PUBLIC, year=year, known_at=question.known_at, where=where
        )
    return cast("Figures", question.remembered[key])


def _document(
    question: Question, told: Told, title: str, blocks: tuple[Block, ...], *, contents: bool
) -> Document:
    codes = told.figures.codes
    return Document(
        title=title,
        subtitle=_("Trends, tactics, practices and support")
        if contents
        else _("One page, from the annual report"),
        language=question.language,
        publisher="Undaunted",
        as_of=question.as_of,
        known_at=question.known_at.strftime("%Y-%m-%d %H:%M:%S"),
        blocks=blocks,
        contents=contents,
        hypothetical=bool(codes) and set(codes) <= HYPOTHETICAL_CODES,
        licence=_("Creative Commons Attribution 4.0. Name Undaunted and the edition."),
    )


def _sections(actor: Actor, told: Told) -> list[Section]:
    chapters: list[tuple[Chapter, tuple[Block, ...]]] = []
    if told.figures.codes:
        chapters += _counted(told)
    else:
        chapters.append((Chapter.TOTALS, (_no_data(told), *unpublished_blocks(told))))
    chapters += [
        (Chapter.RELEASE_PRACTICES, release(actor, told)),
        (Chapter.ACCOUNTABILITY, accountability(actor, told)),
        (Chapter.SUPPORT_PERSON, support_blocks(shipped_support(), SupportGroup.PERSON)),
        (Chapter.SUPPORT_COMMUNITY, support_blocks(shipped_support(), SupportGroup.COMMUNITY)),
    ]
    if told.world and told.figures.codes:
        chapters.append((Chapter.COUNTRIES, country_pages(told)))
    chapters += [
        (Chapter.METHODS, methods(told)),
        (Chapter.LIMITS, limits(told)),
        (Chapter.SOURCES, sources(actor, told)),
    ]
    if told.world:
        others = external_blocks(shipped_external(), until=told.figures.until)
        chapters.append((Chapter.EXTERNAL, others))
    return [
        Section(
            chapter.value,
            chapter_title(chapter),
            blocks,
            new_page=chapter in _APART,
        )
        for chapter, blocks in chapters
        if blocks
    ]


def _counted(told: Told) -> list[tuple[Chapter, tuple[Block, ...]]]:
    return [
        (Chapter.SUMMARY, (Bullets(summary(told)),)),
        (Chapter.TOTALS, totals(told)),
        (Chapter.FLOWS, flows(told)),
        (Chapter.PEOPLE, people(told)),
        (Chapter.LEGISLATION, legislation(told)),
        (Chapter.WORK, work(told)),
        (Chapter.TACTICS, tactics(told)),
        (Chapter.RELEASES, ways_out(told)),
        (Chapter.DURATION, durations(told)),
    ]


def _no_data(told: Told) -> Notice:
    text = _(
        "No published case speaks of %(year)s here: nobody was counted at either end of the year, "
        "and nothing is on record between. This says nothing about how many people were held."
    )
    return Notice(_("No data."), (text % {"year": told.figures.year},))


def _country(text: str) -> str:
    if not text:
        return ""
    try:
        return country(text).code
    except UnknownCountry as unknown:
        raise ParameterRefused(
            f"country: {text!r} is no ISO 3166 code, of today or of former times; give one such as "
            f"XR{unknown.remedy}"
        ) from None


def _one_country(text: str) -> str:
    if not text:
        raise ParameterRefused("country: empty; a country sheet is about one, such as XR")
    return _country(text)


ANNUAL_REPORT: Final = EditionKind(
    name="annual-report",
    title=lambda: _("Annual report"),
    gather=gather_annual_report,
    parameters=(Parameter("country", "ISO 3166 code; empty for all countries", _country, ""),),
    purpose="report",
)
COUNTRY_SHEET: Final = EditionKind(
    name="country-sheet",
    title=lambda: _("Country sheet"),
    gather=gather_country_sheet,
    parameters=(Parameter("country", "ISO 3166 code, such as XR", _one_country),),
    purpose="report",
)

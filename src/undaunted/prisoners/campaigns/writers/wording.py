"""Sentences with names in them, and what all papers say alike: facts, the ask, sources, origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Link, Name, Notice
from undaunted.core.editions.writers import hypothetical_text
from undaunted.core.events.rules import labels
from undaunted.core.places.rules import country, country_name
from undaunted.prisoners.campaigns.rules.directions import own_way
from undaunted.prisoners.campaigns.rules.naming import LONGEST_IN_TITLE, called
from undaunted.prisoners.campaigns.rules.papers import Ask, Facts, Heading, Small
from undaunted.prisoners.campaigns.writers.terms import MATERIALS
from undaunted.site.components.clauses import commas_text
from undaunted.site.components.dates import date_text, partial_date
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.editions.rules import Text
    from undaunted.prisoners.campaigns.rules import (
        CampaignSheet,
        CaseSheet,
        MaterialKind,
        SourceLine,
    )
    from undaunted.prisoners.campaigns.rules.papers import Line

__all__ = [
    "about_person",
    "ask",
    "ask_text",
    "country_text",
    "facts",
    "filled",
    "invented",
    "law_text",
    "listed",
    "origin",
    "role_text",
    "since_text",
    "title_of",
]


def filled(sentence: str, **values: Text | str) -> Text:
    """Put texts into a translated sentence, names as names, wherever the language wants them."""
    parts = (sentence % {key: f"\x00{key}\x00" for key in values}).split("\x00")
    pieces: list[Text] = []
    for at, part in enumerate(parts):
        value = values[part] if at % 2 else part
        pieces.append((value,) if isinstance(value, str) else value)
    return tuple(piece for text in pieces for piece in text if piece)


def about_person(case: CaseSheet, *, longest: int = 0) -> dict[str, Text | str]:
    """Give what sentences call the person and the country."""
    name = called(case, _language(), longest=longest)
    return {"name": name, "country": country_text(case.country)}


def title_of(kind: MaterialKind, case: CaseSheet) -> Text:
    """Give a title that names what it is, the person and the country."""
    sentence = _("%(material)s: %(name)s, %(country)s")
    told = about_person(case, longest=LONGEST_IN_TITLE)
    return filled(sentence, material=str(MATERIALS[kind]), **told)


def ask_text(case: CaseSheet) -> str:
    """Give the one thing that is asked for; in another direction than the text it keeps its own."""
    told = case.ask.strip() or _("Release, without conditions.")
    return own_way(told, right_to_left=direction(_language()) == "rtl")


def facts(case: CaseSheet) -> Facts:
    """Give what is known, as far as it may be told."""
    rows: list[tuple[str, Text]] = [
        (_("Name"), _names(case)),
        (_("Country"), (country_text(case.country),)),
    ]
    if case.roles:
        rows.append((_("Role"), (role_text(case),)))
    if case.since:
        since = case.since if "/" in case.since else f"{case.since}/.."
        rows.append((_("Deprivation of liberty"), (partial_date(since).text,)))
    if case.laws:
        rows.append((_("Kind of law"), (law_text(case),)))
    rows.append((_("Reference"), (Name(case.reference),)))
    return Facts(tuple(rows))


def origin(case: CaseSheet, campaign: CampaignSheet) -> Iterator[Line]:
    """Give the end of every paper: sources, campaign, the warning of demonstrations."""
    if case.sources:
        yield Heading(_("Sources"))
        for number, source in enumerate(case.sources, start=1):
            yield Small((f"{number}. ", *_source(source)))
    yield Small(
        filled(
            _("Prepared for the campaign “%(campaign)s” (%(day)s) by %(organisation)s."),
            campaign=(Name(campaign.name),),
            day=(Name(date_text(campaign.day)),),
            organisation=(Name(campaign.organisation or campaign.name),),
        )
    )
    yield Small(
        (_("It holds only what may be told. Check on the day of use that nothing has changed."),)
    )
    if invented(case, campaign):
        yield Notice("", (hypothetical_text(),))


def invented(case: CaseSheet, campaign: CampaignSheet) -> bool:
    """Tell whether the person exists in a demonstration alone."""
    return campaign.invented or country(case.country).hypothetical


def country_text(code: str) -> str:
    """Give the name of a country in the language of the text."""
    return country_name(code, _language())


def role_text(case: CaseSheet) -> str:
    """Give what the person did, in words."""
    return listed(labels("target_roles", _language()).get(each, each) for each in case.roles)


def law_text(case: CaseSheet) -> str:
    """Give the kinds of law that were used, in words."""
    return listed(labels("law_taxonomy", _language()).get(each, each) for each in case.laws)


def since_text(case: CaseSheet) -> str:
    """Give since when, as well as it is known."""
    return partial_date(case.since).text


def listed(words: Iterable[str]) -> str:
    """Join words with the comma of the language."""
    return commas_text(words)


def ask(case: CaseSheet) -> Ask:
    """Give the ask as a block of its own."""
    return Ask(ask_text(case))


def _names(case: CaseSheet) -> Text:
    if not case.names:
        return (_("Name withheld"),)
    pieces: list[Name | str] = []
    for each in case.names:
        pieces += [" · ", Name(each.text, each.language)]
    return tuple(pieces[1:])


def _source(source: SourceLine) -> Iterator[Name | Link | str]:
    told: list[Name | Link | str] = [
        Name(each) for each in (source.publisher, source.title) if each
    ]
    if source.published:
        told.append(Name(partial_date(source.published).text))
    if source.url.startswith(("https://", "http://")):
        told.append(Link(source.url, source.url))
    for at, piece in enumerate(told):
        if at:
            yield " · "
        yield piece


def _language() -> str:
    return get_language() or "en"

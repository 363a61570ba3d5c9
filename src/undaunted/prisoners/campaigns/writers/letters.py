"""A letter to an official: whoever signs it asks for one thing, in a form that fits everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Name, Paragraph, Strong
from undaunted.prisoners.campaigns.rules.naming import LONGEST_IN_TITLE
from undaunted.prisoners.campaigns.rules.papers import Blank, Paper
from undaunted.prisoners.campaigns.writers.wording import (
    about_person,
    ask,
    country_text,
    facts,
    filled,
    origin,
)
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.prisoners.campaigns.rules import AdopterSheet, CampaignSheet, CaseSheet
from undaunted.prisoners.campaigns.rules.papers import Line

__all__ = ["letter", "standard_text"]


def letter(case: CaseSheet, campaign: CampaignSheet, adopter: AdopterSheet | None) -> Paper:
    """Write the letter in the language in force."""
    return Paper(
        title=filled(
            _("Concerning %(name)s, %(country)s"), **about_person(case, longest=LONGEST_IN_TITLE)
        ),
        language=get_language() or "en",
        author=adopter.name if adopter else campaign.organisation,
        day=campaign.day,
        before=(
            *_sender(adopter),
            Paragraph((date_text(campaign.day),)),
            Blank(_("To (name and office)")),
        ),
        lines=(*_body(case), *_end(adopter), *origin(case, campaign)),
    )


def standard_text() -> str:
    """Give the standard that every material names.

    Universal Declaration of Human Rights, 10 December 1948, article 9; read in a copy on
    2026-11-26.
    """
    return _(
        "Nobody shall be subjected to arbitrary arrest, detention or exile (Universal Declaration "
        "of Human Rights, article 9)."
    )


def _sender(adopter: AdopterSheet | None) -> Iterator[Line]:
    if adopter is None:
        yield Blank(_("From (name and office)"))
        return
    about = (adopter.office, adopter.place, country_text(adopter.country))
    lines = (("\n", Name(each)) for each in about if each)
    yield Paragraph((Strong(adopter.name), *(piece for line in lines for piece in line)))


def _body(case: CaseSheet) -> Iterator[Line]:
    told = about_person(case)
    yield Paragraph((_("Your Excellency,"),))
    yield Paragraph(
        filled(
            _(
                "I am writing to you about a person who is deprived of liberty: %(name)s, "
                "%(country)s."
            ),
            **told,
        )
    )
    yield facts(case)
    yield Paragraph((standard_text(),))
    yield Paragraph((_("I ask you for one thing:"),))
    yield ask(case)
    yield Paragraph(
        (
            _(
                "Please tell me in writing what has been done and what will be done. If another "
                "authority decides, please pass this letter on and tell me to whom."
            ),
        )
    )
    yield Paragraph((_("Yours respectfully,"),))


def _end(adopter: AdopterSheet | None) -> Iterator[Line]:
    yield Blank(_("Signature"))
    if adopter is not None:
        yield Paragraph((Name(adopter.name),))

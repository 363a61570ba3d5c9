"""A parliamentary question for a written answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Name, Paragraph, Strong
from undaunted.prisoners.campaigns.rules import MaterialKind
from undaunted.prisoners.campaigns.rules.papers import Blank, Heading, Paper
from undaunted.prisoners.campaigns.writers.letters import standard_text
from undaunted.prisoners.campaigns.writers.wording import (
    about_person,
    ask,
    facts,
    filled,
    origin,
    title_of,
)
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.prisoners.campaigns.rules import AdopterSheet, CampaignSheet, CaseSheet
    from undaunted.prisoners.campaigns.rules.papers import Line

__all__ = ["question"]


def question(case: CaseSheet, campaign: CampaignSheet, adopter: AdopterSheet | None) -> Paper:
    """Write the question in the language in force."""
    return Paper(
        title=title_of(MaterialKind.PARLIAMENTARY_QUESTION, case),
        language=get_language() or "en",
        author=adopter.name if adopter else campaign.organisation,
        day=campaign.day,
        lines=(
            Paragraph((_("To the government, for a written answer."),)),
            _asker(adopter),
            Paragraph((date_text(campaign.day),)),
            Heading(_("Background")),
            facts(case),
            Paragraph((standard_text(),)),
            Heading(_("Questions")),
            *_questions(case),
            *origin(case, campaign),
        ),
    )


def _asker(adopter: AdopterSheet | None) -> Line:
    if adopter is None:
        return Blank(_("From (name and office)"))
    office = (" · ", Name(adopter.office)) if adopter.office else ()
    return Paragraph((Strong(adopter.name), *office))


def _questions(case: CaseSheet) -> Iterator[Line]:
    told = about_person(case)
    yield Paragraph(
        (
            "1. ",
            *filled(
                _(
                    "Has the government raised this case with the authorities of the country: "
                    "%(name)s, %(country)s? If so: when, at what level, and with what reply?"
                ),
                **told,
            ),
        )
    )
    yield Paragraph(("2. ", _("Will the government ask those authorities for this, and by when?")))
    yield ask(case)
    yield Paragraph(
        ("3. ", _("What will the government do if no reply comes, and when will it report on it?"))
    )

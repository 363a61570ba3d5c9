"""A statement to be read aloud before an international body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Name, Paragraph, Strong
from undaunted.prisoners.campaigns.rules import MaterialKind
from undaunted.prisoners.campaigns.rules.papers import Blank, Paper
from undaunted.prisoners.campaigns.writers.letters import standard_text
from undaunted.prisoners.campaigns.writers.wording import (
    about_person,
    ask,
    filled,
    law_text,
    origin,
    role_text,
    since_text,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.prisoners.campaigns.rules import AdopterSheet, CampaignSheet, CaseSheet
    from undaunted.prisoners.campaigns.rules.papers import Line

__all__ = ["statement"]


def statement(case: CaseSheet, campaign: CampaignSheet, adopter: AdopterSheet | None) -> Paper:
    """Write the statement in the language in force."""
    return Paper(
        title=title_of(MaterialKind.STATEMENT, case),
        language=get_language() or "en",
        author=adopter.name if adopter else campaign.organisation,
        day=campaign.day,
        lines=(
            _speaker(adopter),
            Blank(
                _("Body, session and agenda item"),
                _("United Nations General Assembly, or Human Rights Council"),
            ),
            Paragraph((_("Check against delivery."),)),
            *_speech(case),
            *origin(case, campaign),
        ),
    )


def _speaker(adopter: AdopterSheet | None) -> Line:
    if adopter is None:
        return Blank(_("From (name and office)"))
    office = (" · ", Name(adopter.office)) if adopter.office else ()
    return Paragraph((Strong(adopter.name), *office))


def _speech(case: CaseSheet) -> Iterator[Line]:
    yield Paragraph((_("Distinguished President,"),))
    yield Paragraph(
        filled(
            _("I speak of one person who is deprived of liberty: %(name)s, %(country)s."),
            **about_person(case),
        )
    )
    yield from (Paragraph((sentence,)) for sentence in _known(case))
    yield Paragraph((standard_text(),))
    yield Paragraph((_("We ask the authorities for one thing:"),))
    yield ask(case)
    yield Paragraph(
        (_("We ask every State here to raise this case, and to say what reply it received."),)
    )
    yield Paragraph((_("Thank you."),))


def _known(case: CaseSheet) -> Iterator[str]:
    if case.roles:
        yield _("What this person is known for: %(roles)s.") % {"roles": role_text(case)}
    if case.since:
        yield _("This has lasted since: %(since)s.") % {"since": since_text(case)}
    if case.laws:
        yield _("The kind of law that was used: %(laws)s.") % {"laws": law_text(case)}

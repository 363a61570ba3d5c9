"""A note for a conversation with the authorities: restricted, whatever the mode of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Bullets, Notice, Paragraph
from undaunted.prisoners.campaigns.rules import LADDER, MaterialKind, Mode
from undaunted.prisoners.campaigns.rules.papers import Blank, Heading, Paper, Ticks
from undaunted.prisoners.campaigns.writers.terms import MODES, reply_text
from undaunted.prisoners.campaigns.writers.wording import (
    about_person,
    ask,
    facts,
    filled,
    origin,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.prisoners.campaigns.rules import CampaignSheet, CaseSheet
    from undaunted.prisoners.campaigns.rules.papers import Line

__all__ = ["note", "restricted_text"]


def note(case: CaseSheet, campaign: CampaignSheet) -> Paper:
    """Write the note in the language in force."""
    return Paper(
        title=title_of(MaterialKind.DEMARCHE_NOTE, case),
        language=get_language() or "en",
        author=campaign.organisation,
        day=campaign.day,
        mark=restricted_text(),
        lines=(*_warnings(case), *_talk(case), *_afterwards(), *origin(case, campaign)),
    )


def restricted_text() -> str:
    """Give the mark on every page of what is not for the public."""
    return _("RESTRICTED")


def _warnings(case: CaseSheet) -> Iterator[Line]:
    yield Paragraph((_("For a conversation with the authorities. Do not hand this paper over."),))
    if case.mode is Mode.PRIVATE_ONLY:
        yield Notice(
            str(MODES[Mode.PRIVATE_ONLY]),
            (
                _(
                    "Nothing of this case is said in public, online or to the press, not even that "
                    "it was raised."
                ),
            ),
        )


def _talk(case: CaseSheet) -> Iterator[Line]:
    yield Heading(_("What is known"))
    yield facts(case)
    yield Heading(_("What to say"))
    raised = _("I raise one case today: %(name)s, %(country)s.")
    yield Bullets(
        (
            filled(raised, **about_person(case)),
            (_("We ask for this one thing, and when we may expect a reply, and from whom:"),),
        )
    )
    yield ask(case)
    yield Heading(_("What not to say"))
    yield Bullets(
        (
            (_("Do not name the family, a lawyer, or whoever told us."),),
            (_("Do not speak of other people who are held: they may have asked for silence."),),
            (_("Do not offer anything in exchange, and do not accept a visit as the end of it."),),
        )
    )


def _afterwards() -> Iterator[Line]:
    yield Heading(_("What came back"))
    yield Ticks(tuple(reply_text(rung) for rung in LADDER))
    yield from (Blank(label) for label in (_("Date"), _("Place"), _("With whom")))
    yield Paragraph((_("Enter it in the log of the campaign on the same day."),))

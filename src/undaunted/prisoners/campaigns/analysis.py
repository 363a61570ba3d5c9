"""The log in numbers: who raised, with what reply, did attempts increase; and its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from undaunted.core.access.rules import PUBLIC
from undaunted.core.editions.rules import EditionKind, Gathered, Parameter, ParameterRefused
from undaunted.core.editions.writers import write_files
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.prisoners.campaigns.queries import (
    campaign_sheet,
    desk_cases,
    desk_lines,
    public_lines,
    published_campaign,
    published_campaigns,
    published_cases,
    shown_subjects,
)
from undaunted.prisoners.campaigns.rules import (
    CampaignSheet,
    Channel,
    Level,
    Mode,
    compare_attempts,
    coverage,
    occasion_named,
    occasions,
    replies,
)
from undaunted.prisoners.campaigns.writers import raise_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.editions.rules import Document, Question
    from undaunted.core.editions.writers import WrittenFile
    from undaunted.prisoners.campaigns.models import Campaign, PublishedCampaign
    from undaunted.prisoners.campaigns.rules import Comparison, RaiseLine, Reply

__all__ = [
    "RAISE_SHEET",
    "LogFigures",
    "desk_sheet",
    "figures_of",
    "printed_sheet",
    "public_sheet",
    "sheet_of",
]


@dataclass(frozen=True, slots=True)
class LogFigures:
    """What a log says, of exactly the lines that were handed in."""

    raises: int
    by_country: dict[str, int]
    by_reply: dict[Reply | None, int]
    whole: Comparison
    by_channel: dict[Channel, Comparison]
    by_level: dict[Level, Comparison]


def figures_of(lines: Iterable[RaiseLine], *, until: date) -> LogFigures:
    """Count a log. For the public, hand in what was raised in the open and nothing else."""
    held = tuple(lines)
    since = min((line.day for line in held), default=None)

    def compared(chosen: Iterable[RaiseLine]) -> Comparison:
        return compare_attempts((each.day for each in chosen), until=until, logged_since=since)

    return LogFigures(
        raises=len(held),
        by_country=coverage(held),
        by_reply=replies(held),
        whole=compared(held),
        by_channel={
            channel: compared(line for line in held if line.channel is channel)
            for channel in Channel
            if any(line.channel is channel for line in held)
        },
        by_level={
            level: compared(line for line in held if line.level is level)
            for level in Level
            if any(line.level is level for line in held)
        },
    )


def sheet_of(
    campaign: PublishedCampaign, countries: Iterable[str], address: str = ""
) -> CampaignSheet:
    """Give a public campaign as what is written names it."""
    known = campaign.occasion in occasions()
    held = frozenset(countries)
    return CampaignSheet(
        id=campaign.pk,
        reference=campaign.reference,
        name=campaign.name,
        day=campaign.day,
        languages=tuple(campaign.languages),
        occasion=occasion_named(campaign.occasion).sheet if known else None,
        summary=campaign.summary,
        organisation=campaign.organisation,
        address=address,
        invented=bool(held) and held <= HYPOTHETICAL_CODES,
    )


def desk_sheet(
    actor: Actor, campaign: Campaign, *, as_of: date, known_at: str, language: str
) -> Document:
    """Give the whole log as a document for the desk: private raises too, silent cases never."""
    modes = {case.mark: Mode(case.row.mode) for case in desk_cases(actor, campaign)}
    return raise_sheet(
        campaign_sheet(actor, campaign),
        desk_lines(actor, campaign),
        modes,
        public=False,
        as_of=as_of,
        known_at=known_at,
        language=language,
    )


def printed_sheet(
    actor: Actor, campaign: Campaign, form: str, *, at: datetime, language: str
) -> WrittenFile:
    """Give the desk's sheet as `pdf` or `docx`, marked as not public on every page."""
    known = at.strftime("%Y-%m-%d %H:%M:%S")
    document = desk_sheet(actor, campaign, as_of=at.date(), known_at=known, language=language)
    written = write_files(
        {document.language: document},
        f"raises-{campaign.reference}",
        moment=int(at.timestamp()),
        mark=lambda: _("RESTRICTED"),
    )
    return next(each for each in written.files if each.name.endswith(f".{form}"))


def public_sheet(
    campaign: PublishedCampaign, *, as_of: date, known_at: datetime, language: str
) -> Document:
    """Give what everybody may know of who raised whom, as a document."""
    cases = list(published_cases(PUBLIC, campaign.pk))
    return raise_sheet(
        sheet_of(campaign, (case.country for case in cases)),
        public_lines(PUBLIC, campaign.pk, as_of=as_of, known_at=known_at),
        {case.reference: Mode.PUBLIC for case in cases},
        public=True,
        as_of=as_of,
        known_at=known_at.strftime("%Y-%m-%d %H:%M:%S"),
        language=language,
    )


def _gather(question: Question) -> Gathered:
    campaign = published_campaign(PUBLIC, question.parameters["campaign"])
    if campaign is None:
        raise ParameterRefused("campaign: it is not public; let it out first")
    document = public_sheet(
        campaign,
        as_of=question.as_of,
        known_at=question.known_at,
        language=question.language,
    )
    return Gathered(document, shown_subjects(PUBLIC, campaign.pk))


def _reference(text: str) -> str:
    if published_campaign(PUBLIC, text) is None:
        known = ", ".join(each.reference for each in published_campaigns(PUBLIC)[:20]) or "none"
        raise ParameterRefused(f"campaign: {text!r} is not public here; there are {known}")
    return text


RAISE_SHEET: Final = EditionKind(
    name="raise-sheet",
    title=lambda: _("Who raised whom, where, and with what reply"),
    gather=_gather,
    parameters=(Parameter("campaign", "short name of a public campaign", _reference),),
    purpose="campaign",
)
"""The public sheet as an edition: it ends with the consent of anybody in it."""

"""The log: a raise recorded, its reply, what followed, an entry taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.prisoners.campaigns.actions.adopting import known_country
from undaunted.prisoners.campaigns.actions.planning import note
from undaunted.prisoners.campaigns.models import Raise, RaiseStep
from undaunted.prisoners.campaigns.queries import not_told_why
from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    CampaignRefused,
    CaseIsSilent,
    Mode,
    RaiserNotAgreed,
    may_be_raised,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Adopter, Campaign, CampaignCase
    from undaunted.prisoners.campaigns.rules import Channel, Level, Reply

__all__ = [
    "Raising",
    "raise_row",
    "record_raise",
    "record_step",
    "withdraw_raise",
]


@dataclass(frozen=True, slots=True)
class Raising:
    """What was raised, how, with whom and by whom."""

    day: date
    channel: Channel
    level: Level
    counterpart: str
    counterpart_country: str
    by: str
    by_country: str
    place: str = ""


def record_raise(  # noqa: PLR0913 - in which campaign, what, whose case, which adopter, by whom, when
    campaign: Campaign,
    raising: Raising,
    *,
    actor: Actor,
    at: datetime,
    case: CampaignCase | None = None,
    adopter: Adopter | None = None,
) -> Raise:
    """Record that a case, or the campaign as a whole, was raised.

    Raises `CaseIsSilent` for a silent case, and for one in private only raised otherwise, and
    `RaiserNotAgreed` where that person did not agree that whoever raised it is told.
    """
    require(actor, Verb.RECORD, Facts(holder=campaign.holder))
    if raising.day > at.date():
        raise CampaignRefused("day: it lies ahead; record a raise when it has happened")
    if not raising.counterpart.strip() or not raising.by.strip():
        raise CampaignRefused("counterpart, by: say with whom it was raised, and by whom")
    if adopter is not None and adopter.holder != campaign.holder:
        raise Forbidden("the adopter belongs to another organisation")
    if case is not None:
        _check_mode(case, raising.channel)
        _check_told(case, raising, adopter, actor=actor, at=at)
    with transaction.atomic():
        made = raise_row(campaign, raising, actor=actor, at=at, case=case, adopter=adopter)
        made.save(force_insert=True)
        note(
            "campaign.raised",
            campaign,
            actor=actor,
            at=at,
            raised=str(made.pk),
            channel=raising.channel.value,
            level=raising.level.value,
        )
    return made


def record_step(  # noqa: PLR0913 - after what, when, what came, what was done, by whom
    raised: Raise,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    reply: Reply | None = None,
    text: str = "",
) -> RaiseStep:
    """Record a reply on the ladder, something done to follow up, or both.

    The reply of a public raise is shown once a second person lets it out.
    """
    require(actor, Verb.RECORD, Facts(holder=raised.holder))
    if reply is None and not text.strip():
        raise CampaignRefused("reply: say what came back, or what was done")
    if not raised.day <= on <= at.date():
        raise CampaignRefused("day: give one from the day of the raise until today")
    with transaction.atomic():
        made = RaiseStep.objects.create(
            holder=raised.holder,
            raised=raised,
            day=on,
            reply=reply or "",
            text=text.strip(),
            recorded_at=at,
            recorded_by=actor.person,
        )
        note(
            "campaign.replied" if reply else "campaign.followed_up",
            raised.campaign,
            actor=actor,
            at=at,
            raised=str(raised.pk),
            reply=made.reply,
        )
    return made


def withdraw_raise(raised: Raise, *, actor: Actor, at: datetime) -> Raise:
    """Take an entry out of the log that was wrong; it is kept, and counted nowhere."""
    require(actor, Verb.RECORD, Facts(holder=raised.holder))
    with transaction.atomic():
        rows = Raise.objects.select_for_update(of=("self",)).select_related("campaign")
        held = rows.filter(pk=raised.pk, withdrawn_at__isnull=True).first()
        if held is None:
            raise Forbidden("there is no such entry for you")
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        note("campaign.raise_withdrawn", held.campaign, actor=actor, at=at, raised=str(held.pk))
    return held


def raise_row(  # noqa: PLR0913 - as record_raise
    campaign: Campaign,
    raising: Raising,
    *,
    actor: Actor,
    at: datetime,
    case: CampaignCase | None = None,
    adopter: Adopter | None = None,
) -> Raise:
    """Make an entry of the log in the actor's name, not saved yet; the countries are checked."""
    return Raise(
        holder=campaign.holder,
        campaign=campaign,
        case=case,
        adopter=adopter,
        day=raising.day,
        channel=raising.channel,
        level=raising.level,
        counterpart=raising.counterpart.strip(),
        counterpart_country=known_country("counterpart_country", raising.counterpart_country),
        place=raising.place.strip(),
        by=raising.by.strip(),
        by_country=known_country("by_country", raising.by_country),
        recorded_at=at,
        recorded_by=actor.person,
    )


def _check_mode(case: CampaignCase, channel: Channel) -> None:
    if not may_be_raised(Mode(case.mode), channel):
        raise CaseIsSilent(
            f"case: its mode is {case.mode}; whoever holds the consent can change it, "
            "or raise it in private where that is agreed"
        )


def _check_told(
    case: CampaignCase, raising: Raising, adopter: Adopter | None, *, actor: Actor, at: datetime
) -> None:
    organisation = adopter is not None and adopter.kind == AdopterKind.ORGANISATION
    why = not_told_why(
        actor,
        case,
        country="" if organisation else raising.by_country.strip().upper(),
        names=(raising.by, adopter.name if adopter else ""),
        on=at.date(),
    )
    if why:
        raise RaiserNotAgreed(f"by, by_country: {why}")

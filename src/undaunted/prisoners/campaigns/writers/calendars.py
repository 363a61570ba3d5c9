"""The days of a campaign as a calendar (RFC 5545); no person and no case is in it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from undaunted.core.clocks.writers import FeedEvent
from undaunted.core.clocks.writers import write_calendar as write_feed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from undaunted.prisoners.campaigns.rules import CampaignSheet

__all__ = ["CALENDAR", "write_calendar"]

CALENDAR: Final = "text/calendar; charset=utf-8"
_BEFORE: Final = timedelta(days=28)
_AFTER: Final = timedelta(days=1)


def write_calendar(campaign: CampaignSheet, *, language: str, at: datetime) -> bytes:
    """Give the calendar: the day itself, four weeks before it and the day after."""
    with override(language):
        events = [_event(campaign, name, day, words, at) for name, day, words in _days(campaign)]
        return write_feed(campaign.name, events, at=at, uid=_uid(campaign, "calendar"))


def _days(campaign: CampaignSheet) -> Iterator[tuple[str, date, str]]:
    told = {"campaign": campaign.name}
    before = _("%(campaign)s: send the letters, table the questions") % told
    after = _("%(campaign)s: print who raised whom, where, and with what reply") % told
    yield "before", campaign.day - _BEFORE, before
    yield "day", campaign.day, campaign.name
    yield "after", campaign.day + _AFTER, after


def _event(campaign: CampaignSheet, name: str, day: date, summary: str, at: datetime) -> FeedEvent:
    occasion = campaign.occasion.title if campaign.occasion else ""
    about = (campaign.summary, occasion, campaign.address)
    return FeedEvent(
        uid=_uid(campaign, name),
        sequence=0,
        summary=summary,
        description="\n".join(each for each in about if each),
        when=day,
        whole_day=True,
        cancelled=False,
        tentative=False,
        changed_at=at,
    )


def _uid(campaign: CampaignSheet, name: str) -> UUID:
    digest = hashlib.sha256(f"campaign-calendar:{campaign.id}:{name}".encode()).digest()
    return UUID(bytes=digest[:16], version=4)

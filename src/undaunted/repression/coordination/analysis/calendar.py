"""What ends when unless it is renewed, and when something is announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.clocks.rules import SourceStatus
from undaunted.core.clocks.writers import FeedEvent, rule_title, status_words, write_calendar
from undaunted.core.listings.queries import entries_that, lists_standing
from undaunted.core.listings.rules import EventKind
from undaunted.repression.coordination.rules import (
    Announced,
    CoordinationStage,
    RenewalDue,
    renewal_due,
    renewals,
)

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Invitation, Proposal
    from undaunted.repression.coordination.rules import EntryKey

__all__ = [
    "AHEAD",
    "BEHIND",
    "Ending",
    "announcement_event",
    "announcement_file",
    "announcement_told",
    "announcement_told_event",
    "endings",
    "renewal_event",
    "renewals_due",
    "renewals_file",
]

AHEAD, BEHIND = timedelta(days=400), timedelta(days=60)
"""How far the calendar looks on and back."""
_SINCE = datetime(2020, 1, 1, tzinfo=UTC)
"""Seconds since then tell words of a proposal apart; a sequence has 31 bits."""
_NAMESPACE = UUID("6c1f6d0e-4a0e-5b43-9a77-7a6a0d6f2b11")


@dataclass(frozen=True, slots=True)
class Ending:
    """An entry whose list says until when it stands; `told` as the list wrote it, EDTF."""

    entry: EntryKey
    name: str
    last: date
    told: str
    passed: bool


def renewals_due(actor: Actor, now: datetime) -> tuple[RenewalDue, ...]:
    """Give when regimes end next, soonest first; invented ones where an invented list is loaded."""
    invented = any(each.version and each.listing.invented for each in lists_standing(actor))
    held = [renewal_due(each, now) for each in renewals()]
    shown = [each for each in held if invented or not each.renewal.jurisdiction.startswith("X")]
    return tuple(sorted(shown, key=lambda each: (each.ends, each.renewal.code)))


def endings(actor: Actor, now: datetime) -> tuple[Ending, ...]:
    """Give the entries in force that end by what their own list says, soonest first."""
    first, last, today = (now - BEHIND).date(), (now + AHEAD).date(), now.date()
    found = []
    for source, entry in entries_that(actor, EventKind.EXPIRES):
        days = [(_last_day(each.day), each.day) for each in entry.happened(EventKind.EXPIRES)]
        known = [(day, told) for day, told in days if day is not None]
        if not known:
            continue
        day, told = max(known)
        if first <= day <= last:
            found.append(Ending((source, entry.key), entry.name, day, told, passed=day < today))
    return tuple(sorted(found, key=lambda each: (each.last, each.name, each.entry)))


def renewals_file(actor: Actor, now: datetime) -> bytes:
    """Give the calendar of regimes as a file; entries are named on the page alone."""
    events = [renewal_event(each, now) for each in renewals_due(actor, now)]
    name = _("Renewals of sanctions regimes")
    return write_calendar(name, events, at=now, uid=uuid5(_NAMESPACE, "renewals"))


def announcement_file(proposal: Proposal, *, agreed: bool, at: datetime) -> bytes:
    """Give the moment of an announcement as a calendar file: no name, no authority, no party.

    Calendar and event keep their identifiers, so that a later file takes the place of an earlier.
    """
    event = announcement_event(proposal, agreed=agreed, at=at)
    kept = uuid5(_NAMESPACE, f"announcements:{proposal.pk}")
    return write_calendar(_("Joint announcements"), [event], at=at, uid=kept)


def announcement_event(proposal: Proposal, *, agreed: bool, at: datetime) -> FeedEvent:
    """Give an announcement as an event; one that was ended before its moment is called off."""
    moment = proposal.moment or at
    off = proposal.closed_at is not None and proposal.closed_at < moment
    return _announcement(
        proposal.pk, moment, sequence=proposal.moves + off, off=off, agreed=agreed, at=at
    )


def announcement_told_event(told: Invitation, *, at: datetime) -> FeedEvent:
    """Give an announcement of a proposer elsewhere as it was told last; later words have more.

    A calendar takes it for another than any that somebody else proposed under the same id.
    """
    moment = told.moment or at
    return _announcement(
        announcement_told(told),
        moment,
        sequence=max(0, int((told.written_at - _SINCE).total_seconds())),
        off=told.stage != CoordinationStage.SENT and told.written_at < moment,
        agreed=told.stands in {Announced.AGREED, Announced.LIFTED},
        at=at,
    )


def announcement_told(told: Invitation) -> UUID:
    """Give the identifier of what one proposer elsewhere tells one's organisation of one proposal.

    Whoever proposes chooses the id, and one that is used again would move or call off an
    announcement of somebody else.
    """
    return uuid5(_NAMESPACE, f"{told.holder}:{told.signing_key}:{told.proposal}")


def _announcement(  # noqa: PLR0913 - which, when, and how it stands
    proposal: UUID, moment: datetime, *, sequence: int, off: bool, agreed: bool, at: datetime
) -> FeedEvent:
    return FeedEvent(
        uid=uuid5(_NAMESPACE, f"announcement:{proposal}"),
        sequence=sequence,
        summary=_("Joint announcement"),
        description=_("Embargoed until then. Look at the desk before you act on it."),
        when=moment,
        whole_day=False,
        cancelled=off,
        tentative=not agreed,
        changed_at=at,
    )


def renewal_event(each: RenewalDue, now: datetime) -> FeedEvent:
    """Give the last day of a regime as an event."""
    renewal = each.renewal
    start = datetime.combine(renewal.since, time(), tzinfo=UTC)
    return FeedEvent(
        uid=uuid5(_NAMESPACE, f"{renewal.code}:{renewal.since}"),
        sequence=0,
        summary=rule_title(each.rule, short=True),
        description=f"{renewal.source} ({status_words(SourceStatus(renewal.status))})",
        when=each.last,
        whole_day=True,
        cancelled=False,
        tentative=True,
        changed_at=min(start, now),
    )


def _last_day(told: str) -> date | None:
    try:
        return PartialDate.parse(told).latest
    except ValueError:
        return None

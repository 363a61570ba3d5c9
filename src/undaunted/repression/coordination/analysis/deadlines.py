"""What comes ahead for who works on sanctions: announcements to their parties, ends of regimes.

Announcements are read as proposals are, by parties alone: whoever has no part in one has the same
board, counts and calendar as if there were none. Ends of regimes are public.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from undaunted.core.clocks.rules import SourceStatus, zone_named
from undaunted.core.clocks.writers import (
    Coming,
    day_words,
    rule_title,
    status_words,
    subject_code,
)
from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.analysis.calendar import (
    announcement_event,
    announcement_told,
    announcement_told_event,
    renewal_event,
    renewals_due,
)
from undaunted.repression.coordination.queries import (
    answers_to,
    called_off,
    invitations_for,
    proposal_for,
    proposals_for,
    stands_of,
    stands_of_all,
    works_on_sanctions,
)
from undaunted.repression.coordination.rules import (
    Announced,
    Answer,
    CoordinationStage,
)
from undaunted.repression.coordination.writers import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.writers import FeedEvent
    from undaunted.repression.coordination.models import Invitation, Proposal

__all__ = ["announcement_for", "deadline_events", "deadlines_ahead"]

_AGREED = frozenset({Announced.AGREED, Announced.LIFTED})
_PARTS = frozenset({Answer.INVITED, Answer.ACCEPTED})
_LATELY = timedelta(days=30)
"""How long a calendar still shows a moment that passed, and tells that one was called off."""


def announcement_for(actor: Actor, proposal: UUID, now: datetime) -> tuple[Proposal, bool] | None:
    """Give a proposal with the moment of its announcement, and whether every party said go.

    Of one that was withdrawn lately its parties are given that it is off, and nothing else of it.
    None for absent and for forbidden.
    """
    if (held := proposal_for(actor, proposal)) is not None:
        return held, stands_of(actor, held, now) in _AGREED
    off = called_off(actor, proposal)
    return None if off is None else (off, False)


def deadlines_ahead(actor: Actor, now: datetime, until: datetime) -> Iterator[Coming]:
    """Give the announcements of which one reads the moment, and the regimes that end by then."""
    ahead = {"stage": CoordinationStage.SENT, "moment__gt": now, "moment__lte": until}
    held = tuple(proposals_for(actor).filter(**ahead))
    stands = stands_of_all(actor, held, now)
    yield from (_announcement(each, each.pk, stands[each.pk], "proposal") for each in held)
    for told in _invited(actor, invitations_for(actor).filter(**ahead)):
        yield _announcement(told, announcement_told(told), Announced(told.stands), "invitation")
    if works_on_sanctions(actor):
        for due in renewals_due(actor, now):
            if now < due.ends <= until:
                yield Coming(
                    title=rule_title(due.rule),
                    at=due.ends,
                    ends=day_words(due.last, zone_named(due.rule.zone)),
                    code="",
                    known=status_words(SourceStatus(due.renewal.status)),
                    address=reverse("coordination:calendar"),
                )


def deadline_events(actor: Actor, now: datetime) -> Iterator[FeedEvent]:
    """Give the same for a calendar; what is marked RED stays at the desk.

    A calendar is read under a secret address by programs that others run.
    """
    shown = {"moment__gt": now - _LATELY}
    lately = Q(closed_at__isnull=True) | Q(closed_at__gt=now - _LATELY)
    held = tuple(proposals_for(actor).filter(lately, **shown).exclude(tlp=Tlp.RED))
    stands = stands_of_all(actor, held, now)
    for each in held:
        yield announcement_event(each, agreed=stands[each.pk] in _AGREED, at=now)
    for told in _invited(actor, invitations_for(actor).filter(**shown).exclude(tlp=Tlp.RED)):
        yield announcement_told_event(told, at=now)
    if works_on_sanctions(actor):
        yield from (renewal_event(each, now) for each in renewals_due(actor, now))


def _announcement(
    held: Proposal | Invitation, subject: UUID, stands: Announced, page: str
) -> Coming:
    moment = held.moment
    assert moment is not None  # noqa: S101 - rows are those with one
    return Coming(
        title=_("Joint announcement"),
        at=moment,
        ends=day_words(moment, zone_named("UTC")),
        code=subject_code(subject),
        known=in_words("Announced", stands),
        address=reverse(f"coordination-desk:{page}", args=[held.pk]),
    )


def _invited(actor: Actor, rows: QuerySet[Invitation]) -> Iterator[Invitation]:
    """Give those in which one's own organisation has a part, by what it answered."""
    held = tuple(rows.filter(given_up_at__isnull=True))
    answers = answers_to(actor, held)
    yield from (each for each in held if answers[each.pk] in _PARTS)

"""A joint announcement: when it is agreed, who holds it, when the embargo lifts.

Reckoned anew whenever somebody looks: nothing is stored that a clock would have to change, so that
no late job keeps an embargo, and no early one breaks it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.repression.coordination.rules.refusals import AnnouncementRefused
from undaunted.repression.coordination.rules.terms import Announced, Answer

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

__all__ = [
    "FURTHEST",
    "TOGETHER",
    "PartyStanding",
    "announced",
    "check_ahead",
    "check_go",
    "check_hold",
    "check_moment",
]

FURTHEST = 24
"""Months that a moment lies ahead at most; an embargo without end hides what was agreed."""

TOGETHER = 2
"""Parties, the proposer among them, below which nothing is announced jointly."""


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """Where a party stands.

    Attributes:
        go_for: the moment for which two of its people said go; None while one or nobody has.
        held: one of its people holds the announcement.
    """

    answer: Answer
    go_for: datetime | None = None
    held: bool = False

    def goes(self, moment: datetime) -> bool:
        """Whether it goes ahead at this moment, and not merely at an earlier proposed one."""
        return self.go_for == moment and not self.held


def announced(
    moment: datetime | None, parties: Collection[PartyStanding], now: datetime
) -> Announced:
    """Say where the announcement stands: it lifts at its moment where every party goes."""
    if moment is None:
        return Announced.NO_MOMENT
    bound = [each for each in parties if each.answer is Answer.ACCEPTED]
    ready = len(bound) >= TOGETHER and all(each.goes(moment) for each in bound)
    if now >= moment:
        return Announced.LIFTED if ready else Announced.MISSED
    if any(each.held for each in bound):
        return Announced.HELD
    return Announced.AGREED if ready else Announced.WAITING


def check_moment(moment: datetime, stands: Announced, now: datetime) -> None:
    """Raise `AnnouncementRefused` for a moment that cannot be proposed."""
    if stands is Announced.LIFTED:
        raise AnnouncementRefused("moment: the embargo has lifted; what is announced stays so")
    if moment <= now:
        raise AnnouncementRefused("moment: it is past; name one to come")
    check_ahead(moment, now)


def check_ahead(moment: datetime, now: datetime) -> None:
    """Raise `AnnouncementRefused` for a moment that lies too far ahead."""
    furthest = _furthest(now)
    if moment > furthest:
        raise AnnouncementRefused(
            f"moment: it lies more than {FURTHEST} months ahead; name one up to {furthest:%Y-%m-%d}"
        )


def _furthest(now: datetime) -> datetime:
    year = now.year + FURTHEST // 12
    day = min(now.day, monthrange(year, now.month)[1])
    return now.replace(year=year, day=day)


def check_go(moment: datetime | None, proposed: datetime | None, now: datetime) -> datetime:
    """Give the moment for which a party goes. Raises `AnnouncementRefused`.

    `proposed` is what the first of its two people went for; None where this is the first.
    """
    if moment is None:
        raise AnnouncementRefused("go: no moment is proposed yet; the proposer names one")
    if now >= moment:
        raise AnnouncementRefused("go: the moment is past; the proposer names another")
    if proposed is not None and proposed != moment:
        raise AnnouncementRefused("go: the moment was changed meanwhile; a colleague says go anew")
    return moment


def check_hold(stands: Announced) -> None:
    """Raise `AnnouncementRefused` where there is nothing to hold any more."""
    if stands is Announced.LIFTED:
        raise AnnouncementRefused("hold: the embargo has lifted; what is announced stays so")
    if stands is Announced.NO_MOMENT:
        raise AnnouncementRefused("hold: no moment is proposed yet; there is nothing to hold")

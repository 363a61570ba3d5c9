"""Who judged, confirmed or undid a verdict, and on what it rests.

A reason may tell of a file: whoever gives it chooses whether other organisations read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.rules import Sharing
from undaunted.core.matching.actions.refusals import MatchingRefused
from undaunted.core.matching.models import Hand, Reason
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.models import MatchJudgement

__all__ = ["LONGEST_WHY", "demand_reason", "sign"]

LONGEST_WHY = 2_000


def demand_reason(verdict: Verdict, why: str) -> None:
    """Refuse to settle a pair without a reason; that nobody can tell may need no words."""
    if Verdict(verdict) is not Verdict.UNSURE and not why.strip():
        raise MatchingRefused("why: say on what the verdict rests; readers are shown what follows")


def sign(  # noqa: PLR0913 - what was done, as whose, by whom, when and why
    made: Sequence[MatchJudgement],
    holder: UUID,
    actor: Actor,
    at: datetime,
    why: str,
    *,
    undone: bool = False,
    confirmed: bool = False,
    share: bool = False,
) -> None:
    """Keep who judged, confirmed or undid, and why; others read why where `share` says so."""
    text = why.strip()
    if len(text) > LONGEST_WHY:
        raise MatchingRefused(f"why: {len(text)} characters are more than {LONGEST_WHY}")
    hands = Hand.objects.bulk_create(
        Hand(
            holder=holder,
            sharing=Sharing.SHARED,
            judgement=row.pk,
            undone=undone,
            confirmed=confirmed,
            by=actor.person,
            at=at,
            reasoned=bool(text),
        )
        for row in made
    )
    if text:
        sharing = Sharing.SHARED if share else Sharing.ORGANISATION
        Reason.objects.bulk_create(
            Reason(holder=holder, sharing=sharing, hand=each.pk, text=text) for each in hands
        )

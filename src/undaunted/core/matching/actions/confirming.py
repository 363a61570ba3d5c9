"""A second person confirms a verdict, or all of one act: only then do they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.audit.actions import record_entry
from undaunted.core.matching.actions.refusals import MatchingRefused, demand_matcher
from undaunted.core.matching.actions.signing import sign
from undaunted.core.matching.actions.vouching import code_of_act
from undaunted.core.matching.models import Hand, MatchJudgement
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["confirm_batch", "confirm_judgement"]


def confirm_judgement(
    judgement: UUID, *, actor: Actor, at: datetime, why: str = ""
) -> MatchJudgement:
    """Confirm the verdict of another person; readers are shown what follows from then on.

    Raises `MatchingRefused` for one's own, for what is settled, and for a part of one act.
    """
    rows = MatchJudgement.objects.using("default").filter(pk=judgement)
    if rows.filter(batch__isnull=False).exists():
        raise MatchingRefused("judgement: it was given with others in one act; confirm that act")
    with transaction.atomic():
        (done,) = _confirm(rows, actor, at, why)
        record_entry(
            "match.entries_confirmed",
            actor=actor,
            subject_kind="match_judgement",
            subject_id=done.pk,
            at=at,
            detail={"left": done.left, "right": done.right},
        )
    done.refresh_from_db(using="default")
    return done


def confirm_batch(batch: UUID, *, actor: Actor, at: datetime) -> int:
    """Confirm what another person accepted in one act; gives how many verdicts."""
    with transaction.atomic():
        done = _confirm(MatchJudgement.objects.using("default").filter(batch=batch), actor, at)
        record_entry(
            "match.batch_confirmed",
            actor=actor,
            subject_kind="match_batch",
            subject_id=batch,
            at=at,
            detail={"rows": len(done)},
        )
    return len(done)


def _confirm(
    rows: QuerySet[MatchJudgement], actor: Actor, at: datetime, why: str = ""
) -> list[MatchJudgement]:
    holder = demand_matcher(actor)
    waiting = list(
        rows.filter(undone_at__isnull=True, confirmed_at__isnull=True).exclude(
            verdict=Verdict.UNSURE
        )
    )
    if not waiting:
        raise MatchingRefused("judgement: none waits there for a second person; look at the log")
    keys = [row.pk for row in waiting]
    hands = Hand.objects.using("default").filter(judgement__in=keys, undone=False, confirmed=False)
    if hands.filter(by=actor.person).exists():
        raise MatchingRefused("judgement: you judged it yourself; a second person confirms it")
    with connection.cursor() as cursor:
        code = code_of_act("matching-confirm", ",".join(map(str, keys)), at)
        cursor.execute("SELECT matching_confirm(%s, %s, %s)", [keys, at, code])
        if cursor.fetchone()[0] != len(keys):
            raise MatchingRefused("judgement: somebody undid it meanwhile; look at it again")
    sign(waiting, holder, actor, at, why, confirmed=True)
    return waiting

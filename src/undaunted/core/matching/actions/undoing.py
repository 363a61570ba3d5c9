"""Verdicts taken back: one, or all that were given in one act; they stay in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.audit.actions import record_entry
from undaunted.core.matching.actions.refusals import MatchingRefused, demand_matcher, demand_own
from undaunted.core.matching.actions.seeing import demand_seen_of
from undaunted.core.matching.actions.signing import sign
from undaunted.core.matching.actions.turns import judge_in_turn
from undaunted.core.matching.actions.vouching import code_of_act
from undaunted.core.matching.models import MatchJudgement

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["undo_batch", "undo_judgement"]

_KIND = "match_judgement"


def undo_judgement(  # noqa: PLR0913 - what is undone, as seen, by whom, when and why
    judgement: UUID,
    *,
    seen: str,
    why: str = "",
    share: bool = False,
    actor: Actor,
    at: datetime,
) -> MatchJudgement:
    """Take a verdict back; it stays in the log.

    `seen` names the two entries as the person was shown them (`Shown.seen`), whether or not that is
    what the judge was shown. Raises `MatchingRefused`, also where it was undone before.
    """
    with transaction.atomic():
        rows = MatchJudgement.objects.using("default").filter(pk=judgement)
        (undone,) = _undo(rows, seen, actor, at, why, share=share)
        record_entry(
            "match.entries_undone",
            actor=actor,
            subject_kind=_KIND,
            subject_id=undone.pk,
            at=at,
            detail={"left": undone.left, "right": undone.right},
        )
    return undone


def undo_batch(  # noqa: PLR0913 - as of one verdict
    batch: UUID, *, seen: str, why: str = "", share: bool = False, actor: Actor, at: datetime
) -> int:
    """Take back what still stands of verdicts given in one act; gives how many.

    `seen` names all pairs of it as they are (`Together.seen`). Raises `MatchingRefused`.
    """
    with transaction.atomic():
        rows = MatchJudgement.objects.using("default").filter(batch=batch)
        undone = _undo(rows, seen, actor, at, why, share=share)
        record_entry(
            "match.batch_undone",
            actor=actor,
            subject_kind="match_batch",
            subject_id=batch,
            at=at,
            detail={"rows": len(undone)},
        )
    return len(undone)


def _undo(  # noqa: PLR0913 - as of one verdict
    rows: QuerySet[MatchJudgement], seen: str, actor: Actor, at: datetime, why: str, *, share: bool
) -> list[MatchJudgement]:
    holder = demand_matcher(actor)
    judge_in_turn()
    standing = list(rows.filter(undone_at__isnull=True))
    if not standing:
        raise MatchingRefused("judgement: it is not there, or was undone before")
    which = [row.pk for row in standing]
    demand_own(which, actor)
    demand_seen_of(standing, seen)
    with connection.cursor() as cursor:
        code = code_of_act("matching-undo", ",".join(map(str, which)), at)
        cursor.execute("SELECT matching_undo(%s, %s, %s)", [which, at, code])
        if cursor.fetchone()[0] != len(standing):
            raise MatchingRefused("judgement: somebody undid it meanwhile; look at it again")
    sign(standing, holder, actor, at, why, undone=True, share=share)
    return standing

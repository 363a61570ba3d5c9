"""A second person confirms a verdict, or all of one act: only then do they count.

They confirm what the judge was shown and they themselves were: nothing that changed in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.audit.actions import record_entry
from undaunted.core.matching.actions.refusals import MatchingRefused, demand_matcher, demand_own
from undaunted.core.matching.actions.seeing import demand_seen_of
from undaunted.core.matching.actions.signing import sign
from undaunted.core.matching.actions.turns import judge_in_turn
from undaunted.core.matching.actions.vouching import code_of_act
from undaunted.core.matching.models import Hand, MatchJudgement
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["confirm_batch", "confirm_judgement"]


def confirm_judgement(  # noqa: PLR0913 - what is confirmed, as seen, by whom, when and why
    judgement: UUID,
    *,
    seen: str,
    actor: Actor,
    at: datetime,
    why: str = "",
    share: bool = False,
) -> MatchJudgement:
    """Confirm the verdict of another person; readers are shown what follows from then on.

    `seen` names the two entries as the person was shown them. Raises `MatchingRefused` for one's
    own, for what is settled, for a part of one act, and where anything that is shown of either
    entry is not what the judge was shown: its organisation, or a steward, judges that again.
    """
    rows = MatchJudgement.objects.using("default").filter(pk=judgement)
    if rows.filter(batch__isnull=False).exists():
        raise MatchingRefused("judgement: it was given with others in one act; confirm that act")
    with transaction.atomic():
        (done,) = _confirm(rows, seen, actor, at, why, share=share)
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


def confirm_batch(batch: UUID, *, seen: str, actor: Actor, at: datetime) -> int:
    """Confirm what another person accepted in one act; gives how many verdicts.

    `seen` names all pairs of it as they are (`Together.seen`). A pair that changed since it was
    accepted goes on waiting: its organisation, or a steward, judges it again. Raises
    `MatchingRefused`.
    """
    with transaction.atomic():
        rows = MatchJudgement.objects.using("default").filter(batch=batch)
        done = _confirm(rows, seen, actor, at)
        record_entry(
            "match.batch_confirmed",
            actor=actor,
            subject_kind="match_batch",
            subject_id=batch,
            at=at,
            detail={"rows": len(done)},
        )
    return len(done)


def _confirm(  # noqa: PLR0913 - as of one verdict
    rows: QuerySet[MatchJudgement],
    seen: str,
    actor: Actor,
    at: datetime,
    why: str = "",
    *,
    share: bool = False,
) -> list[MatchJudgement]:
    holder = demand_matcher(actor)
    judge_in_turn()
    standing = list(rows.filter(undone_at__isnull=True).order_by("-likeness", "left", "right"))
    waiting = [
        row for row in standing if row.confirmed_at is None and row.verdict != Verdict.UNSURE
    ]
    if not waiting:
        raise MatchingRefused("judgement: none waits there for a second person; look at the log")
    hands = Hand.objects.using("default").filter(undone=False, confirmed=False, by=actor.person)
    if hands.filter(judgement__in=[row.pk for row in waiting]).exists():
        raise MatchingRefused("judgement: you judged it yourself; a second person confirms it")
    shown = demand_seen_of(standing, seen)
    as_judged = [row for row in waiting if not shown.changed(row)]
    if not as_judged:
        demand_own([row.pk for row in waiting], actor)  # to others, judging anew is not open
        raise MatchingRefused(
            "judgement: an entry changed since it was judged; look at both and judge the pair again"
        )
    keys = [row.pk for row in as_judged]
    with connection.cursor() as cursor:
        code = code_of_act("matching-confirm", ",".join(map(str, keys)), at)
        cursor.execute("SELECT matching_confirm(%s, %s, %s)", [keys, at, code])
        if cursor.fetchone()[0] != len(keys):
            raise MatchingRefused("judgement: somebody undid it meanwhile; look at it again")
    sign(as_judged, holder, actor, at, why, confirmed=True, share=share)
    return as_judged

"""Invented lists held against each other for a demonstration: two pairs judged, one confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.rules import PUBLIC
from undaunted.core.matching.actions.confirming import confirm_judgement
from undaunted.core.matching.actions.judging import judge_entries
from undaunted.core.matching.actions.resolving import resolve_entries
from undaunted.core.matching.models import MatchJudgement
from undaunted.core.matching.queries import shown_of_pairs
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["confirm_invented_pairs", "resolve_invented_lists"]

_XF, _XZ = "xf-invented", "xz-invented"
_JUDGED = (
    ("XF-0001", "Z/12", Verdict.SAME, "Both name the head of the prison of Karsk (invented)."),
    ("XF-0201", "Z/41", Verdict.SAME, "The same number of a ship (invented)."),
)


def resolve_invented_lists(*, actor: Actor, at: datetime) -> None:
    """Compare the invented lists that are loaded, and judge two of the pairs that come up."""
    resolve_entries(actor=actor, at=at)
    for left, right, verdict, why in _JUDGED:
        pair = ((_XF, left), (_XZ, right))
        seen = shown_of_pairs(PUBLIC, [pair]).seen
        judge_entries(*pair, verdict=verdict, why=why, seen=seen, actor=actor, at=at)


def confirm_invented_pairs(*, actor: Actor, at: datetime) -> None:
    """Confirm, as a second person, all but the last of the pairs that are judged."""
    for left, right, _verdict, _why in _JUDGED[:-1]:
        row = MatchJudgement.objects.get(
            left=f"{_XF}:{left}", right=f"{_XZ}:{right}", undone_at__isnull=True
        )
        seen = shown_of_pairs(PUBLIC, [((_XF, left), (_XZ, right))]).seen
        confirm_judgement(row.pk, seen=seen, actor=actor, at=at)

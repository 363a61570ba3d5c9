"""Each step on a pair is of what whoever takes it was shown: nothing is judged unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.rules import PUBLIC
from undaunted.core.matching.actions.refusals import MatchingRefused
from undaunted.core.matching.queries import shown_of_pairs
from undaunted.core.matching.rules import is_named_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.matching.models import MatchJudgement
    from undaunted.core.matching.queries import Shown
    from undaunted.core.matching.rules import EntryKey

__all__ = ["demand_seen", "demand_seen_of", "demand_shown"]


def demand_shown(told: str, seen: str) -> None:
    """Refuse a step that does not name what is shown by now."""
    if not told:
        raise MatchingRefused(
            "seen: name what you looked at; page, API and terminal tell it beside the question"
        )
    if not is_named_by(seen, told):
        raise MatchingRefused("seen: either side changed since you looked; look again")


def demand_seen(pairs: Iterable[tuple[EntryKey, EntryKey]], told: str) -> Shown:
    """Give pairs as they are; refuse a step of what an entry said before."""
    shown = shown_of_pairs(PUBLIC, pairs)
    demand_shown(told, shown.seen)
    return shown


def demand_seen_of(rows: Iterable[MatchJudgement], told: str) -> Shown:
    """Give the pairs of verdicts as they are; refuse a step of what an entry said before."""
    return demand_seen((each.pair for each in rows), told)

"""What is done to pairs: compared, judged, undone."""

from undaunted.core.matching.actions.judging import (
    judge_entries,
    judge_entries_together,
    undo_batch,
    undo_judgement,
)
from undaunted.core.matching.actions.refusals import MatchingRefused
from undaunted.core.matching.actions.resolving import (
    Resolution,
    compare_lists,
    keep_candidates,
    resolve_entries,
)

__all__ = [
    "MatchingRefused",
    "Resolution",
    "compare_lists",
    "judge_entries",
    "judge_entries_together",
    "keep_candidates",
    "resolve_entries",
    "undo_batch",
    "undo_judgement",
]

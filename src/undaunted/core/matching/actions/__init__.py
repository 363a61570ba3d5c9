"""What is done to pairs: compared, judged, confirmed, undone."""

from undaunted.core.matching.actions.confirming import confirm_batch, confirm_judgement
from undaunted.core.matching.actions.demonstration import (
    confirm_invented_pairs,
    resolve_invented_lists,
)
from undaunted.core.matching.actions.following import (
    screen_after_a_load,
    screen_again,
    screen_later,
)
from undaunted.core.matching.actions.forgetting import forget_file
from undaunted.core.matching.actions.judging import (
    judge_entries,
    judge_entries_together,
)
from undaunted.core.matching.actions.news import heed_news
from undaunted.core.matching.actions.refusals import MatchingRefused
from undaunted.core.matching.actions.resolving import (
    Comparing,
    Resolution,
    begin_comparing,
    compare_portions,
    keep_candidates,
    resolve_entries,
)
from undaunted.core.matching.actions.screening import (
    Screened,
    answer_question,
    screen_subjects,
    undo_answer,
)
from undaunted.core.matching.actions.undoing import undo_batch, undo_judgement

__all__ = [
    "Comparing",
    "MatchingRefused",
    "Resolution",
    "Screened",
    "answer_question",
    "begin_comparing",
    "compare_portions",
    "confirm_batch",
    "confirm_invented_pairs",
    "confirm_judgement",
    "forget_file",
    "heed_news",
    "judge_entries",
    "judge_entries_together",
    "keep_candidates",
    "resolve_entries",
    "resolve_invented_lists",
    "screen_after_a_load",
    "screen_again",
    "screen_later",
    "screen_subjects",
    "undo_answer",
    "undo_batch",
    "undo_judgement",
]

"""Reads of matching: who is whom, what waits for a person, and who judged what."""

from undaunted.core.matching.queries.held import (
    HeldLast,
    Uncompared,
    held_last,
    lists_now,
    uncompared_of,
)
from undaunted.core.matching.queries.log import (
    PairSheet,
    Step,
    entries_of_pairs,
    log_of,
    pair_for,
    pair_judged,
)
from undaunted.core.matching.queries.marks import reasons_of, standing_mark
from undaunted.core.matching.queries.ours import are_ours
from undaunted.core.matching.queries.queue import (
    OpenPairs,
    Queue,
    queue_of,
    strong_pairs,
)
from undaunted.core.matching.queries.screening import (
    AnswerNamed,
    Asked,
    answers_for,
    answers_named,
    answers_of_question,
    answers_waiting,
    asked_again,
    described_of,
    questions_for,
    sheets_of,
)
from undaunted.core.matching.queries.shown import Shown, shown_of_pairs
from undaunted.core.matching.queries.standing import (
    compared_of,
    judged_of_entries,
    standing_of,
)
from undaunted.core.matching.queries.together import (
    Together,
    judging_acts_waiting,
    together_for,
    verdicts_waiting,
)

__all__ = [
    "AnswerNamed",
    "Asked",
    "HeldLast",
    "OpenPairs",
    "PairSheet",
    "Queue",
    "Shown",
    "Step",
    "Together",
    "Uncompared",
    "answers_for",
    "answers_named",
    "answers_of_question",
    "answers_waiting",
    "are_ours",
    "asked_again",
    "compared_of",
    "described_of",
    "entries_of_pairs",
    "held_last",
    "judged_of_entries",
    "judging_acts_waiting",
    "lists_now",
    "log_of",
    "pair_for",
    "pair_judged",
    "questions_for",
    "queue_of",
    "reasons_of",
    "sheets_of",
    "shown_of_pairs",
    "standing_mark",
    "standing_of",
    "strong_pairs",
    "together_for",
    "uncompared_of",
    "verdicts_waiting",
]

"""Who is listed where on a day, what a list's silence is worth, and how long others need."""

from undaunted.repression.sanctions.rules.aligning import (
    Aligned,
    Followed,
    Lag,
    Span,
    Timing,
    aligned,
    designated,
    timing_of,
)
from undaunted.repression.sanctions.rules.asking import MatrixAsked, QuestionRefused
from undaunted.repression.sanctions.rules.cells import (
    GAPS,
    STATES,
    Cell,
    Line,
    ListSpoken,
    State,
    Tie,
    base_state,
    begun_by,
    entry_state,
    is_sure_gap,
    strongest,
)
from undaunted.repression.sanctions.rules.footing import (
    OLD_AFTER,
    Footing,
    HeldVersion,
    footing_of,
    version_on,
)

__all__ = [
    "GAPS",
    "OLD_AFTER",
    "STATES",
    "Aligned",
    "Cell",
    "Followed",
    "Footing",
    "HeldVersion",
    "Lag",
    "Line",
    "ListSpoken",
    "MatrixAsked",
    "QuestionRefused",
    "Span",
    "State",
    "Tie",
    "Timing",
    "aligned",
    "base_state",
    "begun_by",
    "designated",
    "entry_state",
    "footing_of",
    "is_sure_gap",
    "strongest",
    "timing_of",
    "version_on",
]

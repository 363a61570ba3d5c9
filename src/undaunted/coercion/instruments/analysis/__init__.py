"""What a step of a proceeding rests on, and proceedings as others are told of them."""

from undaunted.coercion.instruments.analysis.steps import (
    Sheet,
    StepFacts,
    StepPlan,
    facts_told,
    measured,
    sheet_of,
    standing_on,
    weighed_of,
)
from undaunted.coercion.instruments.analysis.telling import (
    proceeding_short,
    proceeding_told,
    tracker_told,
)

__all__ = [
    "Sheet",
    "StepFacts",
    "StepPlan",
    "facts_told",
    "measured",
    "proceeding_short",
    "proceeding_told",
    "sheet_of",
    "standing_on",
    "tracker_told",
    "weighed_of",
]

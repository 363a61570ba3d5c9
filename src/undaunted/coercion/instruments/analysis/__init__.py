"""What a step of a proceeding rests on, and proceedings as others are told of them."""

from undaunted.coercion.instruments.analysis.calendars import deadlines_written
from undaunted.coercion.instruments.analysis.designs import (
    design_kept,
    design_told,
    judged_of,
    measured,
)
from undaunted.coercion.instruments.analysis.evidence import calculation_of
from undaunted.coercion.instruments.analysis.linking import (
    GOVERNMENT_LINKED,
    GivenStakes,
    design_with_stakes,
    linked_reading,
    with_reading,
)
from undaunted.coercion.instruments.analysis.papers import (
    MEDIA,
    is_request,
    laid_file,
    open_file,
    request_kept,
    request_told,
    sealed_file,
    summary_of,
)
from undaunted.coercion.instruments.analysis.rests import (
    check_evidence,
    evidence_in,
    evidence_titles,
)
from undaunted.coercion.instruments.analysis.results import (
    MonthsNamed,
    figures_read,
    front_read,
    gone,
    months_read,
    scenario_read,
)
from undaunted.coercion.instruments.analysis.steps import (
    Sheet,
    StepFacts,
    StepPlan,
    facts_told,
    sheet_of,
    standing_on,
)
from undaunted.coercion.instruments.analysis.telling import (
    proceeding_short,
    proceeding_told,
    tracker_told,
)
from undaunted.coercion.instruments.analysis.voting import (
    Counted,
    counted,
    counted_of,
    vote_file,
    vote_told,
)
from undaunted.coercion.instruments.analysis.weighing import weighed_file

__all__ = [
    "GOVERNMENT_LINKED",
    "MEDIA",
    "Counted",
    "GivenStakes",
    "MonthsNamed",
    "Sheet",
    "StepFacts",
    "StepPlan",
    "calculation_of",
    "check_evidence",
    "counted",
    "counted_of",
    "deadlines_written",
    "design_kept",
    "design_told",
    "design_with_stakes",
    "evidence_in",
    "evidence_titles",
    "facts_told",
    "figures_read",
    "front_read",
    "gone",
    "is_request",
    "judged_of",
    "laid_file",
    "linked_reading",
    "measured",
    "months_read",
    "open_file",
    "proceeding_short",
    "proceeding_told",
    "request_kept",
    "request_told",
    "scenario_read",
    "sealed_file",
    "sheet_of",
    "standing_on",
    "summary_of",
    "tracker_told",
    "vote_file",
    "vote_told",
    "weighed_file",
    "with_reading",
]

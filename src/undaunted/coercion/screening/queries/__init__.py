"""Reads of cases of investment screening; the first argument is the actor."""

from undaunted.coercion.screening.queries.cases import (
    authorities_of,
    case_for,
    cases_for,
    draft_of,
    said_of,
    sealed_in,
    teams_of,
)
from undaunted.coercion.screening.queries.known import (
    CaseSheet,
    ListLine,
    case_as_known,
    stakes_known,
)
from undaunted.coercion.screening.queries.rows import (
    clocks_of,
    decision_for,
    notice_for,
    notices_received,
    row_for,
)
from undaunted.coercion.screening.queries.told import case_told, row_told, sheet_told

__all__ = [
    "CaseSheet",
    "ListLine",
    "authorities_of",
    "case_as_known",
    "case_for",
    "case_told",
    "cases_for",
    "clocks_of",
    "decision_for",
    "draft_of",
    "notice_for",
    "notices_received",
    "row_for",
    "row_told",
    "said_of",
    "sealed_in",
    "sheet_told",
    "stakes_known",
    "teams_of",
]

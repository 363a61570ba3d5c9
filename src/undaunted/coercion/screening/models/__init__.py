"""Tables of cases of investment screening."""

from undaunted.coercion.screening.models.cases import Case, CaseStep, Filing, Party
from undaunted.coercion.screening.models.dealings import Answer, Comment, Notice, Request
from undaunted.coercion.screening.models.decisions import (
    Assessment,
    Check,
    Decision,
    Mitigation,
    Recourse,
    Scope,
)
from undaunted.coercion.screening.models.evidence import Analysis, Fact, ListCheck, Load, Stake

__all__ = [
    "Analysis",
    "Answer",
    "Assessment",
    "Case",
    "CaseStep",
    "Check",
    "Comment",
    "Decision",
    "Fact",
    "Filing",
    "ListCheck",
    "Load",
    "Mitigation",
    "Notice",
    "Party",
    "Recourse",
    "Request",
    "Scope",
    "Stake",
]

"""Tables of cases of investment screening."""

from undaunted.coercion.screening.models.assets import (
    Asset,
    AssetEntry,
    Holding,
    RegisterImport,
    Said,
)
from undaunted.coercion.screening.models.cases import (
    Case,
    CaseStep,
    Filing,
    Party,
)
from undaunted.coercion.screening.models.dealings import (
    Answer,
    Comment,
    Notice,
    Request,
)
from undaunted.coercion.screening.models.decisions import (
    Assessment,
    Check,
    Decision,
    Mitigation,
    Recourse,
    Scope,
)
from undaunted.coercion.screening.models.evidence import (
    Analysis,
    Fact,
    ListCheck,
    Load,
    Stake,
)
from undaunted.coercion.screening.models.exchange import Dispatch, Received
from undaunted.coercion.screening.models.waiting import EvidenceFile, RegisterFile
from undaunted.coercion.screening.models.watching import (
    Alert,
    AlertReview,
    Screening,
    Unfiled,
    UnfiledStep,
)

__all__ = [
    "Alert",
    "AlertReview",
    "Analysis",
    "Answer",
    "Assessment",
    "Asset",
    "AssetEntry",
    "Case",
    "CaseStep",
    "Check",
    "Comment",
    "Decision",
    "Dispatch",
    "EvidenceFile",
    "Fact",
    "Filing",
    "Holding",
    "ListCheck",
    "Load",
    "Mitigation",
    "Notice",
    "Party",
    "Received",
    "Recourse",
    "RegisterFile",
    "RegisterImport",
    "Request",
    "Said",
    "Scope",
    "Screening",
    "Stake",
    "Unfiled",
    "UnfiledStep",
]

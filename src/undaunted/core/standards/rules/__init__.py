"""Dated rule packs and their evaluation: facts in, a computed outcome with reasons out."""

from undaunted.core.standards.rules.evaluation import (
    UNCLEAR,
    FindingsStrange,
    Outcome,
    Step,
    StepKind,
    evaluate,
    held_at_snapshot,
    snapshot_day,
)
from undaunted.core.standards.rules.findings import UNASSESSED, Finding, Value, says_something
from undaunted.core.standards.rules.pack import (
    Category,
    Criterion,
    OutcomeRule,
    Pack,
    PackBroken,
    PackError,
    PackUnknown,
    Source,
    SourceStatus,
    Text,
    Wording,
)
from undaunted.core.standards.rules.packs import choose, pack, pack_version, packs, read_packs
from undaunted.core.standards.rules.reading import read_pack

__all__ = [
    "UNASSESSED",
    "UNCLEAR",
    "Category",
    "Criterion",
    "Finding",
    "FindingsStrange",
    "Outcome",
    "OutcomeRule",
    "Pack",
    "PackBroken",
    "PackError",
    "PackUnknown",
    "Source",
    "SourceStatus",
    "Step",
    "StepKind",
    "Text",
    "Value",
    "Wording",
    "choose",
    "evaluate",
    "held_at_snapshot",
    "pack",
    "pack_version",
    "packs",
    "read_pack",
    "read_packs",
    "says_something",
    "snapshot_day",
]

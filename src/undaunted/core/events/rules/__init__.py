"""Vocabularies of the ledger: what can happen, to whom, by whose hand; versioned data."""

from undaunted.core.events.rules.roles import (
    ActFamily,
    InvolvementRole,
    LawKind,
    PerpetratorMode,
    TargetRole,
)
from undaunted.core.events.rules.terms import (
    LANGUAGES,
    Freedom,
    Origin,
    Status,
    Term,
    Vocabulary,
    VocabularyBroken,
    VocabularyError,
    VocabularyUnknown,
    read_vocabulary,
)
from undaunted.core.events.rules.vocabularies import (
    choices,
    labels,
    term,
    versions,
    vocabularies,
    vocabulary,
)
from undaunted.engines.census import ReleaseType

__all__ = [
    "LANGUAGES",
    "ActFamily",
    "Freedom",
    "InvolvementRole",
    "LawKind",
    "Origin",
    "PerpetratorMode",
    "ReleaseType",
    "Status",
    "TargetRole",
    "Term",
    "Vocabulary",
    "VocabularyBroken",
    "VocabularyError",
    "VocabularyUnknown",
    "choices",
    "labels",
    "read_vocabulary",
    "term",
    "versions",
    "vocabularies",
    "vocabulary",
]

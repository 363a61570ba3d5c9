"""What sources are worth, what happens to documents, what is shown of files and in cells."""

from undaunted.core.evidence.rules.cells import harmless
from undaunted.core.evidence.rules.grading import (
    CREDIBILITY_MEANING,
    PRIMARY_KINDS,
    RELIABILITY_MEANING,
    Credibility,
    CustodyKind,
    Grade,
    GradeUnreadable,
    Reliability,
    SourceFacts,
    SourceKind,
    custody_may_follow,
    independent_origins,
    source_marks,
)
from undaunted.core.evidence.rules.media import (
    Cleaned,
    MediaKind,
    Uncleanable,
    WhyUncleanable,
)

__all__ = [
    "CREDIBILITY_MEANING",
    "PRIMARY_KINDS",
    "RELIABILITY_MEANING",
    "Cleaned",
    "Credibility",
    "CustodyKind",
    "Grade",
    "GradeUnreadable",
    "MediaKind",
    "Reliability",
    "SourceFacts",
    "SourceKind",
    "Uncleanable",
    "WhyUncleanable",
    "custody_may_follow",
    "harmless",
    "independent_origins",
    "source_marks",
]

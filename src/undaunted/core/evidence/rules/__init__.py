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
from undaunted.core.evidence.rules.passages import BLACK, PassageMissing, Passages
from undaunted.core.evidence.rules.redaction import (
    Box,
    Ground,
    Marks,
    Redacted,
    Unredactable,
    WhyUnredactable,
    boxes_in,
    marks_of,
)

__all__ = [
    "BLACK",
    "CREDIBILITY_MEANING",
    "PRIMARY_KINDS",
    "RELIABILITY_MEANING",
    "Box",
    "Cleaned",
    "Credibility",
    "CustodyKind",
    "Grade",
    "GradeUnreadable",
    "Ground",
    "Marks",
    "MediaKind",
    "PassageMissing",
    "Passages",
    "Redacted",
    "Reliability",
    "SourceFacts",
    "SourceKind",
    "Uncleanable",
    "Unredactable",
    "WhyUncleanable",
    "WhyUnredactable",
    "boxes_in",
    "custody_may_follow",
    "harmless",
    "independent_origins",
    "marks_of",
    "source_marks",
]

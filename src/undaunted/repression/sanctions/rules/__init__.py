"""Who is listed where on a day, what a law asks before it lists somebody: data and pure rules."""

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
from undaunted.repression.sanctions.rules.authorities import (
    Authority,
    Facet,
    FacetKind,
    ListedAs,
)
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
from undaunted.repression.sanctions.rules.facts import Fact, FactKind, facts, read_facts
from undaunted.repression.sanctions.rules.footing import (
    OLD_AFTER,
    Footing,
    HeldVersion,
    footing_of,
    version_on,
)
from undaunted.repression.sanctions.rules.refusals import (
    AuthorityUnknown,
    RegisterBroken,
    SanctionsRefused,
)
from undaunted.repression.sanctions.rules.register import (
    authorities,
    authorities_under,
    authority_for,
    read_authorities,
)
from undaunted.repression.sanctions.rules.testing import (
    ElementState,
    ElementTest,
    Fit,
    RegimeTest,
    tested,
    tested_under,
)
from undaunted.repression.sanctions.rules.ways import ways_of

__all__ = [
    "GAPS",
    "OLD_AFTER",
    "STATES",
    "Aligned",
    "Authority",
    "AuthorityUnknown",
    "Cell",
    "ElementState",
    "ElementTest",
    "Facet",
    "FacetKind",
    "Fact",
    "FactKind",
    "Fit",
    "Followed",
    "Footing",
    "HeldVersion",
    "Lag",
    "Line",
    "ListSpoken",
    "ListedAs",
    "MatrixAsked",
    "QuestionRefused",
    "RegimeTest",
    "RegisterBroken",
    "SanctionsRefused",
    "Span",
    "State",
    "Tie",
    "Timing",
    "aligned",
    "authorities",
    "authorities_under",
    "authority_for",
    "base_state",
    "begun_by",
    "designated",
    "entry_state",
    "facts",
    "footing_of",
    "is_sure_gap",
    "read_authorities",
    "read_facts",
    "strongest",
    "tested",
    "tested_under",
    "timing_of",
    "version_on",
    "ways_of",
]

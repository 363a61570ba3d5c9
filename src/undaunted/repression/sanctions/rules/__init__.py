"""What a law asks before it lists somebody, and whether a file shows it: data and pure rules."""

from undaunted.repression.sanctions.rules.authorities import (
    Authority,
    Facet,
    FacetKind,
    ListedAs,
)
from undaunted.repression.sanctions.rules.enabling import Enabler, Enablers, Held
from undaunted.repression.sanctions.rules.facts import Fact, FactKind, facts, read_facts
from undaunted.repression.sanctions.rules.kit import (
    BOARD,
    ENFORCEMENT,
    model_features,
    model_law,
    states_having,
)
from undaunted.repression.sanctions.rules.plans import (
    IDLE_YEARS,
    Plan,
    Reason,
    Step,
    Task,
    steps_of,
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
from undaunted.repression.sanctions.rules.uses import ListRead, Uses, uses_of
from undaunted.repression.sanctions.rules.ways import ways_of

__all__ = [
    "BOARD",
    "ENFORCEMENT",
    "IDLE_YEARS",
    "Authority",
    "AuthorityUnknown",
    "ElementState",
    "ElementTest",
    "Enabler",
    "Enablers",
    "Facet",
    "FacetKind",
    "Fact",
    "FactKind",
    "Fit",
    "Held",
    "ListRead",
    "ListedAs",
    "Plan",
    "Reason",
    "RegimeTest",
    "RegisterBroken",
    "SanctionsRefused",
    "Step",
    "Task",
    "Uses",
    "authorities",
    "authorities_under",
    "authority_for",
    "facts",
    "model_features",
    "model_law",
    "read_authorities",
    "read_facts",
    "states_having",
    "steps_of",
    "tested",
    "tested_under",
    "uses_of",
    "ways_of",
]

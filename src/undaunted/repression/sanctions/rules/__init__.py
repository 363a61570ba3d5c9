"""What a law asks before it lists somebody, and whether a file shows it: data and pure rules."""

from undaunted.repression.sanctions.rules.authorities import (
    Authority,
    Facet,
    FacetKind,
    ListedAs,
)
from undaunted.repression.sanctions.rules.facts import Fact, FactKind, facts, read_facts
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
    "Authority",
    "AuthorityUnknown",
    "ElementState",
    "ElementTest",
    "Facet",
    "FacetKind",
    "Fact",
    "FactKind",
    "Fit",
    "ListedAs",
    "RegimeTest",
    "RegisterBroken",
    "SanctionsRefused",
    "authorities",
    "authorities_under",
    "authority_for",
    "facts",
    "read_authorities",
    "read_facts",
    "tested",
    "tested_under",
    "ways_of",
]

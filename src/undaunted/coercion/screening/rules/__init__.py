"""What screening an investment is made of: regimes, scope, factors, steps, decisions; and stakes.

regime = regime_on("EU", day)
result = scope_of(regime, facts)
result.in_scope, result.filing, result.missing
"""

from undaunted.coercion.screening.rules.facts import (
    FLAGS,
    Facts,
    Held,
    Investor,
    Money,
    Owner,
    Span,
    Target,
)
from undaunted.coercion.screening.rules.interests import (
    EARLIER,
    INTERESTS,
    KINDS_OF_ENTITY,
    OFFICES,
    SHARELESS,
    interest_of,
)
from undaunted.coercion.screening.rules.jurisdictions import area_of, jurisdictions_of
from undaunted.coercion.screening.rules.refusals import (
    DecisionRefused,
    FactsUnreadable,
    FilingRefused,
    MitigationRefused,
    RegimeUnknown,
    ScreeningRefused,
    StageRefused,
)
from undaunted.coercion.screening.rules.regimes import (
    regime_named,
    regime_on,
    regimes,
    regimes_for,
)
from undaunted.coercion.screening.rules.scope import (
    InScope,
    RowFinding,
    ScopeResult,
    scope_of,
    words_for,
)
from undaunted.coercion.screening.rules.sectors import sector_list_on, sector_lists
from undaunted.coercion.screening.rules.statements import Publication, statements_of
from undaunted.coercion.screening.rules.terms import (
    Effect,
    Factor,
    Field,
    Filing,
    Phase,
    Recourse,
    Regime,
    RegimeKind,
    ScopeRow,
    SectorItem,
    SectorList,
    Source,
    SourceStatus,
    TransactionKind,
)

__all__ = [
    "EARLIER",
    "FLAGS",
    "INTERESTS",
    "KINDS_OF_ENTITY",
    "OFFICES",
    "SHARELESS",
    "DecisionRefused",
    "Effect",
    "Factor",
    "Facts",
    "FactsUnreadable",
    "Field",
    "Filing",
    "FilingRefused",
    "Held",
    "InScope",
    "Investor",
    "MitigationRefused",
    "Money",
    "Owner",
    "Phase",
    "Publication",
    "Recourse",
    "Regime",
    "RegimeKind",
    "RegimeUnknown",
    "RowFinding",
    "ScopeResult",
    "ScopeRow",
    "ScreeningRefused",
    "SectorItem",
    "SectorList",
    "Source",
    "SourceStatus",
    "Span",
    "StageRefused",
    "Target",
    "TransactionKind",
    "area_of",
    "interest_of",
    "jurisdictions_of",
    "regime_named",
    "regime_on",
    "regimes",
    "regimes_for",
    "scope_of",
    "sector_list_on",
    "sector_lists",
    "statements_of",
    "words_for",
]

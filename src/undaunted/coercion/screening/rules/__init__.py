"""What screening an investment is made of: regimes, scope, factors, steps, decisions; and stakes.

regime = regime_on("EU", day)
result = scope_of(regime, facts)
result.in_scope, result.filing, result.missing
"""

from undaunted.coercion.screening.rules.assets import (
    OWN_TAXONOMY,
    RIGHTS,
    WHOLE,
    AssetRow,
    AssetsRefused,
    Confidence,
    HoldingRow,
    RowProblem,
)
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
from undaunted.coercion.screening.rules.jurisdictions import (
    area_of,
    jurisdictions_of,
)
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
from undaunted.coercion.screening.rules.sectors import (
    sector_list_on,
    sector_lists,
)
from undaunted.coercion.screening.rules.statements import (
    Publication,
    statements_of,
)
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
from undaunted.coercion.screening.rules.watching import (
    Change,
    Grip,
    Hold,
    Outcome,
    changes_between,
    state_code,
    worse,
)

__all__ = [
    "EARLIER",
    "FLAGS",
    "INTERESTS",
    "KINDS_OF_ENTITY",
    "OFFICES",
    "OWN_TAXONOMY",
    "RIGHTS",
    "SHARELESS",
    "WHOLE",
    "AssetRow",
    "AssetsRefused",
    "Change",
    "Confidence",
    "DecisionRefused",
    "Effect",
    "Factor",
    "Facts",
    "FactsUnreadable",
    "Field",
    "Filing",
    "FilingRefused",
    "Grip",
    "Held",
    "Hold",
    "HoldingRow",
    "InScope",
    "Investor",
    "MitigationRefused",
    "Money",
    "Outcome",
    "Owner",
    "Phase",
    "Publication",
    "Recourse",
    "Regime",
    "RegimeKind",
    "RegimeUnknown",
    "RowFinding",
    "RowProblem",
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
    "changes_between",
    "interest_of",
    "jurisdictions_of",
    "regime_named",
    "regime_on",
    "regimes",
    "regimes_for",
    "scope_of",
    "sector_list_on",
    "sector_lists",
    "state_code",
    "statements_of",
    "words_for",
    "worse",
]

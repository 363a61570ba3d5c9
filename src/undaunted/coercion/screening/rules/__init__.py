"""What the formats of ownership call rights and parties, in our words."""

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
from undaunted.coercion.screening.rules.interests import (
    EARLIER,
    INTERESTS,
    KINDS_OF_ENTITY,
    OFFICES,
    SHARELESS,
    interest_of,
)
from undaunted.coercion.screening.rules.statements import Publication, statements_of
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
    "Grip",
    "Hold",
    "HoldingRow",
    "Outcome",
    "Publication",
    "RowProblem",
    "changes_between",
    "interest_of",
    "state_code",
    "statements_of",
    "worse",
]

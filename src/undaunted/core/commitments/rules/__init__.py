"""What a statement of commitment is: its words, its strict reading, who stands where on a day."""

from undaunted.core.commitments.rules.catalogue import (
    CatalogueBroken,
    instruments,
    read_instrument,
)
from undaunted.core.commitments.rules.entering import check_read
from undaunted.core.commitments.rules.entry import Feature, Instrument, Statement, Told
from undaunted.core.commitments.rules.kits import (
    Kit,
    KitArticle,
    ModelLawBroken,
    bracketed,
    read_model_law,
)
from undaunted.core.commitments.rules.packs import (
    read_all,
    read_json,
    read_toml,
    shipped_statements,
)
from undaunted.core.commitments.rules.reading import StatementBroken, read_statement
from undaunted.core.commitments.rules.standing import (
    Gaps,
    Known,
    Proposal,
    Standing,
    gaps_of,
    known_by,
    standing_of,
    standings,
)
from undaunted.core.commitments.rules.terms import (
    COLUMNS,
    LIMITS,
    PLATFORMS,
    UNIONS,
    CommitmentAnswer,
    CommitmentState,
    Status,
    is_state,
)

__all__ = [
    "COLUMNS",
    "LIMITS",
    "PLATFORMS",
    "UNIONS",
    "CatalogueBroken",
    "CommitmentAnswer",
    "CommitmentState",
    "Feature",
    "Gaps",
    "Instrument",
    "Kit",
    "KitArticle",
    "Known",
    "ModelLawBroken",
    "Proposal",
    "Standing",
    "Statement",
    "StatementBroken",
    "Status",
    "Told",
    "bracketed",
    "check_read",
    "gaps_of",
    "instruments",
    "is_state",
    "known_by",
    "read_all",
    "read_instrument",
    "read_json",
    "read_model_law",
    "read_statement",
    "read_toml",
    "shipped_statements",
    "standing_of",
    "standings",
]

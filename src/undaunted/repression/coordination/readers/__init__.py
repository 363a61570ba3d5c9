"""What partners tell in packages, notices in tables, what is drawn up: read as a stranger's."""

from undaunted.repression.coordination.readers.elsewhere import (
    read_told_proposal,
    read_told_step,
)
from undaunted.repression.coordination.readers.notices import (
    MOST_NOTICES,
    nationalities_named,
    read_notices,
)
from undaunted.repression.coordination.readers.written import (
    read_case,
    read_petition,
    read_proposal,
)

__all__ = [
    "MOST_NOTICES",
    "nationalities_named",
    "read_case",
    "read_notices",
    "read_petition",
    "read_proposal",
    "read_told_proposal",
    "read_told_step",
]

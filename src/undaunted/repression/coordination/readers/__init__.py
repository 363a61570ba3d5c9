"""What partners elsewhere tell in packages, and notices in tables: read as a stranger's."""

from undaunted.repression.coordination.readers.elsewhere import (
    read_told_proposal,
    read_told_step,
)
from undaunted.repression.coordination.readers.notices import MOST_NOTICES, read_notices

__all__ = ["MOST_NOTICES", "read_notices", "read_told_proposal", "read_told_step"]

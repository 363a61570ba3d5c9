"""The registry's documents, each gathered as an edition: from queries to plain values."""

from undaunted.prisoners.registry.analysis.count_sheet import COUNT_SHEET
from undaunted.prisoners.registry.analysis.unpublished import (
    UNPUBLISHED,
    drawn_by_lot,
    unpublished_table,
)

__all__ = ["COUNT_SHEET", "UNPUBLISHED", "drawn_by_lot", "unpublished_table"]

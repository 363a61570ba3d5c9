"""Pages of commitments: boards that everybody may read, and the desk's work on them."""

from undaunted.core.commitments.pages.desk import (
    accept,
    correct,
    decline,
    desk_board,
    new,
    statement_page,
    take_in,
    withdraw,
)
from undaunted.core.commitments.pages.public import (
    board,
    board_file,
    index,
    state,
    statements_file,
)

__all__ = [
    "accept",
    "board",
    "board_file",
    "correct",
    "decline",
    "desk_board",
    "index",
    "new",
    "state",
    "statement_page",
    "statements_file",
    "take_in",
    "withdraw",
]

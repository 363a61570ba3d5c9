"""Pages of the desk: boards, one clock, what-if, calendars; and what is kept until when."""

from undaunted.core.clocks.pages.board import ask, board, calendar, change, feed, new, one, revoke
from undaunted.core.clocks.pages.keeping import ask_keeping, decide_keeping, keeping

__all__ = [
    "ask",
    "ask_keeping",
    "board",
    "calendar",
    "change",
    "decide_keeping",
    "feed",
    "keeping",
    "new",
    "one",
    "revoke",
]

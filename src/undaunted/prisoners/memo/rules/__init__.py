"""What a memo is asked for, may print, and looks like; no database."""

from undaunted.prisoners.memo.rules.fitting import STEPS, Room, first_that_fits, shortened
from undaunted.prisoners.memo.rules.refusals import MemoEnded, MemoRefused, TextRefused
from undaunted.prisoners.memo.rules.request import (
    LONGEST_COUNTERPART,
    MOST_PAGES,
    MemoRequest,
    Variant,
    audience_for,
    check_request,
    plain_line,
)
from undaunted.prisoners.memo.rules.sheet import Bar, Chart, Memo, Stat
from undaunted.prisoners.memo.rules.texts import (
    CONSENT_MISSING,
    FRESH_FOR,
    LONGEST_TEXT,
    DeskText,
    TextKind,
    TextState,
    check_text,
    printable,
    stale_since,
)

__all__ = [
    "CONSENT_MISSING",
    "FRESH_FOR",
    "LONGEST_COUNTERPART",
    "LONGEST_TEXT",
    "MOST_PAGES",
    "STEPS",
    "Bar",
    "Chart",
    "DeskText",
    "Memo",
    "MemoEnded",
    "MemoRefused",
    "MemoRequest",
    "Room",
    "Stat",
    "TextKind",
    "TextRefused",
    "TextState",
    "Variant",
    "audience_for",
    "check_request",
    "check_text",
    "first_that_fits",
    "plain_line",
    "printable",
    "shortened",
    "stale_since",
]

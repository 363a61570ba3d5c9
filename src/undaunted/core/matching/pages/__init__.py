"""The desk of matching: pairs of entries, and questions about people in files."""

from undaunted.core.matching.pages.confirming import confirm, confirm_all, undo, undo_all
from undaunted.core.matching.pages.entries import accept, compare, log, pair, queue
from undaunted.core.matching.pages.questions import question, questions, screen, undo_answered

__all__ = [
    "accept",
    "compare",
    "confirm",
    "confirm_all",
    "log",
    "pair",
    "question",
    "questions",
    "queue",
    "screen",
    "undo",
    "undo_all",
    "undo_answered",
]

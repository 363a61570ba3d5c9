"""Receipts, questions, what is sealed, and how the work on a mailbox goes."""

from undaunted.core.intake.rules.agreements import AGREED_FOR, AGREEMENTS, Agreed
from undaunted.core.intake.rules.files import FILE, LARGEST_FILE, MOST_FILES
from undaunted.core.intake.rules.letters import (
    Answers,
    LetterUnreadable,
    read_answers,
    read_text,
    write_answers,
    write_text,
)
from undaunted.core.intake.rules.questions import (
    DOORS,
    Danger,
    Door,
    Kind,
    Question,
    Severity,
    questions_of,
    severity_of,
)
from undaunted.core.intake.rules.work import (
    ANSWERS,
    LOOK_WITHIN,
    MESSAGE,
    REPLY,
    VERSION,
    State,
    WhyOpened,
    hour_of,
    may_become,
)
from undaunted.core.vault.rules import (
    Receipt,
    ReceiptMistyped,
    draw_receipt,
    read_receipt,
)

__all__ = [
    "AGREED_FOR",
    "AGREEMENTS",
    "ANSWERS",
    "DOORS",
    "FILE",
    "LARGEST_FILE",
    "LOOK_WITHIN",
    "MESSAGE",
    "MOST_FILES",
    "REPLY",
    "VERSION",
    "Agreed",
    "Answers",
    "Danger",
    "Door",
    "Kind",
    "LetterUnreadable",
    "Question",
    "Receipt",
    "ReceiptMistyped",
    "Severity",
    "State",
    "WhyOpened",
    "draw_receipt",
    "hour_of",
    "may_become",
    "questions_of",
    "read_answers",
    "read_receipt",
    "read_text",
    "severity_of",
    "write_answers",
    "write_text",
]

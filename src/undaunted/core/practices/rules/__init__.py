"""What a practice is: its words, its strict reading, how its text may claim, when it fits."""

from undaunted.core.practices.rules.entry import (
    Claim,
    Effect,
    Entry,
    Implementation,
    Precondition,
    Source,
)
from undaunted.core.practices.rules.menu import YEAR, MenuEntry, fit, in_menu_order, overdue
from undaunted.core.practices.rules.packs import read_entries, shipped_entries
from undaunted.core.practices.rules.reading import EntryBroken, read_entry
from undaunted.core.practices.rules.terms import (
    INSTRUMENTS,
    LIMITS,
    WORLD,
    Aim,
    Condition,
    Grade,
    Instrument,
    PracticeSourceStatus,
    PracticeStage,
    PracticeTlp,
    State,
    Withdrawal,
    no_wider_than,
)
from undaunted.core.practices.rules.wording import causal_words

__all__ = [
    "INSTRUMENTS",
    "LIMITS",
    "WORLD",
    "YEAR",
    "Aim",
    "Claim",
    "Condition",
    "Effect",
    "Entry",
    "EntryBroken",
    "Grade",
    "Implementation",
    "Instrument",
    "MenuEntry",
    "PracticeSourceStatus",
    "PracticeStage",
    "PracticeTlp",
    "Precondition",
    "Source",
    "State",
    "Withdrawal",
    "causal_words",
    "fit",
    "in_menu_order",
    "no_wider_than",
    "overdue",
    "read_entries",
    "read_entry",
    "shipped_entries",
]

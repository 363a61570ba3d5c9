"""Letters to listed persons in Word and PDF, and the words of coordination."""

from undaunted.repression.coordination.writers.elsewhere import (
    write_told_proposal,
    write_told_step,
)
from undaunted.repression.coordination.writers.letters import MEDIA, Letter, write_letter
from undaunted.repression.coordination.writers.terms import (
    choices_of,
    entry_named,
    in_words,
    law_called,
)

__all__ = [
    "MEDIA",
    "Letter",
    "choices_of",
    "entry_named",
    "in_words",
    "law_called",
    "write_letter",
    "write_told_proposal",
    "write_told_step",
]

"""What a campaign hands out: materials of a case, its calendar, the sheet of raises; its words."""

from undaunted.prisoners.campaigns.writers.calendars import CALENDAR, write_calendar
from undaunted.prisoners.campaigns.writers.materials import write_material
from undaunted.prisoners.campaigns.writers.raised import raise_sheet
from undaunted.prisoners.campaigns.writers.rows import known_told, problem_told
from undaunted.prisoners.campaigns.writers.terms import (
    ADOPTERS,
    CHANNELS,
    LEVELS,
    MATERIALS,
    MODES,
    REPLIES,
    reply_text,
)
from undaunted.prisoners.campaigns.writers.words import VERDICTS, in_words

__all__ = [
    "ADOPTERS",
    "CALENDAR",
    "CHANNELS",
    "LEVELS",
    "MATERIALS",
    "MODES",
    "REPLIES",
    "VERDICTS",
    "in_words",
    "known_told",
    "problem_told",
    "raise_sheet",
    "reply_text",
    "write_calendar",
    "write_material",
]

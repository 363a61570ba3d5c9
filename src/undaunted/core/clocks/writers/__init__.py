"""A reckoned deadline as sentences for people, as JSON for programs, as a calendar for both."""

from undaunted.core.clocks.writers.calendar import (
    FeedEvent,
    subject_code,
    write_calendar,
)
from undaunted.core.clocks.writers.sentences import (
    counting_words,
    day_words,
    end_words,
    ends_words,
    explained,
    period_words,
    rule_title,
    sentences,
    start_words,
    state_words,
    status_words,
    whose_words,
)
from undaunted.core.clocks.writers.sources import Coming, DaySource, register_source, sources
from undaunted.core.clocks.writers.values import as_json

__all__ = [
    "Coming",
    "DaySource",
    "FeedEvent",
    "as_json",
    "counting_words",
    "day_words",
    "end_words",
    "ends_words",
    "explained",
    "period_words",
    "register_source",
    "rule_title",
    "sentences",
    "sources",
    "start_words",
    "state_words",
    "status_words",
    "subject_code",
    "whose_words",
    "write_calendar",
]

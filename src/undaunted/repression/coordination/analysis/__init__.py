"""What is put together of lists, court cases and clocks: the tracker and the calendar."""

from undaunted.repression.coordination.analysis.calendar import (
    Ending,
    announcement_file,
    endings,
    renewals_due,
    renewals_file,
)
from undaunted.repression.coordination.analysis.deadlines import (
    announcement_for,
    deadline_events,
    deadlines_ahead,
)
from undaunted.repression.coordination.analysis.letters import letter_of
from undaunted.repression.coordination.analysis.tracker import (
    ListTracked,
    entry_history,
    list_changes,
    lists_tracked,
)

__all__ = [
    "Ending",
    "ListTracked",
    "announcement_file",
    "announcement_for",
    "deadline_events",
    "deadlines_ahead",
    "endings",
    "entry_history",
    "letter_of",
    "list_changes",
    "lists_tracked",
    "renewals_due",
    "renewals_file",
]

"""What a reporter finds with a receipt, and what a team sees of its mailboxes."""

from undaunted.core.intake.queries.outside import (
    Found,
    Looked,
    Reply,
    Team,
    files_of,
    mailbox_by_lookup,
    mailbox_by_receipt,
    next_message,
    receives,
    receiving_teams,
)
from undaunted.core.intake.queries.queue import (
    attachments_for,
    letters_for,
    mailbox_for,
    openings_for,
    queue_for,
)

__all__ = [
    "Found",
    "Looked",
    "Reply",
    "Team",
    "attachments_for",
    "files_of",
    "letters_for",
    "mailbox_by_lookup",
    "mailbox_by_receipt",
    "mailbox_for",
    "next_message",
    "openings_for",
    "queue_for",
    "receives",
    "receiving_teams",
]

"""What a reporter finds with a receipt, and what a team sees of its mailboxes."""

from undaunted.core.intake.queries.outside import (
    Found,
    Looked,
    Reply,
    Team,
    draft_by_lookup,
    files_of,
    is_known,
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
    teams_that_receive,
)

__all__ = [
    "Found",
    "Looked",
    "Reply",
    "Team",
    "attachments_for",
    "draft_by_lookup",
    "files_of",
    "is_known",
    "letters_for",
    "mailbox_by_lookup",
    "mailbox_by_receipt",
    "mailbox_for",
    "next_message",
    "openings_for",
    "queue_for",
    "receives",
    "receiving_teams",
    "teams_that_receive",
]

"""What people do without an account, and what a team does with what they entrusted."""

from undaunted.core.intake.actions.casework import (
    Opened,
    WrongStep,
    answer_mailbox,
    assign_mailbox,
    close_mailbox,
    open_mailbox,
    reopen_mailbox,
)
from undaunted.core.intake.actions.outside import (
    Handed,
    NobodyReceives,
    OpenReply,
    hand_in,
    read_replies,
    write_message,
)

__all__ = [
    "Handed",
    "NobodyReceives",
    "OpenReply",
    "Opened",
    "WrongStep",
    "answer_mailbox",
    "assign_mailbox",
    "close_mailbox",
    "hand_in",
    "open_mailbox",
    "read_replies",
    "reopen_mailbox",
    "write_message",
]

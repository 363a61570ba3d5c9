"""What people do without an account, and what a team does with what they entrusted."""

from undaunted.core.intake.actions.agreeing import record_agreements
from undaunted.core.intake.actions.casework import (
    Opened,
    WrongStep,
    answer_mailbox,
    assign_mailbox,
    close_mailbox,
    open_mailbox,
    reopen_mailbox,
)
from undaunted.core.intake.actions.demonstration import open_doors
from undaunted.core.intake.actions.files import (
    FileTooLarge,
    NoRoom,
    attach,
    drop_unattached,
    open_attachment,
    seal_arriving,
)
from undaunted.core.intake.actions.outside import (
    Handed,
    NobodyReceives,
    OpenReply,
    hand_in,
    note_read,
    read_replies,
    write_message,
)
from undaunted.core.intake.actions.sealed_outside import take_in, take_message

__all__ = [
    "FileTooLarge",
    "Handed",
    "NoRoom",
    "NobodyReceives",
    "OpenReply",
    "Opened",
    "WrongStep",
    "answer_mailbox",
    "assign_mailbox",
    "attach",
    "close_mailbox",
    "drop_unattached",
    "hand_in",
    "note_read",
    "open_attachment",
    "open_doors",
    "open_mailbox",
    "read_replies",
    "record_agreements",
    "reopen_mailbox",
    "seal_arriving",
    "take_in",
    "take_message",
    "write_message",
]

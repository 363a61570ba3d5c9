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
from undaunted.core.intake.actions.demonstration import open_doors
from undaunted.core.intake.actions.drafts import (
    HandedInAlready,
    drop_old_drafts,
    keep_draft,
    keep_sealed_draft,
    open_draft,
)
from undaunted.core.intake.actions.files import (
    FileTooLarge,
    NoRoom,
    attach,
    drop_unattached,
    open_attachment,
    seal_arriving,
)
from undaunted.core.intake.actions.handed import AnotherTeam, HandedInBefore, take_handed
from undaunted.core.intake.actions.outside import (
    Handed,
    NobodyReceives,
    OpenReply,
    hand_in,
    note_read,
    read_replies,
    write_message,
)
from undaunted.core.intake.actions.parts import (
    NotWhole,
    TooManyFiles,
    drop_unfinished,
    take_file,
    take_part,
)
from undaunted.core.intake.actions.sealed_outside import take_in, take_message

__all__ = [
    "AnotherTeam",
    "FileTooLarge",
    "Handed",
    "HandedInAlready",
    "HandedInBefore",
    "NoRoom",
    "NobodyReceives",
    "NotWhole",
    "OpenReply",
    "Opened",
    "TooManyFiles",
    "WrongStep",
    "answer_mailbox",
    "assign_mailbox",
    "attach",
    "close_mailbox",
    "drop_old_drafts",
    "drop_unattached",
    "drop_unfinished",
    "hand_in",
    "keep_draft",
    "keep_sealed_draft",
    "note_read",
    "open_attachment",
    "open_doors",
    "open_draft",
    "open_mailbox",
    "read_replies",
    "reopen_mailbox",
    "seal_arriving",
    "take_file",
    "take_handed",
    "take_in",
    "take_message",
    "take_part",
    "write_message",
]

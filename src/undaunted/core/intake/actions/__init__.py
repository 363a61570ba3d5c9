"""What people do without an account, and what a team does with what they entrusted."""

from undaunted.core.intake.actions.agreeing import record_agreements
from undaunted.core.intake.actions.casework import (
    ConflictFound,
    NotInTeam,
    Opened,
    WrongStep,
    answer_mailbox,
    assign_mailbox,
    close_mailbox,
    open_mailbox,
    reopen_mailbox,
    warn_staff,
)
from undaunted.core.intake.actions.compartments import (
    break_mailbox,
    declare_conflict,
    end_conflict,
    keep_from_mailbox,
    move_mailbox,
    seal_out_barred,
)
from undaunted.core.intake.actions.demonstration import open_doors
from undaunted.core.intake.actions.drafts import (
    DraftTooLarge,
    HandedInAlready,
    drop_old_drafts,
    keep_draft,
    keep_sealed_draft,
    open_draft,
)
from undaunted.core.intake.actions.exports import (
    ExportRefused,
    approve_export,
    make_export,
    open_redaction,
    propose_export,
    redact_letter,
    refuse_export,
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
from undaunted.core.intake.actions.keeping import TooMuchToday
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
from undaunted.core.intake.actions.retention import MAILBOX, erase_mailbox
from undaunted.core.intake.actions.sealed_outside import take_in, take_message

__all__ = [
    "MAILBOX",
    "AnotherTeam",
    "ConflictFound",
    "DraftTooLarge",
    "ExportRefused",
    "FileTooLarge",
    "Handed",
    "HandedInAlready",
    "HandedInBefore",
    "NoRoom",
    "NobodyReceives",
    "NotInTeam",
    "NotWhole",
    "OpenReply",
    "Opened",
    "TooManyFiles",
    "TooMuchToday",
    "WrongStep",
    "answer_mailbox",
    "approve_export",
    "assign_mailbox",
    "attach",
    "break_mailbox",
    "close_mailbox",
    "declare_conflict",
    "drop_old_drafts",
    "drop_unattached",
    "drop_unfinished",
    "end_conflict",
    "erase_mailbox",
    "hand_in",
    "keep_draft",
    "keep_from_mailbox",
    "keep_sealed_draft",
    "make_export",
    "move_mailbox",
    "note_read",
    "open_attachment",
    "open_doors",
    "open_draft",
    "open_mailbox",
    "open_redaction",
    "propose_export",
    "read_replies",
    "record_agreements",
    "redact_letter",
    "refuse_export",
    "reopen_mailbox",
    "seal_arriving",
    "seal_out_barred",
    "take_file",
    "take_handed",
    "take_in",
    "take_message",
    "take_part",
    "warn_staff",
    "write_message",
]

"""Pages of the doors, which need neither account nor script, and of the caseworkers' desk."""

from undaunted.core.intake.pages.agreeing import agree
from undaunted.core.intake.pages.agreements import agreements, withdraw
from undaunted.core.intake.pages.casework import (
    declare,
    give,
    keep_out,
    let_in,
    redact,
    redacted,
    relocate,
    take,
    warn,
)
from undaunted.core.intake.pages.compartments import (
    acknowledge,
    break_open,
    close_sessions,
    compartments,
    conflicts,
    cover,
    emergency,
    emergency_file,
    end,
    on_duty,
)
from undaunted.core.intake.pages.desk import answer, mailbox_page, move, queue
from undaunted.core.intake.pages.doors import check, door, leave, start, trouble
from undaunted.core.intake.pages.exports import approve, fetch, propose, refuse
from undaunted.core.intake.pages.files import file, play, stream
from undaunted.core.intake.pages.kit import kit, kit_download, take_kit
from undaunted.core.intake.pages.parts import draft, part, whole_file
from undaunted.core.intake.pages.returning import add_file, come_back, write
from undaunted.core.intake.pages.sealed import box, keys, message, sealed

__all__ = [
    "acknowledge",
    "add_file",
    "agree",
    "agreements",
    "answer",
    "approve",
    "box",
    "break_open",
    "check",
    "close_sessions",
    "come_back",
    "compartments",
    "conflicts",
    "cover",
    "declare",
    "door",
    "draft",
    "emergency",
    "emergency_file",
    "end",
    "fetch",
    "file",
    "give",
    "keep_out",
    "keys",
    "kit",
    "kit_download",
    "leave",
    "let_in",
    "mailbox_page",
    "message",
    "move",
    "on_duty",
    "part",
    "play",
    "propose",
    "queue",
    "redact",
    "redacted",
    "refuse",
    "relocate",
    "sealed",
    "start",
    "stream",
    "take",
    "take_kit",
    "trouble",
    "warn",
    "whole_file",
    "withdraw",
    "write",
]

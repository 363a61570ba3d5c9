"""Pages of the doors, which need neither account nor script, and of the team's desk."""

from undaunted.core.intake.pages.agreeing import agree
from undaunted.core.intake.pages.agreements import agreements, withdraw
from undaunted.core.intake.pages.desk import answer, file, mailbox_page, move, queue, take
from undaunted.core.intake.pages.doors import check, door, leave, start
from undaunted.core.intake.pages.returning import add_file, come_back, write
from undaunted.core.intake.pages.sealed import box, keys, message, sealed

__all__ = [
    "add_file",
    "agree",
    "agreements",
    "answer",
    "box",
    "check",
    "come_back",
    "door",
    "file",
    "keys",
    "leave",
    "mailbox_page",
    "message",
    "move",
    "queue",
    "sealed",
    "start",
    "take",
    "withdraw",
    "write",
]

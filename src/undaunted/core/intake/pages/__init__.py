"""Pages of the doors, which need neither account nor script, and of the team's desk."""

from undaunted.core.intake.pages.desk import answer, mailbox_page, move, queue, take, unlock
from undaunted.core.intake.pages.doors import check, door, leave, start
from undaunted.core.intake.pages.returning import come_back, write

__all__ = [
    "answer",
    "check",
    "come_back",
    "door",
    "leave",
    "mailbox_page",
    "move",
    "queue",
    "start",
    "take",
    "unlock",
    "write",
]

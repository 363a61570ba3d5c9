"""Pages of the doors, which need neither account nor script, and of the team's desk."""

from undaunted.core.intake.pages.desk import answer, file, mailbox_page, move, queue, take
from undaunted.core.intake.pages.doors import check, door, leave, start, trouble
from undaunted.core.intake.pages.kit import kit, kit_download, take_kit
from undaunted.core.intake.pages.parts import draft, part, whole_file
from undaunted.core.intake.pages.returning import add_file, come_back, write
from undaunted.core.intake.pages.sealed import box, keys, message, sealed

__all__ = [
    "add_file",
    "answer",
    "box",
    "check",
    "come_back",
    "door",
    "draft",
    "file",
    "keys",
    "kit",
    "kit_download",
    "leave",
    "mailbox_page",
    "message",
    "move",
    "part",
    "queue",
    "sealed",
    "start",
    "take",
    "take_kit",
    "trouble",
    "whole_file",
    "write",
]

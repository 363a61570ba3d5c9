"""`undaunted sanctions`: lists held against each other, pairs judged and undone, files screened."""

from undaunted.core.matching.commands import files, pairs
from undaunted.core.matching.commands.acting import SeenMark, commands
from undaunted.core.matching.commands.files import show_question_first

__all__ = ["SeenMark", "commands", "files", "pairs", "show_question_first"]

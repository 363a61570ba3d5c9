"""`undaunted campaign`: cases and modes, adopters, raises and replies, sheets, numbers."""

from undaunted.prisoners.campaigns.commands import adopters, files, log, planning
from undaunted.prisoners.campaigns.commands.root import commands

__all__ = ["adopters", "commands", "files", "log", "planning"]

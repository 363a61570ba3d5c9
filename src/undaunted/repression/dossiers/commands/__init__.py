"""`undaunted dossiers`: what one handles, the laws side by side, submissions; written and ended."""

from undaunted.repression.dossiers.commands import annexes, ending, recording
from undaunted.repression.dossiers.commands.desk import commands

__all__ = ["annexes", "commands", "ending", "recording"]

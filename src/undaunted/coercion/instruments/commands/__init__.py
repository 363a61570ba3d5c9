"""`undaunted instruments`: proceedings against economic coercion."""

from undaunted.coercion.instruments.commands import files, proceedings, stages
from undaunted.coercion.instruments.commands.root import commands

__all__ = ["commands", "files", "proceedings", "stages"]

"""`undaunted instruments`: proceedings against economic coercion."""

from undaunted.coercion.instruments.commands import files, injuries, proceedings, stages
from undaunted.coercion.instruments.commands.root import commands

__all__ = ["commands", "files", "injuries", "proceedings", "stages"]

"""`undaunted screening`: which law applies to a deal, and the cases of an authority."""

from undaunted.coercion.screening.commands import cases, deciding, law, working
from undaunted.coercion.screening.commands.root import commands

__all__ = ["cases", "commands", "deciding", "law", "working"]

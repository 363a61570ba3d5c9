"""`undaunted screening`: which law applies to a deal, and what it asks."""

from undaunted.coercion.screening.commands import law
from undaunted.coercion.screening.commands.root import commands

__all__ = ["commands", "law"]

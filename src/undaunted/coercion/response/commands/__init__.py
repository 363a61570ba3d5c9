"""`undaunted response`: episodes, compacts, invocations, pledges, votes, decisions."""

from undaunted.coercion.response.commands import compacts, invocations
from undaunted.coercion.response.commands.root import commands

__all__ = ["commands", "compacts", "invocations"]

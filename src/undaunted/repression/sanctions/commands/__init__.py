"""Commands of sanctions, under `undaunted sanctions`."""

from undaunted.repression.sanctions.commands.matrix import commands

__all__ = ["commands"]

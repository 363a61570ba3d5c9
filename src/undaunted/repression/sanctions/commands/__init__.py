"""Commands of sanctions, under `undaunted sanctions`."""

from undaunted.repression.sanctions.commands.authorities import commands as authorities
from undaunted.repression.sanctions.commands.matrix import commands

__all__ = ["commands"]

commands.registered_commands += authorities.registered_commands

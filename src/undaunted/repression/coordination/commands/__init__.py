"""Commands of coordination; notices of police organisations stand under `undaunted sanctions`."""

from undaunted.repression.coordination.commands.elsewhere import elsewhere, guest
from undaunted.repression.coordination.commands.keys import keys
from undaunted.repression.coordination.commands.notices import notices
from undaunted.repression.coordination.commands.proposals import commands

__all__ = ["commands", "notices"]

commands.add_typer(guest, name="guest")
commands.add_typer(elsewhere, name="elsewhere")
commands.add_typer(keys, name="key")

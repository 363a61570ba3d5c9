"""`undaunted share`: `verify` needs no database, the others act for whoever signed in."""

import typer

from undaunted.core.sharing.commands.incoming import commands as _incoming
from undaunted.core.sharing.commands.outgoing import commands as _outgoing
from undaunted.core.sharing.commands.partners import commands as _partners
from undaunted.core.sharing.commands.verifying import commands as _verifying

__all__ = ["commands"]

commands = typer.Typer(
    help="Packages to and from partners.", no_args_is_help=True, add_completion=False
)

for _part in (_partners, _outgoing, _incoming, _verifying):
    commands.registered_commands += _part.registered_commands
    commands.registered_groups += _part.registered_groups

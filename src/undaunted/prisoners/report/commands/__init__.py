"""`undaunted report`: the texts of the annual report."""

import typer

from undaunted.prisoners.report.commands.texts import commands as text_commands

__all__ = ["commands"]

commands = typer.Typer(help="The annual report.", no_args_is_help=True, add_completion=False)
commands.add_typer(text_commands, name="text")

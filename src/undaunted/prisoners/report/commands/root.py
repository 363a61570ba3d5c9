"""The group of commands that the others join."""

import typer

__all__ = ["commands"]

commands = typer.Typer(
    help="The annual report: its texts, built, and each of its numbers traced to its query.",
    no_args_is_help=True,
    add_completion=False,
)

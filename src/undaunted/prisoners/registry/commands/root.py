"""The group of commands that the others join."""

import typer

__all__ = ["commands"]

commands = typer.Typer(
    help="People deprived of their liberty: count, search, import, export.",
    no_args_is_help=True,
    add_completion=False,
)

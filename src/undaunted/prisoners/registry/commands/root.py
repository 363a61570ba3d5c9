"""The group of commands that the others join."""

import sys

import typer

__all__ = ["commands"]

commands = typer.Typer(
    help="People deprived of their liberty: count, search, import, export.",
    no_args_is_help=True,
    add_completion=False,
)


@commands.callback()
def on_the_day_it_is(context: typer.Context) -> None:
    """Let time pass before anything published is read, as the pages do."""
    if context.invoked_subcommand in READING and not {"-h", "--help"} & set(sys.argv):
        from undaunted.prisoners.registry.actions.projecting import (  # noqa: PLC0415 - needs the apps
            pass_time_in_public,
        )

        pass_time_in_public()


READING = frozenset({"count", "search", "export"})

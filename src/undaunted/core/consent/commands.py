"""Commands over the news of consent: what waits to be dealt with."""

from __future__ import annotations

import typer
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from undaunted.core.access.rules import PUBLIC
from undaunted.core.consent.actions import announce_expiries, deliver_news, handlers
from undaunted.core.consent.queries import undelivered

__all__ = ["commands"]

commands = typer.Typer(
    help="What consent has changed and not every part has dealt with yet.",
    no_args_is_help=True,
    add_completion=False,
)
_console = Console()


@commands.command()
def waiting() -> None:
    """Show the news that parts of the platform have not dealt with; status 1 if one has failed."""
    found = undelivered(PUBLIC, handlers())
    if not found:
        _console.print("Nothing waits.")
        return
    table = Table("Part", "Waiting", "Failed", "Oldest", "Tries", "Problems")
    for one in found:
        table.add_row(
            one.handler, str(one.waiting), str(one.failed), f"{one.oldest:%Y-%m-%d %H:%M}",
            str(one.tries), ", ".join(one.problems),
        )  # fmt: skip
    _console.print(table)
    if any(one.failed for one in found):
        raise typer.Exit(1)


@commands.command()
def deliver() -> None:
    """Announce what has run out and hand over what waits and is due, as the worker does."""
    at = timezone.now()
    told = announce_expiries(actor=PUBLIC, at=at)
    done = deliver_news(actor=PUBLIC, at=at)
    _console.print(f"{told} agreements ran out, {done} pieces of waiting news were dealt with.")

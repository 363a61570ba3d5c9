"""`undaunted keys`: copies of the table of record keys, apart from every other backup.

Erasing a record destroys its key. That holds for backups only as long as no old copy of this table
is kept: copies are removed after 7 days, and older ones are not taken back.
"""

from __future__ import annotations

import base64
import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer

from undaunted.cli.session import refusals

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

__all__ = ["commands"]

IN_USE, REFUSED = 3, 2
KEPT = timedelta(days=7)
WHAT = "record keys of undaunted, format 1"
MARKED = (
    ("member", "vault_member", ("team_id", "user_id"), "true"),
    ("key", "vault_publickey", ("user_id", "generation", "recipient"), "true"),
    ("recovery", "vault_recovery", ("id", "recipient", "threshold"), "true"),
    ("record", "vault_record", ("id", "tenant", "team_id", "recipient"), "erased_at IS NULL"),
    ("sealing", "vault_sealing", ("record_id", "kind", "version", "sequence", "head"), "true"),
)
"""What each mark of the vault covers: the same facts, in the same order, as its actions mark."""

commands = typer.Typer(help="Copies of the keys of sealed records.", no_args_is_help=True)

DatabaseUrl = Annotated[
    str | None,
    typer.Option("--database-url", help="Owner's address; better in DATABASE_URL."),
]


@commands.command()
def save(
    folder: Annotated[Path, typer.Argument(help="Where copies are kept, and old ones removed.")],
    database_url: DatabaseUrl = None,
) -> None:
    """Copy the table of record keys into a folder, and remove copies older than 7 days there."""
    at = datetime.now(UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"keys-{at:%Y%m%dT%H%M%S}.jsonl"
    with refusals(), _owner(database_url) as connection:
        rows = connection.execute(
            "SELECT record_id, sealed, sequence, sealed_at FROM vault_recordkey ORDER BY record_id"
        ).fetchall()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(json.dumps({"what": WHAT, "at": at.isoformat(), "keys": len(rows)}) + "\n")
        for record, sealed, sequence, sealed_at in rows:
            box = base64.b64encode(sealed).decode()
            file.write(json.dumps([str(record), box, sequence, sealed_at.isoformat()]) + "\n")
    typer.echo(f"{len(rows)} record keys are in {path}")
    for old in sorted(folder.glob("keys-*.jsonl")):
        if at - _made_at(old) > KEPT:
            old.unlink()
            typer.echo(f"Removed {old.name}: older than 7 days.")


@commands.command()
def load(
    file: Annotated[Path, typer.Argument(help="A copy that `undaunted keys save` made.")],
    database_url: DatabaseUrl = None,
) -> None:
    """Put record keys back that are missing, except those of erased records."""
    if datetime.now(UTC) - _made_at(file) > KEPT:
        typer.echo(f"undaunted: {file} is older than 7 days; what it holds was erased.", err=True)
        raise typer.Exit(REFUSED)
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    back = 0
    with refusals(), _owner(database_url) as connection:
        for record, box, sequence, sealed_at in map(json.loads, lines):
            done = connection.execute(
                "INSERT INTO vault_recordkey (record_id, sealed, sequence, sealed_at)"
                " SELECT id, %s, %s, %s FROM vault_record WHERE id = %s AND erased_at IS NULL"
                " ON CONFLICT DO NOTHING",
                [base64.b64decode(box), sequence, sealed_at, record],
            )
            back += done.rowcount
    typer.echo(f"{back} of {len(lines)} record keys were put back.")


@commands.command()
def revouch(database_url: DatabaseUrl = None) -> None:
    """Mark every row of the vault anew, after the instance's secret key was lost or replaced.

    Whoever changed the database before is believed from then on: compare members and public keys
    with the people themselves first.
    """
    from undaunted.config.environment import read_environment  # noqa: PLC0415 - starts faster
    from undaunted.core.vault.rules import vouched  # noqa: PLC0415 - starts faster

    with refusals(), _owner(database_url) as connection:
        secret, done = read_environment().secret_key, 0
        for what, table, facts, rows in MARKED:
            columns = ", ".join(facts)
            found = connection.execute(
                f"SELECT id, {columns} FROM {table} WHERE {rows}"  # noqa: S608 - our own names
            ).fetchall()
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"UPDATE {table} SET vouched = %s WHERE id = %s",  # noqa: S608 - as above
                    [(vouched(secret, what, *row[1:]), row[0]) for row in found],
                )
            done += len(found)
        typer.echo(f"{done} rows are vouched for by this instance.")


@contextmanager
def _owner(url: str | None) -> Iterator[psycopg.Connection[Any]]:
    import psycopg  # noqa: PLC0415 - starts faster

    from undaunted.config.database import open_database  # noqa: PLC0415 - starts faster
    from undaunted.config.environment import read_environment  # noqa: PLC0415 - starts faster

    given = url or os.environ.pop("DATABASE_URL", None)
    opened = open_database(read_environment(), given, say=typer.echo)
    try:
        owner = given or (opened.lease.owner_url if opened.lease else None)
        if owner is None:
            typer.echo("Another process runs the server; end it, then try again.", err=True)
            raise typer.Exit(IN_USE)
        with psycopg.connect(owner) as connection:
            yield connection
    finally:
        opened.close()


def _made_at(file: Path) -> datetime:
    with file.open(encoding="utf-8") as lines:
        try:
            first = json.loads(lines.readline())
            if first["what"] == WHAT:
                return datetime.fromisoformat(first["at"])
        except (ValueError, KeyError, TypeError):
            pass
    typer.echo(f"undaunted: {file} is not a copy that `undaunted keys save` made.", err=True)
    raise typer.Exit(REFUSED)

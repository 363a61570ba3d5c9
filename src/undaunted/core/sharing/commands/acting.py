"""What the commands have in common: who acts, with which key, refusals in a line, files kept."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import AccessError
from undaunted.core.sharing.readers import MOST_SEALED
from undaunted.core.sharing.rules import AltogetherTooLarge, ShareRefused
from undaunted.core.vault.actions import open_at_terminal
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "REFUSED",
    "Holder",
    "Out",
    "acting",
    "opened_key",
    "read_file",
    "refusals",
    "write_file",
]

REFUSED = 2

Holder = Annotated[UUID, typer.Argument(help="Id of your organisation.")]
Out = Annotated[Path, typer.Option(help="Folder to write into; files there are never overwritten.")]


@contextmanager
def refusals() -> Iterator[None]:
    """Say in one line why something was refused, and end with status 2."""
    try:
        yield
    except (ShareRefused, VaultError, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def acting() -> Iterator[Actor]:
    """Act for whoever signed in at the terminal, in one transaction."""
    with refusals(), transaction.atomic():
        yield signed_in("share")


def opened_key(actor: Actor) -> OpenKey:
    """Ask for the passphrase and open the actor's key for this command."""
    passphrase: str = typer.prompt("Passphrase of your key", hide_input=True)
    return open_at_terminal(passphrase, actor=actor, at=timezone.now())


def read_file(file: Path) -> bytes:
    """Give the bytes of a file that arrived. Raises `AltogetherTooLarge`."""
    with file.open("rb") as source:
        content = source.read(MOST_SEALED + 1)
    if len(content) > MOST_SEALED:
        raise AltogetherTooLarge(f"the file has more than {MOST_SEALED} bytes")
    return content


def write_file(out: Path, name: str, content: bytes) -> None:
    """Write a sealed file under a plain name. Raises `ShareRefused` where there is one already."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in name)
    place = out / f"{plain}.age"
    try:
        with place.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise ShareRefused(
            f"{place} is there already; move it away or name another --out"
        ) from None
    typer.echo(f"written: {place}")

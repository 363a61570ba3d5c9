"""`share verify` on a machine without a database, `share check` with your organisation's keys."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated
from uuid import UUID  # noqa: TC003 - as above

import typer
from django.utils import timezone

from undaunted.core.sharing.actions import check_file
from undaunted.core.sharing.commands.acting import acting, opened_key, read_file, refusals
from undaunted.core.sharing.readers import check_sender, read_package
from undaunted.core.sharing.rules import PackageUnreadable, fingerprint, scheme
from undaunted.core.vault.actions import open_abroad
from undaunted.core.vault.rules import AGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.sharing.readers import Package

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def verify(
    file: Annotated[
        Path,
        typer.Argument(
            help="A package, sealed, or opened with age -d.", exists=True, dir_okay=False
        ),
    ],
    key: Annotated[str, typer.Option(help="Fingerprint of the sender, as you compared it.")],
    identity: Annotated[
        Path | None,
        typer.Option(help="File with the age identity that opens it.", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Check a package without a database: signature, sender, and every checksum."""
    with refusals():
        package = _package(read_file(file), identity)
        check_sender(package, key)
        for line in _told(package):
            typer.echo(line)


@commands.command()
def check(
    file: Annotated[
        Path, typer.Argument(help="A sealed package that arrived.", exists=True, dir_okay=False)
    ],
    key: Annotated[str, typer.Option(help="Fingerprint of the sender, as you compared it.")],
    holder: Annotated[UUID, typer.Option(help="Id of your organisation.")],
) -> None:
    """Open a package with your organisation's keys and check all of it; nothing is taken in."""
    with acting() as actor:
        opened = opened_key(actor)
        package = check_file(read_file(file), holder, key=opened, actor=actor, at=timezone.now())
        check_sender(package, key)
        for line in _told(package):
            typer.echo(line)


def _package(content: bytes, identity: Path | None) -> Package:
    if content.startswith(AGE):
        if identity is None:
            raise PackageUnreadable("it is sealed: give --identity, or open it with age -d first")
        secret = [
            line for line in identity.read_text(encoding="utf-8").splitlines() if line[:1] != "#"
        ]
        content = open_abroad(content, "\n".join(secret))
    return read_package(content)


def _told(package: Package) -> Iterator[str]:
    told = package.manifest
    yield f"Good: signed by {told.from_name}, made out to {told.to_name}."
    yield f"sender      {fingerprint(told.from_key, told.from_recipient)}"
    yield f"kind        {told.kind.value}, number {told.sequence}"
    yield f"made, ends  {told.created:%Y-%m-%d %H:%M}, {told.expires:%Y-%m-%d %H:%M} UTC"
    yield f"TLP:{told.tlp}  {scheme('tlp').markings[told.tlp].sentence}"
    yield f"PAP:{told.pap}  {scheme('pap').markings[told.pap].sentence}"
    others = f" and {told.others} not named" if told.others else ""
    yield f"recipients  {', '.join(told.recipients)}{others}"
    for item in told.items:
        yield f"item        {item.kind} {item.id} {item.length} bytes {item.sha256}"

"""`undaunted organisation`: the first administrators of an organisation, made by the owner.

Two administrators of accounts give every other right. Nobody at a desk can make the first two.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from undaunted.cli.session import refusals
from undaunted.config.loading import load_areas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.accounts.actions import InstalledPerson

__all__ = ["commands"]

IN_USE, REFUSED, FEWEST = 3, 2, 2

commands = typer.Typer(
    help="Organisations and their first administrators, as the owner.", no_args_is_help=True
)

DatabaseUrl = Annotated[
    str | None,
    typer.Option("--database-url", help="Owner's address; better in DATABASE_URL."),
]


@commands.command()
def install(
    name: Annotated[str, typer.Argument(help="Name of the new organisation.")],
    administrator: Annotated[list[str], typer.Option(help="User name; say it twice or more.")],
    country: Annotated[str, typer.Option(help="Code of its country.")] = "",
    *,
    government: Annotated[bool, typer.Option("--government", help="A government body.")] = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Make an organisation with its first administrators, at least two."""
    if len(set(administrator)) < FEWEST:
        typer.echo(
            "undaunted: --administrator: name two people; one alone can give no rights.", err=True
        )
        raise typer.Exit(REFUSED)
    with _as_owner(database_url):
        from undaunted.core.access.rules import Role  # noqa: PLC0415 - needs the apps
        from undaunted.core.accounts.actions import install_office  # noqa: PLC0415 - as above

        people = {each: [Role.ADMINISTRATOR] for each in administrator}
        _, installed = install_office(
            name, people, country=country, government=government, demonstration=False
        )
    _tell(installed)


@commands.command()
def appoint(
    name: Annotated[str, typer.Argument(help="Name of the organisation.")],
    username: Annotated[
        str, typer.Argument(help="User name; one that nobody has is a new person.")
    ],
    *,
    renew: Annotated[
        bool, typer.Option("--renew", help="Give another passphrase and second factor.")
    ] = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Make somebody an administrator, where an organisation has lost one of its two."""
    with _as_owner(database_url):
        from undaunted.core.accounts.actions import appoint_administrator  # noqa: PLC0415 - apps

        appointed = appoint_administrator(name, username, renew=renew)
    _tell([appointed])


@contextmanager
def _as_owner(url: str | None) -> Iterator[None]:
    """Run what follows on the owner's connection; a refusal becomes a message and exit status."""
    from undaunted.config.database import open_database  # noqa: PLC0415 - starts faster
    from undaunted.config.environment import read_environment  # noqa: PLC0415 - as above

    with refusals():
        given = url or os.environ.pop("DATABASE_URL", None)
        opened = open_database(read_environment(), given, say=typer.echo, demonstrate=False)
        try:
            owner = given or (opened.lease.owner_url if opened.lease else None)
            if owner is None:
                typer.echo("Another process runs the server; end it, then try again.", err=True)
                raise typer.Exit(IN_USE)
            os.environ.update(opened.urls.variables())
            with _django_as(owner):
                yield
        finally:
            opened.close()


@contextmanager
def _django_as(owner: str) -> Iterator[None]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undaunted.config.settings")
    load_areas()
    from undaunted.config.schema import acting_as_owner  # noqa: PLC0415 - needs the settings
    from undaunted.core.access.rules import AccessError  # noqa: PLC0415 - as above

    try:
        with acting_as_owner(owner):
            yield
    except AccessError as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


def _tell(installed: tuple[InstalledPerson, ...] | list[InstalledPerson]) -> None:
    typer.echo("Shown this once: user name, passphrase, secret of the code app.")
    for one in installed:
        kept = "keeps passphrase and second factor"
        typer.echo(f"  {one.user.username}  {one.passphrase or kept}  {one.secret}".rstrip())

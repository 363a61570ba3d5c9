"""`make-list`: a list of cases, so that an import has somewhere to go."""

from __future__ import annotations

import re
from typing import Annotated
from uuid import UUID  # noqa: TC003 - typer reads it

import typer
from django.db import IntegrityError
from django.utils import timezone

from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_with_token
from undaunted.prisoners.registry.actions.lists import record_list
from undaunted.prisoners.registry.commands.previewing import refuse

__all__ = ["commands"]

commands = typer.Typer()

_SLUG = re.compile(r"[A-Za-z0-9_-]{1,60}")
_LONGEST = {"name": 200, "publisher": 200, "url": 1000, "licence": 200}


@commands.command("make-list")
def make_list(  # noqa: PLR0913 - one option a thing that is known of a list
    slug: Annotated[str, typer.Argument(help="Short name: letters, digits, - and _.")],
    *,
    name: Annotated[str, typer.Option(help="What the list is called.")],
    holder: Annotated[
        UUID, typer.Option(help="Its steward: `undaunted accounts organisations` gives the id.")
    ],
    publisher: Annotated[str, typer.Option(help="Cited for rows without another source.")] = "",
    url: Annotated[str, typer.Option(help="Where it is published.")] = "",
    licence: Annotated[str, typer.Option(help="Under which it may be used.")] = "",
    coverage: Annotated[str, typer.Option(help="What it covers, and what it leaves out.")] = "",
) -> None:
    """Make a list in an organisation whose steward you are."""
    if not _SLUG.fullmatch(slug):
        raise typer.BadParameter("The short name has letters, digits, - and _, 60 at most.")
    if url and not url.startswith(("https://", "http://")):
        raise typer.BadParameter("Write the address with https://.", param_hint="--url")
    told = {"name": name, "publisher": publisher, "url": url, "licence": licence}
    for option, text in told.items():
        if len(text) > _LONGEST[option]:
            longest = f"It is longer than {_LONGEST[option]} characters."
            raise typer.BadParameter(longest, param_hint=f"--{option}")
    try:
        with acting_with_token(terminal_token.get()) as actor:
            made = record_list(
                holder,
                actor=actor,
                at=timezone.now(),
                name=name,
                slug=slug,
                publisher=publisher,
                url=url,
                licence=licence,
                coverage_note=coverage,
            )
    except Forbidden as error:
        refuse(f"Refused: {error}. Sign in with `undaunted --as USER registry \u2026`.")
    except IntegrityError:
        refuse(f"The organisation has a list {slug!r} already. Nothing was made.")
    else:
        typer.echo(
            f"List {made.pk} has been made. `undaunted registry import --list {slug}` fills it."
        )

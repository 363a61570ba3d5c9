"""`share import`, `look`, `accept` and `reject`: what arrives, and what becomes of each item."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.core.access.rules import Forbidden
from undaunted.core.sharing.actions import (
    accept_item,
    hand_over_receipt,
    look_at_item,
    places_for,
    reject_item,
    take_in,
)
from undaunted.core.sharing.commands.acting import Out, acting, opened_key, read_file, write_file
from undaunted.core.sharing.models import Arrival, Slip
from undaunted.core.sharing.queries import arrival_item_for
from undaunted.site.terminal import shown

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.models import ArrivalItem

__all__ = ["commands"]

commands = typer.Typer()

Which = Annotated[UUID, typer.Argument(help="Id of the item, as `share import` told it.")]


@commands.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(help="The file that arrived.", exists=True, dir_okay=False)
    ],
    holder: Annotated[UUID, typer.Option(help="Id of your organisation.")],
    out: Out = Path(),
) -> None:
    """Take a file in: a package to review at the desk, a takedown, or a receipt."""
    with acting() as actor:
        content = read_file(file)
        taken = take_in(content, holder, key=opened_key(actor), actor=actor, at=timezone.now())
        if isinstance(taken, Arrival):
            typer.echo(f"{taken.pk}  from {taken.partner.name}, TLP:{taken.tlp}; review it")
            _show_items(taken)
            if taken.missing:
                typer.echo(f"{taken.missing} earlier packages of this partner did not arrive.")
        elif isinstance(taken, Slip):
            typer.echo(f"Confirmed by {taken.copy.partner.name}: {taken.receipt}.")
        else:
            typer.echo(f"Taken back by {taken.partner.name}: {taken.outcome}. Send the receipt.")
            content = hand_over_receipt(taken, actor=actor, at=timezone.now())
            write_file(out, f"receipt {taken.partner.name} {str(taken.pk)[:8]}", content)


@commands.command()
def look(which: Which) -> None:
    """Open an item to review it, and name the lists that it can be proposed for."""
    with acting() as actor:
        item = _item(actor, which)
        for label, text in look_at_item(
            item, key=opened_key(actor), actor=actor, at=timezone.now()
        ):
            typer.echo(shown(f"{label}  {text}"))
        for place in places_for(item, actor=actor):
            typer.echo(f"--into {place.id}  {place.name}")


@commands.command()
def accept(
    which: Which,
    into: Annotated[
        UUID | None, typer.Option(help="Id of the list for which the record is proposed.")
    ] = None,
) -> None:
    """Make records of an item; the steward of the list takes them into it."""
    with acting() as actor:
        item, at = _item(actor, which), timezone.now()
        made = accept_item(item, key=opened_key(actor), actor=actor, at=at, into=into)
        for each in made:
            typer.echo(f"{each.subject}  {each.subject_kind}, received from a partner")


@commands.command()
def reject(which: Which) -> None:
    """Refuse an item; its content is erased."""
    with acting() as actor:
        reject_item(_item(actor, which), actor=actor, at=timezone.now())
        typer.echo("Rejected; its content is erased.")


def _item(actor: Actor, which: UUID) -> ArrivalItem:
    found = arrival_item_for(actor, which)
    if found is None:
        raise Forbidden("there is no such item for you")
    return found


def _show_items(arrival: Arrival) -> None:
    for item in arrival.items.defer("envelope").order_by("position"):
        typer.echo(f"{item.pk}  {item.kind}")

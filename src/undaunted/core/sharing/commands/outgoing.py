"""`share propose`, `export` and `notices`: what leaves, by two people, and what is taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.core.access.rules import Forbidden
from undaunted.core.consent.rules import Purpose  # noqa: TC001 - typer reads the annotations
from undaunted.core.sharing.actions import (
    Wanted,
    hand_over_copy,
    hand_over_receipt,
    hand_over_takedown,
    kinds,
    propose_parcel,
    seal_parcel,
)
from undaunted.core.sharing.commands.acting import (
    REFUSED,
    Holder,
    Out,
    acting,
    opened_key,
    write_file,
)
from undaunted.core.sharing.queries import (
    copies_of,
    copy_for,
    parcel_for,
    slips_outstanding,
    taken_back_for,
)
from undaunted.core.sharing.rules import ItemRefused, StepRefused, pap_of, tlp_of

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.models import Copy

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def propose(  # noqa: PLR0913 - what, to whom, how marked, what for, until when
    holder: Holder,
    *,
    item: Annotated[list[str], typer.Option(help="KIND:ID, for example registry.case:…")],
    to: Annotated[list[UUID] | None, typer.Option(help="Id of a partner; once for each.")] = None,
    circle: Annotated[list[UUID] | None, typer.Option(help="Id of a circle.")] = None,
    tlp: Annotated[str, typer.Option(help="Who may see it.")],
    pap: Annotated[str, typer.Option(help="What may be done with it.")],
    purpose: Annotated[Purpose, typer.Option(help="What it is for, as consent says.")],
    days: Annotated[int, typer.Option(help="After how many days it runs out.")] = 30,
    title: Annotated[str, typer.Option(help="For your own desk.")] = "",
) -> None:
    """Propose a package; a second person seals it with `share export`."""
    with acting() as actor:
        at = timezone.now()
        request = Wanted(
            title=title,
            things=tuple(_thing(each) for each in item),
            partners=tuple(to or ()),
            circles=tuple(circle or ()),
            tlp=tlp_of(tlp),
            pap=pap_of(pap),
            purpose=purpose,
            expires_at=at + timedelta(days=days),
        )
        made = propose_parcel(holder, request, actor=actor, at=at)
        typer.echo(f"{made.pk}  proposed; a second person seals it")


@commands.command()
def export(
    parcel: Annotated[UUID, typer.Argument(help="Id of the proposed package.")],
    out: Out = Path(),
) -> None:
    """Seal a proposed package as the second person, and write each recipient's file."""
    refused = False
    with acting() as actor:
        found = parcel_for(actor, parcel)
        if found is None:
            raise Forbidden("there is no such package for you")
        if found.state != "sealed":
            found = seal_parcel(found, key=opened_key(actor), actor=actor, at=timezone.now())
        for copy in copies_of(actor, found):
            held = copy_for(actor, copy.pk)
            name = f"{copy.partner.name} {copy.sequence}"
            refused |= held is not None and not _hand_over(held, name, out, actor)
    if refused:
        raise typer.Exit(REFUSED)


def _hand_over(copy: Copy, name: str, out: Path, actor: Actor) -> bool:
    """Write one recipient's file; what may not be given any more stops no other recipient's."""
    try:
        content = hand_over_copy(copy, actor=actor, at=timezone.now())
    except (StepRefused, ItemRefused) as refusal:
        typer.echo(f"undaunted: {name}: {refusal}", err=True)
        return False
    write_file(out, name, content)
    return True


@commands.command()
def notices(out: Out = Path()) -> None:
    """Write the takedowns that partners have not confirmed, and the receipts they wait for."""
    with acting() as actor:
        for slip in slips_outstanding(actor):
            name = slip.copy.partner.name
            typer.echo(f"{name}: {slip.why} on {slip.released_at:%Y-%m-%d}")
            content = hand_over_takedown(slip, actor=actor, at=timezone.now())
            write_file(out, f"takedown {name} {str(slip.pk)[:8]}", content)
        for taken in taken_back_for(actor):
            content = hand_over_receipt(taken, actor=actor, at=timezone.now())
            write_file(out, f"receipt {taken.partner.name} {str(taken.pk)[:8]}", content)


def _thing(text: str) -> tuple[str, UUID]:
    kind, _, thing = text.partition(":")
    try:
        return kind, UUID(thing)
    except ValueError:
        known = ", ".join(kinds())
        raise ItemRefused(f"item: {text!r}; write KIND:ID, with a kind of {known}") from None

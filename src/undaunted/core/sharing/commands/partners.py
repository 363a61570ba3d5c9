"""`share keys` and `share partner`: one's own public keys, and whose are known and compared."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.utils import timezone

from undaunted.core.access.rules import Forbidden
from undaunted.core.sharing.actions import make_own_keys, record_partner, verify_partner
from undaunted.core.sharing.commands.acting import Holder, acting
from undaunted.core.sharing.queries import key_pairs_for, partner_for, partners_for
from undaunted.core.sharing.rules import PartnerKind  # noqa: TC001 - as above

__all__ = ["commands"]

commands = typer.Typer()
keys = typer.Typer(help="Your organisation's keys for sharing.", no_args_is_help=True)
partner = typer.Typer(help="Who packages go to and come from.", no_args_is_help=True)
commands.add_typer(keys, name="keys")
commands.add_typer(partner, name="partner")


@keys.command("make")
def make(
    holder: Holder,
    team: Annotated[UUID, typer.Argument(help="Team whose members may sign and receive.")],
    name: Annotated[str, typer.Argument(help="How partners see your organisation.")],
) -> None:
    """Make the keys by which your organisation signs and receives; earlier ones retire."""
    with acting() as actor:
        made = make_own_keys(holder, team, name, actor=actor, at=timezone.now())
        _show_keys(made.name, made.signing_key, made.recipient, made.fingerprint)


@keys.command("show")
def show() -> None:
    """Show the public keys to give to partners, and the fingerprint to read out to them."""
    with acting() as actor:
        for own in key_pairs_for(actor).filter(retired_at__isnull=True):
            _show_keys(own.name, own.signing_key, own.recipient, own.fingerprint)


@partner.command("add")
def add(  # noqa: PLR0913 - who it is, and its two keys
    holder: Holder,
    name: Annotated[str, typer.Argument(help="Name of the partner.")],
    *,
    kind: Annotated[PartnerKind, typer.Option(help="What the partner is.")],
    audience: Annotated[
        str, typer.Option(help="As whom consent counts it: organisation:ID or government:CC.")
    ],
    signing_key: Annotated[str, typer.Option(help="Its signing key, base64.")],
    recipient: Annotated[str, typer.Option(help="Its receiving key; begins with age1.")],
) -> None:
    """Record a partner; a second person compares its fingerprint before anything is shared."""
    with acting() as actor:
        made = record_partner(
            holder,
            name=name,
            kind=kind,
            audience=audience,
            signing_key=signing_key,
            recipient=recipient,
            actor=actor,
            at=timezone.now(),
        )
        typer.echo(f"{made.pk}  {made.name}\n{made.fingerprint}")


@partner.command("verify")
def confirm(
    which: Annotated[UUID, typer.Argument(help="Id of the partner.")],
    read_out: Annotated[str, typer.Option("--fingerprint", help="As the partner read it out.")],
) -> None:
    """Confirm, as a second person, the fingerprint that the partner read out by another way."""
    with acting() as actor:
        found = partner_for(actor, which)
        if found is None:
            raise Forbidden("there is no such partner for you")
        verify_partner(found, read_out, actor=actor, at=timezone.now())
        typer.echo(f"{found.name} is verified.")


@partner.command("list")
def partners() -> None:
    """List the partners of your organisations."""
    with acting() as actor:
        for each in partners_for(actor):
            state = "ended" if each.ended_at else "verified" if each.verified_at else "not verified"
            typer.echo(f"{each.pk}  {each.name}  {each.kind}  {each.audience}  {state}")


def _show_keys(name: str, signing_key: str, recipient: str, print_: str) -> None:
    typer.echo(f"{name}\nsigning key    {signing_key}\nreceiving key  {recipient}")
    typer.echo(f"fingerprint    {print_}")

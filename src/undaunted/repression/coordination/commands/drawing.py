"""`undaunted coordination`: a proposal drawn up, widened, tied to lists and dossiers, ended."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.repression.coordination import actions
from undaunted.repression.coordination.analysis import announcement_file, announcement_for
from undaunted.repression.coordination.commands.acting import (
    File,
    Holder,
    Out,
    acting,
    found,
    holder_here,
    opened_key,
    proposal_here,
    saved,
)
from undaunted.repression.coordination.commands.proposals import commands
from undaunted.repression.coordination.queries import party_for
from undaunted.repression.coordination.readers import read_proposal
from undaunted.repression.coordination.rules import CoordinationRefused

__all__: list[str] = []

Which = Annotated[UUID, typer.Argument(help="Id of a proposal, as `status` shows it.")]


@commands.command("draw-up")
def draw_up(file: File, *, holder: Holder = "") -> None:
    """Draw up a proposal out of a TOML file; a second person sends it."""
    with acting() as actor:
        told, mine = read_proposal(file.read_bytes()), holder_here(actor, holder)
        made = actions.begin_proposal(
            mine, told.subject, tlp=told.tlp, state=told.state, invited=told.invited, actor=actor,
            at=timezone.now(),
        )  # fmt: skip
        typer.echo(f"{made.pk}  waits for a second person, who sends it")


@commands.command("invite")
def invite(
    which: Which,
    organisation: Annotated[UUID, typer.Argument(help="Its id, as `seats` shows it.")],
) -> None:
    """Invite one more organisation, with your passphrase; a second person confirms it."""
    with acting() as actor:
        held = proposal_here(actor, which)
        key = opened_key(actor)
        made = actions.invite_another(held, organisation, key=key, actor=actor, at=timezone.now())
        typer.echo(f"{made.pk}  {made.name}  waits for a second person")


@commands.command("confirm-invited")
def confirm_invited(
    which: Annotated[UUID, typer.Argument(help="Id of a party, as `status PROPOSAL` shows it.")],
) -> None:
    """Let one more organisation read a proposal, as a second person."""
    with acting() as actor:
        held = found(party_for(actor, which), f"{which}: there is no such party for you")
        actions.confirm_invitation(held, actor=actor, at=timezone.now())
        typer.echo("confirmed")


@commands.command("tie")
def tie(
    which: Which,
    *,
    entry: Annotated[str, typer.Option(help="An entry of a list, as list:key.")] = "",
    submission: Annotated[str, typer.Option(help="Or the id of a dossier's submission.")] = "",
) -> None:
    """Tie a proposal to an entry of a list, or to a submission, sealed to its parties."""
    with acting() as actor:
        if bool(entry) is bool(submission):
            raise CoordinationRefused("entry: name an entry, or a submission, and not both")
        held = proposal_here(actor, which)
        step = actions.tie_entry if entry else actions.tie_submission
        step(held, entry or submission, actor=actor, at=timezone.now())
        typer.echo("tied")


@commands.command("reseal")
def reseal(which: Which) -> None:
    """Seal the subject anew to the parties' present keys, with your passphrase."""
    with acting() as actor:
        held = proposal_here(actor, which)
        actions.renew_seal(held, key=opened_key(actor), actor=actor, at=timezone.now())
        typer.echo("sealed anew")


@commands.command("end")
def end(
    which: Which,
    *,
    confirm: Annotated[bool, typer.Option("--confirm", help="As a second person.")] = False,
) -> None:
    """Propose to end your own proposal, or confirm it; it stays readable, nothing is added."""
    with acting() as actor:
        step = actions.confirm_ending if confirm else actions.propose_ending
        step(proposal_here(actor, which), actor=actor, at=timezone.now())
        typer.echo("ended" if confirm else "proposed; a second person confirms it")


@commands.command("ics")
def ics(which: Which, *, out: Out) -> None:
    """Save the moment of the announcement as a calendar file, without a name in it."""
    with acting() as actor:
        now = timezone.now()
        refusal = f"{which}: there is no such proposal for you"
        held, agreed = found(announcement_for(actor, which, now), refusal)
        if held.moment is None:
            raise CoordinationRefused("moment: none was named yet")
        saved(out, announcement_file(held, agreed=agreed, at=now))

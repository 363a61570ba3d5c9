"""`undaunted coordination guest` and `elsewhere`: both sides of a proposal across installations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.core.sharing.queries import parcel_of
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.commands.acting import (
    acting,
    found,
    opened_key,
    proposal_here,
)
from undaunted.repression.coordination.queries import (
    guest_for,
    invitation_for,
    invitation_sheet,
    invitations_for,
    partners_to_add,
)
from undaunted.repression.coordination.rules import (
    ANSWER_FORMAT,
    CoordinationRefused,
    CoordinationState,
    CoordinationStep,
    Preparation,
    subject_data,
)

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Guest, Invitation

__all__ = ["elsewhere", "guest"]

guest = typer.Typer(help="Partners on other installations in your proposals.", no_args_is_help=True)
elsewhere = typer.Typer(help="Proposals of partners elsewhere.", no_args_is_help=True)

Proposed = Annotated[UUID, typer.Argument(help="Id of a proposal, as `status` shows it.")]
Which = Annotated[UUID, typer.Argument(help="Id of a guest, as `status PROPOSAL` shows it.")]
Invited = Annotated[UUID, typer.Argument(help="Id, as `elsewhere list` shows it.")]
Days = Annotated[int, typer.Option(min=1, max=365, help="After how many days it runs out.")]
Confirm = Annotated[bool, typer.Option("--confirm", help="As a second person.")]


@guest.command("partners")
def partners(which: Proposed) -> None:
    """List the verified partners that can be invited to a proposal, with ids."""
    with acting() as actor:
        for each in partners_to_add(actor, proposal_here(actor, which)):
            typer.echo(f"{each.pk}  {each.audience}  {each.name}")


@guest.command("invite")
def invite(
    which: Proposed,
    partner: Annotated[UUID, typer.Argument(help="Id of a partner, as `partners` shows it.")],
) -> None:
    """Invite a partner, with your passphrase; the names and answers of all parties go to it."""
    with acting() as actor:
        held = proposal_here(actor, which)
        key = opened_key(actor)
        made = actions.invite_partner(held, partner, key=key, actor=actor, at=timezone.now())
        typer.echo(f"{made.pk}  {made.name}  waits for a second person")


@guest.command("confirm")
def confirm(which: Which) -> None:
    """Let packages go to a guest, as a second person."""
    with acting() as actor:
        actions.confirm_guest(_guest(actor, which), actor=actor, at=timezone.now())
        typer.echo("confirmed")


@guest.command("tell")
def tell(which: Which, *, days: Days = 90) -> None:
    """Propose the package that tells a guest the proposal; `share export` seals it."""
    with acting() as actor:
        held, now = _guest(actor, which), timezone.now()
        made = actions.tell_guest(held, _until(now, days), actor=actor, at=now)
        typer.echo(f"{made.pk}  proposed; a second person seals it with `share export`")


@guest.command("end")
def end(
    which: Which,
    *,
    confirm: Confirm = False,
    back: Annotated[
        bool,
        typer.Option("--back", help="Take the proposal back: your own, or as a second person."),
    ] = False,
) -> None:
    """Propose to end the part of a guest, as where it changed its keys, or confirm it."""
    with acting() as actor:
        if back and confirm:
            raise CoordinationRefused("back: give it, or --confirm, and not both")
        step = actions.confirm_parting if confirm else actions.propose_parting
        step = actions.drop_parting if back else step
        step(_guest(actor, which), actor=actor, at=timezone.now())
        done = "ended" if confirm else "proposed; a second person confirms it"
        typer.echo("taken back; its part goes on" if back else done)


@guest.command("set-aside")
def set_aside(
    which: Proposed,
    item: Annotated[UUID, typer.Argument(help="Id of a refused package's item, as `status` does.")],
) -> None:
    """Set a refused package of a guest aside, as a second person; it may have held."""
    with acting() as actor:
        actions.set_aside(proposal_here(actor, which), item, actor=actor, at=timezone.now())
        typer.echo("set aside")


@elsewhere.command("list")
def list_invitations() -> None:
    """List the proposals of partners elsewhere, as each told it last."""
    with acting() as actor:
        for each in invitations_for(actor):
            when = each.moment.isoformat() if each.moment else "no moment"
            typer.echo(f"{each.pk}  TLP:{each.tlp}  {each.stage}  {when}  {each.partner}")


@elsewhere.command("show")
def show(
    which: Invited,
    *,
    unseal: Annotated[bool, typer.Option("--open", help="With your passphrase.")] = False,
) -> None:
    """Show a proposal of a partner elsewhere, and what you told it."""
    with acting() as actor:
        held = _invitation(actor, which)
        sheet = invitation_sheet(actor, held)
        go = f"  go for {sheet.go_for.isoformat()}" if sheet.go_for else ""
        typer.echo(f"{held.pk}  {held.partner}  {held.stands}  {sheet.answer}{go}")
        for each in sheet.told.parties if sheet.told else ():
            typer.echo(f"party  {each.name}  {each.answer}")
        for one in sheet.sendings:
            typer.echo(f"told  {one.step}  {sheet.states.get(one.pk, '')}")
        if unseal:
            key = opened_key(actor)
            opened = actions.open_invitation(held, key=key, actor=actor, at=timezone.now())
            for name, told in subject_data(opened.subject).items():
                typer.echo(f"{name}  {told}")
            for remark in opened.remarks.values():
                typer.echo(f"said  {remark.get('text', '')}")


@elsewhere.command("tell")
def tell_step(  # noqa: PLR0913 - which step, in which words, how far, until when
    which: Invited,
    step: Annotated[CoordinationStep, typer.Argument(help="What you tell the proposer.")],
    *,
    words: Annotated[str, typer.Option(help="Sealed to the parties; some steps need them.")] = "",
    preparation: Annotated[Preparation | None, typer.Option(help="Which.")] = None,
    state: Annotated[CoordinationState | None, typer.Option(help="How far it is.")] = None,
    due: Annotated[str, typer.Option(metavar="DAY", help="When it is due.")] = "",
    days: Days = 90,
) -> None:
    """Tell the proposer a step, in a package that a second person seals with `share export`."""
    with acting() as actor:
        now = timezone.now()
        made = actions.tell_proposer(
            _invitation(actor, which), step, words=words, preparation=preparation, state=state,
            due=_day(due) if due else None, until=_until(now, days), actor=actor, at=now,
        )  # fmt: skip
        parcel = parcel_of(actor, ANSWER_FORMAT, made.pk)
        typer.echo(f"{parcel.pk if parcel else ''}  {step}; a second person seals it")


def _until(now: datetime, days: int) -> datetime:
    return now + timedelta(days=days)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CoordinationRefused(f"due: {text[:40]!r} is no day; write 2026-12-10") from None


def _guest(actor: Actor, which: UUID) -> Guest:
    return found(guest_for(actor, which), f"{which}: there is no such guest for you")


def _invitation(actor: Actor, which: UUID) -> Invitation:
    return found(invitation_for(actor, which), f"{which}: there is no such proposal for you")

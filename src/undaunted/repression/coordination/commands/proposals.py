"""`undaunted coordination`: proposals, announcements, petitions, and what ends when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.queries import latest_change
from undaunted.core.listings.rules import list_sources
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.analysis import list_changes
from undaunted.repression.coordination.commands.acting import acting, opened_key, proposal_here
from undaunted.repression.coordination.queries import (
    petitions_for,
    proposal_sheet,
    proposals_for,
    seats_known,
    stands_of,
)
from undaunted.repression.coordination.rules import (
    Answer,
    Change,
    CoordinationRefused,
    CoordinationState,
    Preparation,
    renewal_due,
    renewals,
    subject_data,
)

if TYPE_CHECKING:
    from undaunted.repression.coordination.queries import ProposalSheet

__all__ = ["commands"]

commands = typer.Typer(
    help="Coordination of sanctions.", no_args_is_help=True, add_completion=False
)
Which = Annotated[UUID, typer.Argument(help="Id of a proposal, as `status` shows it.")]


@commands.command("renewals")
def show_renewals() -> None:
    """Say when regimes end unless they are renewed, with source and mark; without a database."""
    for each in sorted(
        (renewal_due(one, timezone.now()) for one in renewals()), key=lambda one: one.ends
    ):
        past = "  past: whether it was renewed is not known here" if each.passed else ""
        held = each.renewal
        typer.echo(f"{each.last}  {held.jurisdiction}  {held.code}  {held.status}{past}")
        read = f"  read {held.read_on} in: {held.read_in}" if held.read_on else ""
        typer.echo(f"  {held.title}  {held.source}{read}")


@commands.command("designations")
def designations(
    source: Annotated[str, typer.Argument(help="Code of a list, as `sanctions sources` shows.")],
    *,
    kind: Annotated[Change | None, typer.Option(help="What happened.")] = None,
) -> None:
    """Say what the latest version of a list did against the one before; public facts."""
    if source not in list_sources():
        _refuse(f"source: there is no list {source!r}; `undaunted sanctions sources` lists them")
    version = latest_change(PUBLIC, source)
    if version is None:
        _refuse(f"source: {source} was never loaded; `undaunted sanctions load` does it")
        return
    for each in list_changes(PUBLIC, version, kind=kind):
        acted = f"  {each.acted}" if each.acted else ""
        typer.echo(f"{each.change}  {':'.join(each.entry)}  {each.name}{acted}")


@commands.command("status")
def status(
    which: Annotated[UUID | None, typer.Argument(help="Id of a proposal.")] = None,
    *,
    unseal: Annotated[bool, typer.Option("--open", help="With your passphrase.")] = False,
) -> None:
    """List the proposals in which your organisation has a part, or show one."""
    with acting() as actor:
        now = timezone.now()
        if which is None:
            for each in proposals_for(actor):
                stands = stands_of(actor, each, now)
                typer.echo(f"{each.pk}  TLP:{each.tlp}  {each.stage}  {stands}")
            for one in petitions_for(actor):
                closed = one.closed_on or "open"
                typer.echo(f"petition  {one.pk}  {one.asked}  {one.received_on}  {closed}")
            return
        held = proposal_here(actor, which)
        _show(proposal_sheet(actor, held, now))
        if unseal:
            opened = actions.open_proposal(held, key=opened_key(actor), actor=actor, at=now)
            for name, told in subject_data(opened.subject).items():
                typer.echo(f"{name}  {told}")
            for remark in opened.remarks.values():
                typer.echo(f"said  {remark.get('text', '')}")


@commands.command("seats")
def seats() -> None:
    """List the organisations that can be invited."""
    with acting() as actor:
        for each in seats_known(actor):
            kind = "government" if each.government else "civil society"
            typer.echo(f"{each.holder}  {each.country}  {kind}  {each.name}")


@commands.command("send")
def send(which: Which) -> None:
    """Send a proposal, as a second person."""
    with acting() as actor:
        actions.send_proposal(proposal_here(actor, which), actor=actor, at=timezone.now())
        typer.echo("sent")


@commands.command("answer")
def answer(
    which: Which,
    to: Annotated[Answer, typer.Argument(help="accepted, declined or left.")],
    *,
    reason: Annotated[str, typer.Option(help="Needed to decline or leave.")] = "",
) -> None:
    """Answer for your organisation."""
    with acting() as actor:
        held = proposal_here(actor, which)
        actions.answer_proposal(held, to, actor=actor, at=timezone.now(), reason=reason)
        typer.echo(to)


@commands.command("say")
def say(which: Which, text: Annotated[str, typer.Argument(help="What you say.")]) -> None:
    """Comment on a proposal, sealed to its parties."""
    with acting() as actor:
        actions.say(proposal_here(actor, which), text, actor=actor, at=timezone.now())
        typer.echo("said")


@commands.command("moment")
def moment(
    which: Which, when: Annotated[str, typer.Argument(help="As 2026-12-10T10:00+01:00.")]
) -> None:
    """Propose the moment of the joint announcement."""
    with acting() as actor:
        try:
            told = datetime.fromisoformat(when)
        except ValueError:
            raise CoordinationRefused(
                f"moment: {when[:40]!r} is none; write it as 2026-12-10T10:00+01:00"
            ) from None
        actions.set_moment(proposal_here(actor, which), told, actor=actor, at=timezone.now())
        typer.echo(f"proposed  {told.isoformat()}")


@commands.command("confirm-moment")
def confirm_moment(which: Which) -> None:
    """Move the moment as a second person."""
    with acting() as actor:
        held = actions.confirm_moment(proposal_here(actor, which), actor=actor, at=timezone.now())
        typer.echo(f"moved  {held.moment.isoformat() if held.moment else ''}")


@commands.command("prepare")
def prepare(
    which: Which,
    kind: Annotated[Preparation, typer.Argument(help="What is prepared.")],
    state: Annotated[CoordinationState, typer.Argument(help="How far it is.")],
    *,
    due: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When it is due.")
    ] = None,
) -> None:
    """Say how far your organisation is."""
    with acting() as actor:
        held, day = proposal_here(actor, which), due.date() if due else None
        actions.prepare(held, kind, state, actor=actor, at=timezone.now(), due=day)
        typer.echo(f"{kind}  {state}")


@commands.command("go")
def go(
    which: Which,
    *,
    confirm: Annotated[bool, typer.Option("--confirm", help="As a second person.")] = False,
) -> None:
    """Say go for your organisation, or confirm it."""
    with acting() as actor:
        held = proposal_here(actor, which)
        step = actions.confirm_go if confirm else actions.say_go
        step(held, actor=actor, at=timezone.now())
        typer.echo("confirmed" if confirm else "go, waits for a second person")


@commands.command("hold")
def hold(which: Which, reason: Annotated[str, typer.Argument(help="Why.")]) -> None:
    """Hold the announcement at once."""
    with acting() as actor:
        held = proposal_here(actor, which)
        actions.hold_announcement(held, reason, actor=actor, at=timezone.now())
        typer.echo("held")


@commands.command("withdraw")
def withdraw(which: Which) -> None:
    """Withdraw your own proposal, which erases whom it is about."""
    with acting() as actor:
        actions.withdraw_proposal(proposal_here(actor, which), actor=actor, at=timezone.now())
        typer.echo("withdrawn")


def _show(sheet: ProposalSheet) -> None:
    row = sheet.row
    when = row.moment.isoformat() if row.moment else "no moment"
    typer.echo(f"{row.pk}  TLP:{row.tlp}  {row.stage}  {when}  {sheet.stands}")
    for each in sheet.parties:
        gone = row.moment is not None and each.standing.goes(row.moment)
        ready = "hold" if each.held_at else "go" if gone else "not yet"
        ready = ready if each.invited_at else "waits for a second person"
        typer.echo(f"party  {each.pk}  {each.name}  {each.answer}  {ready}")
    for here in sheet.guests:
        gone = row.moment is not None and here.standing.goes(row.moment)
        ready = "hold" if here.standing.held else "go" if gone else "not yet"
        ready = ready if here.has_part else "--"
        unheard = "  a package of it waits or was refused" if here.pk in sheet.unheard else ""
        typer.echo(f"guest  {here.pk}  {here.name}  {here.standing.answer}  {ready}{unheard}")
    for refused in sheet.refused:
        typer.echo(f"refused  {refused.item}  of guest {refused.guest}; a second sets it aside")
    for one in sheet.prepared:
        typer.echo(f"prepared  {one.party.name}  {one.kind}  {one.state}")


def _refuse(why: str) -> None:
    typer.echo(why, err=True)
    raise typer.Exit(2)
